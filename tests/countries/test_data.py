"""The compiled tables: complete, small, and of the same fold as the text they meet."""

import re
from pathlib import Path

import pytest

import diplo_cli
from diplo_cli.countries.gazetteer import gazetteer_name, load
from diplo_cli.countries.inflection import UNSPACED, family, stem
from diplo_cli.countries.resolver import display, resolve
from diplo_cli.countries.spelling import has_marked_keys, key, name_key
from diplo_cli.countries.tagger import find
from diplo_cli.errors import UnknownNameError
from diplo_cli.language import identified

DATA = Path(diplo_cli.__file__).parent / "data" / "countries"
PACKS = sorted(path.stem for path in (DATA / "packs").glob("*.tsv"))
UN_MEMBERS = re.findall(
    r"\w\w",
    "AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF TD CL CN CO KM "
    "CG CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS "
    "IN ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD "
    "MC MN ME MA MZ MM NA NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN "
    "RS SC SL SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN "
    "YE ZM ZW",
)
UN_MEMBERS_SAMPLE = re.findall(r"\w\w", "KZ MY UZ PK KG TJ TM CN RU TR IR IN ID JP KR SA AE EG DE FR GB US BR ZA AU")
# "Congo" alone is either
EITHER = {"CG": {"CG", "CD"}, "CD": {"CG", "CD"}}
IDENTIFIED = sorted({
    name for lang in identified() if not (name := gazetteer_name(lang, "")).startswith("und")
})  # fmt: skip


@pytest.mark.parametrize("lang", IDENTIFIED)
def test_every_member_of_the_un_has_a_living_name_in_every_language_that_is_identified(lang: str) -> None:
    pack = load(lang)
    table = DATA / "display" / f"{lang}.tsv"
    shown = dict(line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    for code in UN_MEMBERS:
        name = shown[code]
        # a name that is a word of the language too needs one of its cues beside it
        sentences = [name, *(text for cue in pack.cues for text in (f"{cue} {name}", f"{name} {cue}", cue + name))]
        wanted = EITHER.get(code, {code})
        assert any(wanted & {mention.code for mention in find(text, lang)} for text in sentences), (code, name)


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
        name, code, kind = line.decode().split("\t")
        if kind == "o":
            with pytest.raises(UnknownNameError, match="organisation"):
                resolve(name)
        elif len(name) > 3:
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
