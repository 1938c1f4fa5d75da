"""One word, two scripts: through the installed command, whichever of them is typed and whichever is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diplo_cli.text.fold import fold
from diplo_cli.text.han import simplified
from diplo_cli.text.stems import stem
from diplo_cli.text.tokens import tokenize
from tests.conftest import Run

# Sentences of ours; the same news in either script, with the tag that detection should give it.
NEWS = {
    "uz-Cyrl": "Икки мамлакат ўртасидаги ҳамкорлик ва дўстлик масалалари Тошкентда муҳокама қилинди.",
    "uz": "Ikki mamlakat oʻrtasidagi hamkorlik va doʻstlik masalalari Toshkentda muhokama qilindi.",
    "kk": "Екі мемлекет арасындағы ынтымақтастық пен достық мәселелері Астанада талқыланды.",
    "kk-Latn": "Eki memleket arasyndağy yntymaqtastyq pen dostyq mäseleleri Astanada talqylandy.",
    "az-Cyrl": "Ики өлкә арасында әмәкдашлыг вә достлуг мәсәләләри Бакыда мүзакирә едилди.",
    "az": "İki ölkə arasında əməkdaşlıq və dostluq məsələləri Bakıda müzakirə edildi.",
    "sr": "Председник је у Београду разговарао о сарадњи и пријатељству двеју земаља са гостима.",
    "sr-Latn": "Predsednik je u Beogradu razgovarao o saradnji i prijateljstvu dveju zemalja sa gostima.",
    "zh": "两国总理在北京签署贸易协议，讨论经济合作与发展问题。东盟(ASEAN)亦表示欢迎。",
    "zh-Hant": "兩國總理在北京簽署貿易協議，討論經濟合作與發展問題。",
    "tg": "Вазирони ду кишвар дар донишгоҳ дар бораи густариши ҳамкориҳои муштарак ва иқтисод суҳбат карданд.",
    "fa": "وزیران دو کشور در دانشگاه درباره گسترش همکاری‌های مشترک و اقتصاد گفتگو کردند.",
    "ky": "Эки мамлекеттин ортосундагы кызматташтык жана достук маселелери Бишкекте талкууланды.",
}
QUERIES = [
    ("hamkorlik", "uz uz-Cyrl"),
    ("ҳамкорлик", "uz uz-Cyrl"),
    *((f"do{sign}stlik", "uz uz-Cyrl") for sign in "ʻʼ‘’'`´"),
    ("дўстлиги", "uz uz-Cyrl"),
    ("ынтымақтастық", "kk kk-Latn"),
    ("yntymaqtastyq", "kk kk-Latn"),
    ("ıntımaqtastıq", "kk kk-Latn"),
    ("yntymaqtastyqtyñ", "kk kk-Latn"),
    ("əməkdaşlıq", "az az-Cyrl"),
    ("әмәкдашлыг", "az az-Cyrl"),
    ("prijateljstvo", "sr sr-Latn"),
    ("пријатељство", "sr sr-Latn"),
    ("協議", "zh zh-Hant"),
    ("协议", "zh zh-Hant"),
    ('"經濟合作與發展"', "zh zh-Hant"),
    ('"经济合作与发展"', "zh zh-Hant"),
    ("kyzmattashtyk", "ky"),
    ("густариш", "fa tg"),
    ("گسترش", "fa tg"),
    ("муштарак", "fa tg"),
    ("اقتصاد", "fa tg"),
    ("合作ASE*", "zh"),
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, diplo: Run) -> Path:
    home = tmp_path_factory.mktemp("both")
    (home / "index").mkdir()
    (home / "seeds").mkdir()
    lines = [json.dumps({"id": tag, "text": text}) for tag, text in NEWS.items()]
    (home / "seeds" / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert diplo(home, "index").returncode == 0
    return home


def test_each_is_told_by_its_script(both: Path, diplo: Run) -> None:
    listed = diplo(both, "list", "--fields", "id,lang").stdout.splitlines()
    assert sorted(listed) == sorted(f"{tag}\t{tag}" for tag in NEWS)
    assert len(diplo(both, "list", "--lang", "kazakh", "--ids").stdout.split()) == 2


def test_a_word_is_found_in_its_other_script(both: Path, diplo: Run) -> None:
    asked = "\n".join(query for query, _ in QUERIES)
    done = diplo(both, "search", "--queries", "-", "--jsonl", stdin=asked)
    found = [" ".join(sorted(json.loads(line)["ids"])) for line in done.stdout.splitlines()]
    assert found == [wanted for _, wanted in QUERIES]


@pytest.mark.parametrize(("query", "only"), [("hamkorlik", "uz"), ("ынтымақтастық", "kk"), ("әмәкдашлыг", "az-Cyrl")])
def test_exact_means_the_spelling(both: Path, diplo: Run, query: str, only: str) -> None:
    assert diplo(both, "search", f"={query}", "--ids").stdout.split() == [only]
    assert diplo(both, "search", "--exact", query, "--ids").stdout.split() == [only]


def test_what_was_found_is_lit(both: Path, diplo: Run) -> None:
    for query, ident, lit in (("hamkorlik", "uz-Cyrl", "ҳамкорлик"), ("協議", "zh", "协议"), ("濟*", "zh", "济合")):
        hits = [json.loads(line) for line in diplo(both, "search", query, "--jsonl").stdout.splitlines()]
        hit = next(each for each in hits if each["id"] == ident)
        assert [hit["snippet"][start:end] for start, end in hit["highlights"]] == [lit]


# The same words in Cyrillic, in the alphabets of 2021 and 2018, in that of the news agency, and without marks.
KAZAKH = """мемлекет memleket memleket memleket memleket
ынтымақтастығы yntymaqtastyğy yntymaqtastyǵy ıntımaqtastığı yntymaktastygy
президенттің prezidenttıñ prezıdenttiń prezïdenttiñ prezidenttin
министрлері ministrlerı mınıstrleri mïnïstrleri ministrleri
көшбасшысы köşbasşysy kóshbasshysy köşbasşısı koshbasshysy
келісім kelısım kelisim kelisim kelisim
жүйесі jüiesı júıesi jüyesi juyesi
партияның partianyñ partııanyń partïyanıñ partiyanyng
қауіпсіздік qauıpsızdık qaýipsizdik qawipsizdik kauipsizdik
сайлау sailau saılaý saylaw sailau
аймақ aimaq aımaq aymaq aimak"""


@pytest.mark.parametrize("line", KAZAKH.splitlines())
def test_kazakh_has_one_stem_in_its_alphabets(line: str) -> None:
    # у is ý in 2018's alphabet, which folds to y, that of ы: those words stay apart
    forms = [form for form in line.split() if "ý" not in form]
    assert {stem(fold(form), "kk") for form in forms} == {stem(fold(forms[0]), "kk")}


def test_short_kazakh_words_keep_their_letters() -> None:
    assert stem("көл", "kk") != stem("қол", "kk")
    assert stem("қол", "kk") == stem("qol", "kk")
    assert stem("іс", "kk") != stem("іш", "kk")
    assert stem("ән", "kk") != stem("аң", "kk")


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("кызматташтык", "kyzmattashtyk"), ("келишим", "kelishim"), ("айыл", "ayyl"), ("мамлекеттин", "mamlekettin")],
)
def test_kyrgyz_has_one_stem_in_latin_letters_too(cyrillic: str, latin: str) -> None:
    assert stem(fold(cyrillic), "ky") == stem(fold(latin), "ky")


@pytest.mark.parametrize(
    ("tajik", "persian"),
    [
        ("тафовут", "تفاوت"),
        ("мувофиқат", "موافقت"),
        ("масоҳати", "مساحت"),
        ("муҳоҷират", "مهاجرت"),
        ("фаронсавӣ", "فرانسوی"),
        ("тобистон", "تابستان"),
        ("иқтисод", "اقتصاد"),
    ],
)
def test_longer_tajik_and_persian_words_have_one_stem(tajik: str, persian: str) -> None:
    for lang in ("tg", "fa"):
        assert stem(fold(tajik), lang) == stem(fold(persian), lang)


def test_short_tajik_and_persian_words_stay_apart() -> None:
    # of four letters one match in five would be wrong: тасвир, picture, and تصور, idea
    assert stem(fold("тасвир"), "tg") == "тасвир"
    assert stem(fold("تصور"), "fa") == fold("تصور")


def test_chinese_is_one_in_both_forms() -> None:
    for one, other in (("哈薩克斯坦", "哈萨克斯坦"), ("馬來西亞總理", "马来西亚总理"), ("以後的發展", "以后的发展")):
        assert [token.term for token in tokenize(one)] == [token.term for token in tokenize(other)]
        assert [(token.start, token.end) for token in tokenize(one)] == [
            (token.start, token.end) for token in tokenize(other)
        ]


def test_simplified_leaves_all_else_alone() -> None:
    assert simplified("") == ""
    for text in ("Tokayev", "Тоқаев", "マレーシア", "한국", "覆", "中国"):
        assert simplified(text) == text
    every = "".join(map(chr, range(0x3400, 0xA000)))
    once = simplified(every)
    assert len(once) == len(every)
    assert simplified(once) == once
    assert sum(one != other for one, other in zip(every, once, strict=True)) > 2_500


def test_a_word_of_two_scripts_is_looked_for_in_its_parts(diplo: Run, tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "seeds").mkdir()
    texts = {
        "both": "马来西亚总理对 Tokayev 说，ASEAN 合作很重要。",
        "one": "Tokayev at the ASEAN summit in Astana today.",
    }
    for name, text in texts.items():
        (tmp_path / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    for query in ("合作ASEAN", "ASEAN合作", "Tokayev说ASEAN合作", "合作 ASEAN"):
        assert diplo(tmp_path, "search", query, "--ids").stdout.split() == ["both"], query
    assert diplo(tmp_path, "search", "=合作ASEAN", "--ids").returncode == 1
