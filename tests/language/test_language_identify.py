"""Which language a text is in: own sentences, scripts, boilerplate, what is no language, hostile input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplo_cli.language import identified, identify, profiles

ROOT = Path(__file__).parent.parent.parent
SENTENCES = {
    "en": "The two ministers agreed to meet again before the end of the year and to open a new trade office.",
    "ms": "Kedua-dua menteri bersetuju untuk bermesyuarat semula sebelum hujung tahun ini kerana perkara itu penting.",
    "id": "Kedua menteri sepakat untuk bertemu lagi sebelum akhir tahun karena masalah tersebut sangat penting.",
    "ar": "اتفق الوزيران على عقد اجتماع آخر قبل نهاية العام وفتح مكتب تجاري جديد في العاصمة.",
    "fa": "دو وزیر توافق کردند که پیش از پایان سال دوباره دیدار کنند و یک دفتر بازرگانی تازه بگشایند.",
    "ur": "دونوں وزراء نے اس بات پر اتفاق کیا کہ سال کے اختتام سے پہلے دوبارہ ملاقات کی جائے گی۔",
    "ps": "دواړو وزیرانو هوکړه وکړه چې د کال تر پای مخکې به بیا سره ګوري او نوی دفتر به پرانیزي.",
    "ru": "Министры договорились встретиться ещё раз до конца года и открыть новое торговое представительство.",
    "uk": "Міністри домовилися зустрітися ще раз до кінця року та відкрити нове торговельне представництво.",
    "bg": "Министрите се договориха да се срещнат отново преди края на годината и да открият нова служба.",
    "sr": "Министри су се договорили да се поново састану пре краја године и да отворе нову канцеларију.",
    "sr-Latn": "Ministri su se dogovorili da se ponovo sastanu pre kraja godine u Evropi i posle toga otvore predstavništvo.",
    "hr": "Ministri su se dogovorili da će se ponovno sastati prije kraja godine i otvoriti novi ured u Europi.",
    "kk": "Министрлер жыл соңына дейін тағы да кездесіп, жаңа сауда өкілдігін ашуға келісті.",
    "ky": "Министрлер жыл аягына чейин дагы жолугуп, жаңы соода өкүлчүлүгүн ачууга макул болушту.",
    "uz": "Vazirlar yil oxirigacha yana bir bor uchrashishga va yangi savdo vakolatxonasini ochishga kelishib oldilar.",
    "uz-Cyrl": "Вазирлар йил охиригача яна бир бор учрашишга ва янги савдо ваколатхонасини очишга келишиб олдилар.",
    "tg": "Вазирон тавофуқ карданд, ки то охири сол бори дигар мулоқот намуда, намояндагии нави тиҷоратиро боз кунанд.",
    "tk": "Ministrler ýylyň ahyryna çenli ýene duşuşmak we täze söwda wekilhanasyny açmak barada ylalaşdylar.",
    "az": "Nazirlər ilin sonuna qədər yenidən görüşmək və yeni ticarət nümayəndəliyi açmaq barədə razılığa gəldilər.",
    "tr": "Bakanlar yıl sonundan önce yeniden görüşmeye ve yeni bir ticaret ofisi açmaya karar verdiler.",
    "tt": "Министрлар ел ахырына кадәр тагын бер тапкыр очрашырга һәм яңа сәүдә вәкиллеге ачарга килештеләр.",
    "mn": "Сайд нар оны эцсээс өмнө дахин уулзаж, худалдааны шинэ төлөөлөгчийн газар нээхээр тохиролцов.",
    "fr": "Les deux ministres sont convenus de se revoir avant la fin de l'année et d'ouvrir un nouveau bureau.",
    "de": "Die beiden Minister vereinbarten, sich vor Ende des Jahres erneut zu treffen und ein Büro zu eröffnen.",
    "es": "Los dos ministros acordaron reunirse de nuevo antes de fin de año y abrir una nueva oficina comercial.",
    "fil": "Nagkasundo ang dalawang kalihim na muling magpulong bago matapos ang taon at magbukas ng bagong tanggapan.",
    "no": "De to ministrene ble enige om å møtes igjen før årets slutt og åpne et nytt handelskontor i hovedstaden.",
    "vi": "Hai bộ trưởng đã đồng ý gặp lại nhau trước cuối năm và mở một văn phòng thương mại mới.",
    "hi": "दोनों मंत्रियों ने वर्ष के अंत से पहले फिर मिलने और एक नया व्यापार कार्यालय खोलने पर सहमति जताई।",
    "th": "รัฐมนตรีทั้งสองตกลงที่จะพบกันอีกครั้งก่อนสิ้นปีและเปิดสำนักงานการค้าแห่งใหม่",
    "ko": "두 장관은 연말 이전에 다시 만나 새로운 무역 사무소를 열기로 합의했다.",
    "ja": "両大臣は年末までに再び会談し、新しい貿易事務所を開設することで合意した。",
    "zh": "两位部长同意在年底前再次会晤，并开设新的贸易办事处。",
    "zh-Hant": "兩位部長同意在年底前再次會晤，並開設新的貿易辦事處。",
    "el": "Οι δύο υπουργοί συμφώνησαν να συναντηθούν ξανά πριν από το τέλος του έτους.",
    "he": "שני השרים הסכימו להיפגש שוב לפני סוף השנה ולפתוח משרד סחר חדש.",
    "hy": "Երկու նախարարները պայմանավորվեցին կրկին հանդիպել մինչև տարեվերջ։",
    "ka": "ორი მინისტრი შეთანხმდა, რომ წლის ბოლომდე კიდევ ერთხელ შეხვდებოდნენ.",
}
ENGLISH_PAGE = "Home News Politics SHARE this article Sign up for our newsletter All rights reserved "


@pytest.mark.parametrize(("tag", "text"), SENTENCES.items(), ids=SENTENCES)
def test_sentence(tag: str, text: str) -> None:
    found = identify(text)
    assert found.tag == tag
    assert found.confidence >= 0.5


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        ("ms", "kerajaan umum bantuan mangsa banjir"),
        ("ms", "Pejabat Kedutaan Dibuka Semula Selepas Dua Tahun"),
        ("ms", "Polis Tahan Empat Lelaki Disyaki Seludup Kereta"),
        ("id", "pemerintah umumkan bantuan korban banjir"),
        ("id", "Kantor Kedutaan Dibuka Lagi Usai Dua Tahun"),
        ("id", "Polisi Tangkap Empat Pria Diduga Selundupkan Mobil"),
        ("fil", "Pangulo Nakipagpulong Sa Mga Kalihim Tungkol Sa Kalakalan"),
        ("de", "Außenministerin Trifft Amtskollegen In Der Kasachischen Hauptstadt"),
        ("tr", "Bakanlar Yeni Ticaret Anlaşması İçin Başkentte Buluştu"),
    ],
)
def test_title_of_capitals_and_of_few_words(tag: str, title: str) -> None:
    assert identify(title).tag == tag
    assert identify(title.lower()).tag == tag


def test_names_of_countries_and_cities_part_no_close_languages() -> None:
    pair = profiles.close_pair("ms")
    assert pair
    for name in ("malaysia", "indonesia", "jakarta", "kuala", "lumpur", "kazakhstan"):
        assert name not in pair.words
    assert pair.words["jepun"] > 2 > -2 > pair.words["jepang"]


def test_every_tag_of_the_sentences_is_one_that_can_be_given() -> None:
    assert set(SENTENCES) <= set(identified())


@pytest.mark.parametrize(
    ("name", "tag", "script"),
    [
        ("000", "ms", "Latn"),
        ("001", "en", "Latn"),
        ("002", "ar", "Arab"),
        ("003", "en", "Latn"),
        ("004", "uz-Cyrl", "Cyrl"),
    ],
)
def test_seeds(name: str, tag: str, script: str) -> None:
    (file,) = (ROOT / "seeds").glob(f"{name}_*.txt")
    found = identify(file.read_text(encoding="utf-8"))
    assert (found.tag, found.script) == (tag, script)
    assert found.confidence > 0.9


@pytest.mark.parametrize("tag", ["ar", "uz-Cyrl", "hi", "ko", "zh", "th", "he"])
def test_english_boilerplate_gives_way(tag: str) -> None:
    for page in (ENGLISH_PAGE + SENTENCES[tag], ENGLISH_PAGE * 3 + (SENTENCES[tag] + "\n") * 4):
        found = identify(page)
        assert found.tag == tag
        assert found.confidence >= 0.9


def test_blank_space_is_nothing() -> None:
    assert identify("\n" * 300 + SENTENCES["ms"] + " " * 300).tag == "ms"
    assert identify(" " * 300 + "Tokayev").tag == "und"


def test_a_foreign_name_does_not_turn_an_english_text() -> None:
    assert identify(SENTENCES["en"] + " President Tokayev (Тоқаев, توكاييف) took part.").tag == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "12 345,67 — 2024-05-17",
        "https://example.org/en/the-president-met-the-minister-of-foreign-affairs",
        "www.example.org/news/the-president-and-the-minister",
        "the.minister@example.org",
        "Tokayev",
        "Kassym-Jomart Tokayev",
        "KASSYM-JOMART TOKAYEV",
        "Тоқаев",
        "Қасым-Жомарт Тоқаев",
        "توكاييف",
        "أنور إبراهيم",
        "习近平",
        "😀😀😀 !!! ???",
    ],
)
def test_no_language(text: str) -> None:
    found = identify(text)
    assert found.tag == "und"
    assert found.confidence < 0.5


def test_a_name_keeps_its_script() -> None:
    assert identify("Қасым-Жомарт").script == "Cyrl"
    assert identify("توكاييف").script == "Arab"
    assert identify("Tokayev").script == "Latn"
    assert identify("123").script == "Zyyy"


def test_declared_counts_only_in_doubt() -> None:
    assert identify("Tokayev", declared="ms").tag == "ms"
    assert identify("Tokayev", declared="kk").tag == "kk-Latn"
    assert identify("Тоқаев", declared="uz").tag == "uz-Cyrl"
    assert identify("2024", declared="arabic") == ("ar", "Arab", 0.0)
    assert identify(SENTENCES["ms"], declared="id").tag == "ms"
    assert identify("Tokayev", declared="no such language").tag == "und"
    assert identify("Tokayev", declared="und").tag == "und"


def test_capitals_are_read() -> None:
    assert identify(SENTENCES["ru"].upper()).tag == "ru"
    assert identify(SENTENCES["en"].upper()).tag == "en"


def test_uzbek_with_any_apostrophe() -> None:
    text = "Oʻzbekiston va Qozogʻiston oʻrtasidagi doʻstlik toʻgʻrisida soʻz yuritildi"
    for sign in "ʻʼ‘’'`´":
        assert identify(text.replace("ʻ", sign)).tag == "uz"


def test_latin_letters_inside_cyrillic_words() -> None:
    disguised = SENTENCES["sr"].translate(str.maketrans("аеоср", "aeocp"))
    assert disguised != SENTENCES["sr"]
    assert identify(disguised).tag == "sr"


def test_decomposed_text_is_read_as_composed() -> None:
    import unicodedata

    for tag in ("vi", "ru", "ko", "tr"):
        assert identify(unicodedata.normalize("NFD", SENTENCES[tag])).tag == tag


def test_the_longer_of_two_languages_wins_wherever_it_stands() -> None:
    long, short = (SENTENCES["fr"] + " ") * 30, (SENTENCES["en"] + " ") * 3
    assert identify(short + long).tag == "fr"
    assert identify(long + short).tag == "fr"


HOSTILE = [
    "\ud800",
    "\x00",
    "\ud800\x00" * 5_000,
    "ـ" * 100,
    "\u202e" * 100,
    "a" * 100_000,
    "я" * 50_000,
    "a@" * 30_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input(text: str) -> None:
    found = identify(text)
    assert found.tag == "und"


def test_ten_megabytes_in_one_line() -> None:
    assert identify(SENTENCES["ru"] * 100_000).tag == "ru"
    assert identify("aЯ" * 5_000_000).script == "Cyrl"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters()), st.text(max_size=20))
def test_any_text_gets_an_answer(text: str, declared: str) -> None:
    found = identify(text, declared)
    assert 0.0 <= found.confidence <= 1.0
    assert len(found.script) == 4
    if not declared:
        assert (found.tag == "und") == (found.confidence < 0.5)


def test_the_same_answer_under_any_hash_seed() -> None:
    code = (
        "import sys, json\nfrom diplo_cli.language import identify\n"
        "print([tuple(identify(text)) for text in json.load(sys.stdin)])"
    )
    import json

    texts = [*SENTENCES.values(), *(" ".join(text.split()[:2]) for text in SENTENCES.values())]
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env=dict(os.environ, PYTHONHASHSEED=seed, PYTHONPATH=str(ROOT)),
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert said == {f"{[tuple(identify(text)) for text in texts]}\n"}


def test_a_script_that_decides_alone_loads_no_profiles() -> None:
    code = (
        "import sys\nfrom diplo_cli.language import identify, endonym, resolve\n"
        "identify('สวัสดีครับ ประเทศไทย'); identify('대한민국 정부는 오늘'); endonym('ms'); resolve('arabic')\n"
        "assert 'langdetect' not in sys.modules and 'numpy' not in sys.modules\n"
        "from diplo_cli.language import profiles\nassert not profiles.table.cache_info().currsize\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT)))
