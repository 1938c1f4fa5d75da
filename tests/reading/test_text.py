"""Bytes of every common encoding become the text that was written."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.errors import ReadingError
from diplo_cli.reading.text import LONGEST_TEXT, decode, plain

SENTENCES = {
    "ru": "Президент Казахстана во вторник принял посла Японии. Стороны обсудили торговлю, обучение студентов и строительство больниц.",
    "uk": "Міністр закордонних справ України зустрівся з колегою з Естонії. Вони обговорили співпрацю в освіті та їхні плани на рік.",
    "el": "Ο υπουργός Εξωτερικών συναντήθηκε χθες με τον πρέσβη της Ιαπωνίας. Συζήτησαν για το εμπόριο και τις σχέσεις των δύο χωρών.",
    "ar": "التقى وزير الخارجية يوم الثلاثاء سفير اليابان في العاصمة. وناقش الجانبان التجارة وبناء مستشفيات جديدة في جنوب البلاد.",
    "he": "שר החוץ נפגש ביום שלישי עם שגריר יפן בבירה. הצדדים דנו במסחר ובבניית בתי חולים חדשים בדרום הארץ.",
    "tr": "Dışişleri bakanı salı günü Japonya büyükelçisini kabul etti. Görüşmede ticaret, öğrenci değişimi ve yeni hastaneler konuşuldu.",
    "pl": "Minister spraw zagranicznych przyjął we wtorek ambasadora Japonii. Rozmawiano o handlu, kształceniu studentów i nowych szpitalach.",
    "fr": "Le ministre des Affaires étrangères a reçu mardi l'ambassadeur du Japon. Ils ont évoqué l'échange d'étudiants et les hôpitaux.",
    "ja": "外務大臣は火曜日に日本大使と会談した。両者は貿易や留学生の交流、南部の新しい病院の建設について話し合った。",
    "zh": "外交部长星期二会见了日本大使。双方讨论了贸易、学生交流以及在南部建设新医院的问题。",
    "ko": "외교부 장관은 화요일에 일본 대사를 만났다. 양측은 무역과 학생 교류, 남부의 새 병원 건설에 대해 논의했다.",
    "th": "รัฐมนตรีต่างประเทศพบกับเอกอัครราชทูตญี่ปุ่นเมื่อวันอังคาร ทั้งสองฝ่ายหารือเรื่องการค้าและการแลกเปลี่ยนนักศึกษา",
    "kk": "Сыртқы істер министрі сейсенбіде Жапония елшісін қабылдады. Тараптар сауда мен студенттер алмасуын талқылады.",
    "en": "The foreign minister received the ambassador of Japan on Tuesday.",
}
ENCODINGS = [
    *(("ru", encoding) for encoding in ("cp1251", "koi8-r", "iso8859-5", "cp866")),
    *(
        ("uk", "cp1251"),
        ("el", "cp1253"),
        ("ar", "cp1256"),
        ("he", "cp1255"),
        ("tr", "cp1254"),
        ("pl", "cp1250"),
        ("fr", "cp1252"),
    ),
    *(("ja", encoding) for encoding in ("cp932", "euc-jp", "iso2022-jp", "utf-16-le", "utf-16-be")),
    *(("zh", encoding) for encoding in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le")),
    *(("ko", encoding) for encoding in ("cp949", "utf-16-le")),
    ("th", "cp874"),
    *(
        (lang, encoding)
        for lang in ("kk", "en", "ar", "th")
        for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    ),
]


@pytest.mark.parametrize(("lang", "encoding"), ENCODINGS)
def test_encoding_without_any_mark(lang: str, encoding: str) -> None:
    text = (SENTENCES[lang] + "\n") * 3
    if encoding == "big5hkscs":
        text = text.translate(str.maketrans("长会见双讨论贸学国际设医问题", "長會見雙討論貿學國際設醫問題"))
    written = text.encode(encoding, "ignore")
    assert decode(written, "a.txt") == written.decode(encoding)


@pytest.mark.parametrize("lang", SENTENCES)
def test_utf_8(lang: str) -> None:
    text = SENTENCES[lang]
    assert decode(text.encode(), "a.txt") == text
    assert decode(codecs.BOM_UTF8 + text.encode(), "a.txt") == text
    for encoding in ("utf-16", "utf-32"):
        assert decode(text.encode(encoding), "a.txt") == text


def test_line_ends_become_one() -> None:
    assert decode(b"a\r\nb\rc\nd", "a.txt") == "a\nb\nc\nd"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", "\u00a0\u2003".encode()])
def test_empty(data: bytes) -> None:
    with pytest.raises(ReadingError, match=r"a\.txt is empty"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3",
        b"PK\x03\x04\x14\x00",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(256)) * 20,
        b"\x7fELF\x02\x01\x01" + b"\0" * 9,
        b"word \0\x01\x02\x03\x04\x05\x06 " * 50,
    ],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(ReadingError, match="binary file") as caught:
        decode(data, "a.txt")
    assert caught.value.hint


def test_a_stray_nul_makes_no_binary() -> None:
    text = SENTENCES["en"] * 3 + "\0" + SENTENCES["ru"]
    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize(
    "broken", [b"Tokayev \xed\xa0\x80 Astana", b"Tokayev \xc0\xaf Astana", SENTENCES["ru"].encode()[:-1] + b"\xff"]
)
def test_utf_8_with_broken_bytes_stays_utf_8(broken: bytes) -> None:
    text = decode(broken, "a.txt")
    assert "\ufffd" in text
    assert text.replace("\ufffd", "") == broken.decode("utf-8", "ignore")


def test_declared_charset_wins_if_the_data_are_in_it() -> None:
    page = '<html><head><meta charset="windows-1251"></head>' + SENTENCES["ru"]
    assert decode(page.encode("cp1251"), "a.html", declared=True) == page
    assert decode(page.encode(), "a.html", declared=True) != ""
    unknown = '<?xml version="1.0" encoding="klingon-8"?>' + SENTENCES["ru"]
    assert decode(unknown.encode(), "a.xml", declared=True) == unknown
    wrong = '<meta charset="ascii">' + SENTENCES["zh"]
    assert decode(wrong.encode(), "a.html", declared=True) == wrong


def test_utf_8_read_as_windows_1252_is_repaired() -> None:
    mangled = SENTENCES["ru"].encode().decode("latin-1")
    assert decode(mangled.encode(), "a.txt") == SENTENCES["ru"]
    honest = "Ñandú, café, Ãéí — a text that only has such letters, and keeps them."
    assert decode(honest.encode(), "a.txt") == honest


def test_limit_is_named() -> None:
    with pytest.raises(ReadingError, match=f"{LONGEST_TEXT:,}"):
        decode(b"a" * (LONGEST_TEXT + 1), "a.txt")


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    try:
        text = decode(data, "a.txt")
    except ReadingError:
        return
    assert text.strip()
    assert "\r" not in text
    text.encode()


@given(st.text())
def test_plain_is_idempotent_and_encodable(text: str) -> None:
    once = plain(text)
    once.encode()
    assert "\r" not in once
    assert plain(once) == once or once.startswith("\ufeff")
