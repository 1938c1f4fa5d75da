"""The compiled tables: complete, small, and of the same fold as the text they meet."""

from pathlib import Path

import pytest

import diplo_cli
from diplo_cli.countries.gazetteer import load
from diplo_cli.countries.inflection import UNSPACED, family, stem
from diplo_cli.countries.resolver import display, resolve
from diplo_cli.countries.spelling import has_marked_keys, key, name_key

DATA = Path(diplo_cli.__file__).parent / "data" / "countries"
PACKS = sorted(path.stem for path in (DATA / "packs").glob("*.tsv"))
UN_MEMBERS_SAMPLE = [
    "KZ",
    "MY",
    "UZ",
    "PK",
    "KG",
    "TJ",
    "TM",
    "CN",
    "RU",
    "TR",
    "IR",
    "IN",
    "ID",
    "JP",
    "KR",
    "SA",
    "AE",
    "EG",
    "DE",
    "FR",
    "GB",
    "US",
    "BR",
    "ZA",
    "AU",
]


def test_packs_are_many_and_small() -> None:
    assert len([name for name in PACKS if not name.startswith("und")]) >= 60
    assert sum((DATA / "packs" / f"{name}.tsv").stat().st_size for name in PACKS) <= 1_500_000


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_names_the_world_in_the_keys_that_texts_give(name: str) -> None:
    named = set()
    for line in (DATA / "packs" / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        code, kind, stems = line.split("\t")
        if kind == "n":
            named.add(code)
        for word in stems.replace("|", " ").split():
            bare = word.rstrip("~$")
            if name not in UNSPACED and not has_marked_keys(name):
                assert key(bare) == bare
    assert len(named) >= 150
    assert set(UN_MEMBERS_SAMPLE) <= named | {"GB"}
    assert load(name).lang == name


def test_the_table_of_names_is_sorted_for_its_binary_search() -> None:
    lines = (DATA / "names.tsv").read_bytes().splitlines()
    keys = [line.split(b"\t")[0] for line in lines]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))
    for line in lines[::97]:
        name, code, _ = line.decode().split("\t")
        if len(name) > 3:
            assert resolve(name) == code
            assert name_key(name) == name


def test_thirty_locales_can_show_every_country() -> None:
    locales = sorted(path.stem for path in (DATA / "display").glob("*.tsv"))
    assert len(locales) >= 30
    for locale in locales:
        assert all(display(code, locale) != code for code in UN_MEMBERS_SAMPLE)


@pytest.mark.parametrize(
    ("word", "lang", "expected"),
    [("малаизия", "ru", "малаизи"), ("иран", "ru", "иран"), ("kina", "sv", "kin"), ("chad", "en", "chad")],
)
def test_stems_lose_what_inflection_changes(word: str, lang: str, expected: str) -> None:
    assert stem(word, "name", family(lang))[0] == expected
