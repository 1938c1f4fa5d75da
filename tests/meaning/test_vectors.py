from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from diplo_cli.errors import IndexBrokenError
from diplo_cli.meaning.encoder import DIMENSIONS, packed
from diplo_cli.meaning.vectors import MOST_PARTS, Vectors, VectorWriter


def unit(seed: int) -> NDArray[np.float32]:
    vector = np.random.default_rng(seed).normal(size=(1, DIMENSIONS)).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def write(folder: Path, **seeds: int) -> None:
    writer = VectorWriter(folder)
    for name, seed in seeds.items():
        writer.add(name, packed(unit(seed))[0])
    writer.commit()


def test_the_nearest_is_the_document_itself(tmp_path: Path) -> None:
    write(tmp_path, a=1, b=2, c=3)
    ((best, *_),) = Vectors(tmp_path).nearest(unit(2), 2)
    assert best[0] == "b"
    assert best[1] == pytest.approx(1.0, abs=0.02)


def test_no_more_than_asked_for_and_nothing_below_the_line(tmp_path: Path) -> None:
    write(tmp_path, **{f"d{seed}": seed for seed in range(50)})
    vectors = Vectors(tmp_path)
    (found,) = vectors.nearest(unit(7), 5)
    assert len(found) == 5
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert vectors.nearest(unit(7), 5, 0.9) == [found[:1]]


def test_a_later_part_stands_in_place_of_an_earlier_one(tmp_path: Path) -> None:
    write(tmp_path, a=1, b=2)
    write(tmp_path, a=3)
    vectors = Vectors(tmp_path)
    assert len(vectors) == 2
    (found,) = vectors.nearest(unit(1), 5)
    assert [one for one, score in found if score > 0.5] == []
    assert vectors.get(["a"])["a"] @ unit(3)[0] == pytest.approx(1.0, abs=0.02)


def test_nothing_is_there_before_a_commit_and_in_a_part_without_ids(tmp_path: Path) -> None:
    writer = VectorWriter(tmp_path)
    writer.add("a", packed(unit(1))[0])
    assert len(Vectors(tmp_path)) == 0
    (tmp_path / "1.vectors").write_bytes(b"\0" * 10)  # interrupted before its ids
    assert len(Vectors(tmp_path)) == 0
    writer.commit()
    assert len(Vectors(tmp_path)) == 1


def test_many_parts_become_one_without_what_is_gone(tmp_path: Path) -> None:
    for seed in range(MOST_PARTS + 1):
        write(tmp_path, **{f"d{seed}": seed})
    VectorWriter(tmp_path).tidy(lambda: {"d3", "d5", "unknown"}.__contains__)
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".ids", ".vectors"]
    vectors = Vectors(tmp_path)
    assert len(vectors) == 2
    assert vectors.get(["d5"])["d5"] @ unit(5)[0] == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("ids", ["{", "[1]", '["a", "b"]', "[" * 100_000])
def test_damage_is_told(tmp_path: Path, ids: str) -> None:
    write(tmp_path, a=1)
    (tmp_path / "1.ids").write_text(ids)
    with pytest.raises(IndexBrokenError, match="damaged"):
        Vectors(tmp_path)


def test_ids_of_any_kind_are_kept(tmp_path: Path) -> None:
    writer = VectorWriter(tmp_path)
    for name in ("a\nb", "\udcff", "ид"):
        writer.add(name, packed(unit(1))[0])
    writer.commit()
    assert set(Vectors(tmp_path).get(["a\nb", "\udcff", "ид", "none"])) == {"a\nb", "\udcff", "ид"}


def write_passages(folder: Path, **seeds: tuple[int, ...]) -> None:
    """Documents with the vector of title and lead first, and passages that begin at 0, 100, …"""
    writer = VectorWriter(folder)
    for name, (lead, *rest) in seeds.items():
        rows = [packed(unit(seed))[0] for seed in (lead, *rest)]
        writer.add(name, b"".join(rows), range(0, 100 * len(rest), 100))
    writer.commit()


def test_a_long_id_stays_when_parts_are_put_into_one(tmp_path: Path) -> None:
    long = "a" * 5_000
    for number in range(MOST_PARTS + 1):
        writer = VectorWriter(tmp_path)
        writer.add(long if not number else f"d{number}", packed(unit(number))[0])
        writer.commit()
    VectorWriter(tmp_path).tidy(lambda: {long, "d2"}.__contains__)
    assert sorted(Vectors(tmp_path).ids()) == [long, "d2"]


def test_a_document_is_as_near_as_its_nearest_passage(tmp_path: Path) -> None:
    write_passages(tmp_path, a=(1, 2, 3), b=(4,), c=(5, 6))
    write_passages(tmp_path, d=(7, 8))
    vectors = Vectors(tmp_path)
    assert (len(vectors), vectors.compared) == (4, 8)
    for seed, name, start in ((1, "a", None), (2, "a", 0), (3, "a", 100), (4, "b", None), (6, "c", 0), (8, "d", 0)):
        ((best, *_),) = vectors.nearest(unit(seed), 2, passages=True)
        assert best[0] == name
        assert best[1] == pytest.approx(1.0, abs=0.02)
        close = vectors.closest(["a", "b", "c", "d", "none"], unit(seed)[0])
        assert set(close) == {"a", "b", "c", "d"}
        assert close[name].cosine == pytest.approx(1.0, abs=0.02)
        assert close[name].start == start
        assert close[name].vector @ unit(seed)[0] == pytest.approx(1.0, abs=0.02)


def test_titles_and_leads_are_searched_alone(tmp_path: Path) -> None:
    write_passages(tmp_path, a=(1, 2), b=(3, 4))
    vectors = Vectors(tmp_path)
    assert vectors.nearest(unit(2), 5, 0.5) == [[]]
    assert vectors.get(["a"])["a"] @ unit(1)[0] == pytest.approx(1.0, abs=0.02)


def test_passages_go_with_their_document(tmp_path: Path) -> None:
    write_passages(tmp_path, a=(1, 2, 3), b=(4, 5))
    write_passages(tmp_path, a=(6,))
    assert Vectors(tmp_path).nearest(unit(3), 5, 0.5, passages=True) == [[]]
    for seed in range(100, 100 + MOST_PARTS):
        write_passages(tmp_path, c=(seed, seed + 50))
    VectorWriter(tmp_path).tidy(lambda: {"b", "c"}.__contains__)
    vectors = Vectors(tmp_path)
    assert (len(vectors), vectors.compared) == (2, 4)
    assert vectors.closest(["b"], unit(5)[0])["b"].start == 0


@pytest.mark.parametrize("ids", ['[["a", "b"]]', "[[]]", '[["a", 99999999999999999999]]', '[["a", 1]]', '{"a": 1}'])
def test_damaged_passages_are_told(tmp_path: Path, ids: str) -> None:
    write_passages(tmp_path, a=(1,))
    (tmp_path / "1.ids").write_text(ids)
    with pytest.raises(IndexBrokenError, match="damaged"):
        Vectors(tmp_path)
