"""Which detector an index is built with: the flag, the settings, what it was built with; and one that is not there."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from diplo_cli.errors import DiploError
from diplo_cli.language import DETECTORS, identify, require
from tests.conftest import Run
from tests.text.test_analysis_contract import SENTENCES

INSTALLED = importlib.util.find_spec("pycld2") is not None
# Says Kazakh of everything, but for what it doubts and what it refuses.
STAND_IN = """
class error(Exception): pass
def detect(data, bestEffort=False):
    text = data.decode()
    if "refused" in text: raise error("invalid")
    return "doubted" not in text, len(data), (("KAZAKH", "un" if "unknown" in text else "kk", 99, 1.0),)
"""


@pytest.fixture
def stand_in(tmp_path: Path) -> str:
    """A folder with a module pycld2 of ours: the tests need no package, and know its answers."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "pycld2.py").write_text(STAND_IN, encoding="utf-8")
    return str(tmp_path / "modules")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    library = tmp_path / "library"
    (library / "seeds").mkdir(parents=True)
    (library / "index").mkdir()
    (library / "seeds" / "a.txt").write_text(SENTENCES["ru"], encoding="utf-8")
    return library


def languages(diplo: Run, home: Path, stand_in: str) -> list[str]:
    return diplo(home, "list", "--fields", "id,lang", PYTHONPATH=stand_in).stdout.splitlines()


def test_the_flag_rules_later_commands_too(diplo: Run, home: Path, stand_in: str) -> None:
    done = diplo(home, "index", "--detector", "pycld2", PYTHONPATH=stand_in)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert languages(diplo, home, stand_in) == ["a\tkk"]
    (home / "seeds" / "b.txt").write_text(SENTENCES["uk"], encoding="utf-8")
    assert languages(diplo, home, stand_in) == ["a\tkk", "b\tkk"]
    other = diplo(home, "index", "--detector", "langdetect", PYTHONPATH=stand_in)
    assert other.returncode == 2
    assert other.stderr.splitlines()[1].strip() == "run: diplo index --rebuild --detector langdetect"
    assert diplo(home, "index", "--rebuild", "--detector", "langdetect", PYTHONPATH=stand_in).returncode == 0
    assert languages(diplo, home, stand_in) == ["a\tru", "b\tuk"]


@pytest.mark.parametrize("place", ["library", "environment", "user"])
def test_settings_name_the_detector(diplo: Run, home: Path, stand_in: str, place: str) -> None:
    extra = {"PYTHONPATH": stand_in}
    if place == "environment":
        extra["DIPLO_DETECTOR"] = "pycld2"
    else:
        file = {"library": "diplo.toml", "user": "user.toml"}[place]
        (home / file).write_text('detector = "pycld2"\n', encoding="utf-8")
    assert diplo(home, "index", **extra).returncode == 0
    assert languages(diplo, home, stand_in) == ["a\tkk"]
    assert diplo(home, "index", "--rebuild", **extra).returncode == 0
    assert languages(diplo, home, stand_in) == ["a\tkk"]


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (("--detector", "pycld3"), "", "did you mean pycld2?"),
        ((), 'detector = "cld3"\n', "detectors: langdetect, pycld2"),
        ((), "detector = 3\n", 'write detector = "langdetect"'),
    ],
)
def test_an_unknown_detector_is_one_clear_error(
    diplo: Run, home: Path, arguments: tuple[str, ...], settings: str, said: str
) -> None:
    (home / "diplo.toml").write_text(settings, encoding="utf-8")
    done = diplo(home, "index", *arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert said in done.stderr


@pytest.mark.skipif(INSTALLED, reason="pycld2 is installed here")
def test_an_extra_that_is_not_there_is_named(diplo: Run, home: Path, stand_in: str) -> None:
    for arguments in (["--detector", "pycld2"], ["--rebuild", "--detector", "pycld2"]):
        done = diplo(home, "index", *arguments)
        assert done.returncode == 2
        assert done.stderr.splitlines() == [
            "diplo: the detector pycld2 is not installed",
            "  run: pip install 'diplo-cli[pycld2]'",
        ]
    # an index that was built where it is: searches answer from what is there
    assert diplo(home, "index", "--detector", "pycld2", PYTHONPATH=stand_in).returncode == 0
    (home / "seeds" / "b.txt").write_text(SENTENCES["uk"], encoding="utf-8")
    listed = diplo(home, "list", "--ids")
    assert (listed.returncode, listed.stdout) == (0, "a\n")
    assert "the detector pycld2 is not installed" in listed.stderr


def test_require_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    require("langdetect")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(DiploError, match="pycld2 is not installed"):
        require("pycld2")
    with pytest.raises(DiploError, match="unknown detector"):
        require("os")


def test_answers_are_in_our_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("pycld2")
    exec(STAND_IN, module.__dict__)
    monkeypatch.setitem(sys.modules, "pycld2", module)
    assert identify("Ынтымақтастық туралы келісім жасалды", detector="pycld2")[:2] == ("kk", "Cyrl")
    assert identify("Yntymaqtastyq turaly kelisim jasaldy", detector="pycld2")[:2] == ("kk-Latn", "Latn")
    assert identify("Kassym-Jomart Tokayev", detector="pycld2").tag == "und"
    assert identify("2024", detector="pycld2") == ("und", "Zyyy", 0.0)
    for word in ("doubted", "unknown", "refused"):
        assert identify(f"{word} \x00\ud800 and more words of it", detector="pycld2").tag == "und"
        assert identify(f"{word} and more words of it", declared="en", detector="pycld2").tag == "en"


@pytest.mark.skipif(not INSTALLED, reason="pycld2 is not installed: pip install '.[pycld2]'")
def test_cld2_itself_tells_the_languages_of_news() -> None:
    told = {tag: identify(text, detector="pycld2").tag for tag, text in SENTENCES.items()}
    wrong = {tag: found for tag, found in told.items() if found != tag}
    assert len(wrong) <= 5, json.dumps(wrong)
    assert set(DETECTORS) == {"langdetect", "pycld2"}
