"""Finding a library, its sources and its files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diplo_cli.config import read_settings
from diplo_cli.errors import LibraryError
from diplo_cli.library.files import replace_file
from diplo_cli.library.locate import add_sources, find_library, forget_source, open_library
from diplo_cli.library.scan import document_id, scan, stamp
from diplo_cli.library.settings import record_sources


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "seeds" / "deep").mkdir(parents=True)
    (tmp_path / "home" / "index").mkdir()
    (tmp_path / "home" / "seeds" / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "home" / "seeds" / "deep" / "b.md").write_text("b", encoding="utf-8")
    return tmp_path / "home"


def test_the_nearest_folder_upward_is_the_library(home: Path) -> None:
    assert find_library(None, {}, home / "seeds" / "deep").root == home
    (home / "seeds" / "deep" / "diplo.toml").write_text("", encoding="utf-8")
    assert find_library(None, {}, home / "seeds" / "deep").root == home / "seeds" / "deep"


def test_a_flag_goes_before_a_variable(home: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    variables = {"DIPLO_LIBRARY": str(tmp_path / "other")}
    assert find_library(None, variables, home).root == tmp_path / "other"
    assert find_library(home, variables, tmp_path).root == home
    assert find_library(Path("home"), {}, tmp_path).root == home
    with pytest.raises(LibraryError, match="no such folder"):
        find_library(Path("nowhere"), {}, home)


def test_without_one_the_users_own_library_is_meant(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert find_library(None, {}, tmp_path / "empty").root.name == "diplo"


def test_sources_are_recorded_and_named_apart(home: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "news").mkdir(parents=True)
    library = add_sources(open_library(home), (tmp_path / "one" / "news", tmp_path / "two" / "news"))
    assert [(s.name, s.prefix) for s in library.sources] == [("seeds", ""), ("news", "news/"), ("news-2", "news-2/")]
    assert open_library(home).sources == library.sources
    again = add_sources(library, (tmp_path / "one" / "news", home / "seeds" / "deep"))
    assert again.sources == library.sources
    less = forget_source(library, tmp_path / "one" / "news")
    assert [s.name for s in less.sources] == ["seeds", "news-2"]
    with pytest.raises(LibraryError, match="not a source"):
        forget_source(less, tmp_path / "one" / "news")
    with pytest.raises(LibraryError, match="does not exist"):
        add_sources(less, (tmp_path / "three",))


def test_comments_in_the_settings_stay(home: Path) -> None:
    (home / "diplo.toml").write_text('# mine\nengine = "whoosh" # slow\n', encoding="utf-8")
    record_sources(home / "diplo.toml", {"seeds": "seeds"})
    text = (home / "diplo.toml").read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# slow" in text
    assert open_library(home).engine == "whoosh"


def test_a_scan_lists_files_in_order_once(home: Path) -> None:
    os.link(home / "seeds" / "a.txt", home / "seeds" / "z.txt")
    (home / "seeds" / "loop").symlink_to(home / "seeds")
    (home / "seeds" / ".git").mkdir()
    (home / "seeds" / ".git" / "config").write_text("x", encoding="utf-8")
    (home / "seeds" / ".note").write_text("x", encoding="utf-8")
    found = scan(open_library(home))
    assert [(file.key, file.id) for file in found.files] == [
        ("seeds/.note", ".note"),
        ("seeds/a.txt", "a"),
        ("seeds/deep/b.md", "deep/b.md"),
    ]


def test_a_library_within_its_own_source_is_not_read(home: Path) -> None:
    (home / "index" / "junk").write_text("x", encoding="utf-8")
    library = add_sources(open_library(home), (home,))
    assert sorted(file.key for file in scan(library).files) == ["seeds/a.txt", "seeds/deep/b.md"]


def test_the_stamp_changes_with_any_file(home: Path) -> None:
    library = open_library(home)
    before = stamp(library, scan(library).files)
    assert before == stamp(library, scan(library).files)
    (home / "seeds" / "a.txt").write_text("longer", encoding="utf-8")
    changed = stamp(library, scan(library).files)
    (home / "seeds" / "c.txt").write_text("c", encoding="utf-8")
    assert len({before, changed, stamp(library, scan(library).files)}) == 3


def test_a_missing_source_is_told(home: Path) -> None:
    (home / "diplo.toml").write_text('[sources]\nseeds = "seeds"\ngone = "gone"\n', encoding="utf-8")
    assert [source.name for source in scan(open_library(home)).missing] == ["gone"]


def test_names_that_are_no_utf8_are_kept(home: Path) -> None:
    odd = os.fsencode(home / "seeds") + b"/\xff\xfe odd.txt"
    Path(os.fsdecode(odd)).write_text("x", encoding="utf-8")
    found = scan(open_library(home))
    assert os.fsencode(found.files[-1].key).endswith(b"\xff\xfe odd.txt")
    assert stamp(open_library(home), found.files)


@pytest.mark.parametrize(
    ("relative", "expected"), [("a.txt", "a"), ("b/c.txt", "b/c"), ("may.pdf", "may.pdf"), (".txt", ".txt"), ("x", "x")]
)
def test_ids(relative: str, expected: str) -> None:
    assert document_id(relative, "") == expected
    assert document_id(relative, "s/") == f"s/{expected}"


@pytest.mark.parametrize(
    "text",
    [
        "[sources]\na = 3\n",
        "sources = 3\n",
        "engine = []\n",
        "x = ",
        "\x00",
        'sources.a = "x\\u0000y"\n',
        'sources.a = ""\n',
        "x = " + "[" * 9_000,
    ],
)
def test_settings_that_cannot_be_used_are_named(home: Path, text: str) -> None:
    (home / "diplo.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError, match=r"diplo\.toml"):
        open_library(home)


def test_paths_are_compared_without_dots(home: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    library = add_sources(open_library(home), (home / ".." / "more",))
    assert [source.path for source in library.sources] == [home / "seeds", tmp_path / "more"]
    assert [s.name for s in forget_source(library, home / "seeds" / ".." / ".." / "more").sources] == ["seeds"]
    assert find_library(None, {"DIPLO_LIBRARY": "../home"}, tmp_path / "more").root == home
    (home / "diplo.toml").write_text('[sources]\nmore = "../more"\n', encoding="utf-8")
    assert open_library(home).sources[0].path == tmp_path / "more"


def test_no_sources_are_not_the_default_source(home: Path) -> None:
    assert [source.name for source in open_library(home).sources] == ["seeds"]
    assert forget_source(open_library(home), home / "seeds").sources == ()
    assert read_settings(home / "diplo.toml").sources == {}
    assert read_settings(home / "none.toml").sources is None


def test_comments_among_the_sources_stay(home: Path) -> None:
    text = '[sources]\n# ours\nseeds = "seeds" # the first\nold = "old"\n\n[other]\nx = 1\n'
    (home / "diplo.toml").write_text(text, encoding="utf-8")
    record_sources(home / "diplo.toml", {"seeds": "seeds", "new": "/new"})
    written = (home / "diplo.toml").read_text(encoding="utf-8")
    assert '# ours\nseeds = "seeds" # the first\n' in written
    assert "old" not in written
    assert "[other]\nx = 1\n" in written
    assert read_settings(home / "diplo.toml").sources == {"seeds": "seeds", "new": "/new"}


def test_settings_are_not_written_through_a_link(home: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("mine", encoding="utf-8")
    for name in ("diplo.toml.new", f"diplo.toml.{os.getpid()}.new"):
        (home / name).symlink_to(tmp_path / "victim")
    record_sources(home / "diplo.toml", {"seeds": "seeds"})
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "mine"
    assert read_settings(home / "diplo.toml").sources == {"seeds": "seeds"}


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "file"
    replace_file(file, "one")
    assert file.stat().st_mode & 0o777 == 0o666 & ~umask()
    with pytest.raises(UnicodeEncodeError):
        replace_file(file, "two\udc80")
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["one"]


def umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def test_a_source_that_another_holds_is_not_empty(home: Path) -> None:
    (home / "diplo.toml").write_text('[sources]\na = "seeds"\nb = "seeds/deep"\nc = "."\n', encoding="utf-8")
    found = scan(open_library(home))
    assert ([file.key for file in found.files], found.missing) == (["seeds/a.txt", "seeds/deep/b.md"], [])


def test_links_that_go_nowhere_are_skipped(home: Path) -> None:
    (home / "seeds" / ".round").symlink_to(home / "seeds" / ".round")
    (home / "seeds" / "gone.txt").symlink_to(home / "nowhere")
    os.mkfifo(home / "seeds" / "pipe")
    found = scan(open_library(home))
    assert [Path(path).name for path, _ in found.skipped] == [".round", "gone.txt", "pipe"]
    assert [file.id for file in found.files] == ["a", "deep/b.md"]
