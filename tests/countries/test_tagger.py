"""Finding countries: written sentences in many languages, traps, offsets, and hostile input."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplo_cli
from diplo_cli.countries.gazetteer import gazetteer_name, load
from diplo_cli.countries.tagger import find, tag
from diplo_cli.language import identify
from diplo_cli.text.tokens import tokenize

PACKS = Path(diplo_cli.__file__).parent / "data" / "countries" / "packs"
# written for these tests: one meeting each, countries named by name, adjective, capital or office
DOCUMENTS = [
    json.loads(line) for line in (Path(__file__).parent / "documents.jsonl").read_text(encoding="utf-8").splitlines()
]
SPEAKING = {
    "es": "Habla inglés y cobró en dólares estadounidenses.",
    "fr": "Il parle anglais, a payé en dollars américains.",
    "de": "Er spricht Englisch und zahlt mit Schweizer Franken.",
    "pt": "Fala inglês e paga em dólares americanos; América do Sul.",
    "nl": "Hij spreekt Engels en betaalt in Amerikaanse dollars.",
    "ru": "Он говорит по-английски и платит в долларах США.",
    "uk": "Він говорить англійською і платить доларами США.",
    "tr": "İngilizce konuşuyor, ABD doları ile ödedi.",
    "ar": "دفع خمسين دولارا أمريكيا ويتكلم اللغة الإنجليزية على نهر الأردن.",
    "fa": "او به زبان انگلیسی حرف می‌زند و دلار آمریکا دارد.",
    "hi": "वह अंग्रेज़ी बोलता है और अमेरिकी डॉलर देता है।",
    "bn": "সে ইংরেজি বলে এবং মার্কিন ডলারে দাম দেয়।",
    "he": "הוא מדבר אנגלית ומשלם בדולר אמריקאי.",
    "ko": "그는 영어를 말하고 미국 달러로 낸다.",
    "hu": "Angolul beszél, amerikai dollárral fizet, később lett miniszter.",
    "cs": "Mluví anglicky a platí americkými dolary; Jižní Amerika.",
    "sw": "Anazungumza Kiingereza na kulipa kwa dola za Marekani.",
    "fi": "Hän puhuu englantia ja maksaa Yhdysvaltain dollareilla.",
}
WORLD = re.findall(
    r"[\w-]+",
    "ar az be bg bn bs ca cs da de el en es et fa fi fil fr gl he hi hr hu hy id it ja ka kk ko ky lt lv mk mn ms nb nl "
    "pl pt ro ru sk sl sr sr-Latn sv sw tg th tk tr uk ur uz vi zh",
)


def codes(text: str, lang: str) -> set[str]:
    return {mention.code for mention in find(text, lang) if mention.kind != "actor"}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Kazakh and Malaysian officials flew from Astana to Hanoi.", "KZ MY VN"),
        ("en", "Ties between Papua New Guinea and Equatorial Guinea grow.", "PG GQ"),
        ("ms", "Duta Jepun bertemu Perdana Menteri Pakistan di Putrajaya.", "JP PK MY"),
        ("id", "Menteri Inggris tiba dari Amerika Serikat menuju Korea Selatan.", "GB US KR"),
        ("ru", "Узбекистанские экспортёры ведут переговоры с Саудовской Аравией и Южной Кореей.", "UZ SA KR"),
        ("ru", "Послы Германии и Италии побывали в Таджикистане, затем в Киргизии.", "DE IT TJ KG"),
        ("uk", "Президент Польщі відвідав Литву та зустрів канадських міністрів.", "PL LT CA"),
        ("uz", "Oʻzbekistondan Turkiyaga, keyin esa Xitoyga yuk joʻnatildi.", "UZ TR CN"),
        ("uz-Cyrl", "Тожикистонлик вазир Ҳиндистонга, сўнгра Эронга борди.", "TJ IN IR"),
        ("kk", "Өзбекстанның елшісі Түркиядан Үндістанға ұшты.", "UZ TR IN"),
        ("ky", "Кыргызстандын делегациясы Казакстанга жана Кытайга барды.", "KG KZ CN"),
        ("tg", "Ҳайати Тоҷикистон ба Покистон ва Эрон сафар кард.", "TJ PK IR"),
        ("tr", "Azerbaycan'ın heyeti Pakistan'a ve Japonya'ya gitti.", "AZ PK JP"),
        ("az", "Qazaxıstanın nazirləri Türkiyəyə və Gürcüstana gəldi.", "KZ TR GE"),
        ("ar", "وصل الوفد الماليزي إلى باكستان ثم زار للصين وتركيا.", "MY PK CN TR"),
        ("fa", "وزیر خارجه پاکستان به قزاقستان و سپس به ترکیه سفر کرد.", "PK KZ TR"),
        ("he", "שר החוץ נסע מצרפת לגרמניה ואחר כך לטורקיה.", "FR DE TR"),
        ("hi", "भारत और जापान के मंत्री पाकिस्तान में मिले।", "IN JP PK"),
        ("bn", "বাংলাদেশের মন্ত্রী জাপানে ও পাকিস্তানে গেছেন।", "BD JP PK"),
        ("zh", "马来西亚总理抵达塔什干，随后访问土耳其。", "MY UZ TR"),
        ("ja", "日本の外相がカザフスタンとインドネシアを訪れた。", "JP KZ ID"),
        ("ko", "일본과 카자흐스탄의 장관이 베트남에서 만났다.", "JP KZ VN"),
        ("th", "นายกรัฐมนตรีมาเลเซียเยือนญี่ปุ่นและคาซัคสถาน", "MY JP KZ"),
        ("vi", "Bộ trưởng Pháp gặp phái đoàn Nhật Bản tại Hà Nội.", "FR JP VN"),
        ("fr", "Les ministres pakistanais et ouzbeks sont arrivés d'Italie à Pékin.", "PK UZ IT CN"),
        ("es", "La delegación kazaja viajó a Turquía y al Reino Unido.", "KZ TR GB"),
        ("pt", "O ministro cazaque visitou a Malásia e os Emirados Árabes Unidos.", "KZ MY AE"),
        ("it", "I ministri kazaki e la delegazione malese a Pechino.", "KZ CN"),
        ("de", "Die kasachische Delegation traf in der Türkei usbekische Minister.", "KZ TR UZ"),
        ("pl", "Ministrowie Kazachstanu rozmawiali w Wielkiej Brytanii z delegacją turecką.", "KZ GB TR"),
        ("bg", "Казахстанският министър пристигна от Турция в Германия.", "KZ TR DE"),
        ("fi", "Kazakstanin ministeri matkusti Turkista Japaniin.", "KZ TR JP"),
        ("hu", "A kazahsztáni miniszter Törökországból Japánba utazott.", "KZ TR JP"),
        ("el", "Ο υπουργός της Τουρκίας πήγε στη Γερμανία και στο Καζακστάν.", "TR DE KZ"),
        ("ka", "მინისტრი თურქეთიდან ყაზახეთში ჩავიდა.", "TR KZ"),
        ("hy", "Նախարարը Թուրքիայից մեկնեց Ղազախստան։", "TR KZ"),
        ("mn", "Казахстаны сайд Япон болон Туркт очив.", "KZ JP"),
        ("sw", "Waziri wa Uturuki alikwenda Japani na Kazakhstan.", "TR JP"),
    ],
)
def test_countries_are_found_in_the_forms_of_each_language(lang: str, text: str, expected: str) -> None:
    assert set(expected.split()) <= codes(text, lang)
    assert len(codes(text, lang)) <= len(expected.split()) + 1


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "It cost 30 million US dollars, then 40 Swiss francs and US$5.", ""),
        ("en", "The guests spoke in English; the Portuguese translation came later.", ""),
        ("en", "Join us for turkey and fine china with Michael Jordan.", ""),
        ("en", "Chad Williams moved to Lebanon, Pennsylvania.", ""),
        ("en", "Farmers in Georgia, as in Alabama, grow peaches.", ""),
        ("en", "She studied at Georgia State University, in the state of Georgia.", ""),
        ("en", "The governor of Georgia spoke in Plains, Georgia.", ""),
        ("en", "Georgia State University Opens Campus", ""),
        ("en", "The head of state of Georgia received them.", "GE"),
        ("en", "On Monday, Georgia, a candidate, agreed.", "GE"),
        ("en", "Moldova, Georgia and Ukraine applied; an Atlanta firm did not.", "MD GE UA"),
        ("en", "The envoy came from Batumi, Georgia.", "GE"),
        ("en", "The University of Jordan replied.", "JO"),
        ("en", "Calm on the Korean Peninsula and in the Sea of Japan.", ""),
        ("en", "North and South Korea talked.", "KP KR"),
        ("fr", "La péninsule coréenne et la mer de Chine.", ""),
        ("de", "Auf der Koreanischen Halbinsel, am Japanischen Meer.", ""),
        ("ru", "На Корейском полуострове и в Японском море.", ""),
        ("ru", "Переговоры Северной и Южной Кореи.", "KP KR"),
        ("tr", "Kore Yarımadası'nda ve Güney Çin Denizi'nde.", ""),
        ("ar", "في شبه الجزيرة الكورية وبحر الصين الجنوبي.", ""),
        ("zh", "朝鲜半岛局势", ""),
        ("zh", "朝韩关系", "KP KR"),
        ("kk", "Корей түбегінде", ""),
        ("kk-Latn", "Qazaqstannyñ prezidenti Túrkııaǵa bardy, Ýkraınada boldy.", "KZ TR UA"),
        ("en", "Georgia signed; Tbilisi welcomed it, and Florida was not mentioned.", "GE"),
        ("en", "In Jordan, officials met. Chad President Déby left.", "JO TD"),
        ("en", "President of Georgia Mikheil Kavelashvili met Kazakh officials.", "GE KZ"),
        ("en", "King of Jordan Abdullah II received them.", "JO"),
        ("en", "Prime Minister of Israel Benjamin Netanyahu and President of Cuba Miguel Díaz-Canel spoke.", "IL CU"),
        ("en", "Israel Strikes Lebanon", "IL LB"),
        ("en", "Jordan Signs Deal With Turkey", "JO TR"),
        ("en", "Georgia Welcomes EU Envoy", "GE"),
        ("en", "Michael Jordan Signs Deal With Club", ""),
        ("en", "Readers know the views of Jordan Peterson.", ""),
        ("en", "He told the Washington Post, the South China Morning Post and the Korea Herald.", ""),
        ("en", "Jack London wrote; the Washington Capitals won; he left Washington State for Real Madrid.", ""),
        ("en", "In Washington the senators met; London agreed.", "US GB"),
        ("ru", "Президент Мали прибыл с визитом, за ним президент Того.", "ML TG"),
        ("ar", "التقى رئيس مالي نظيره، بدعم مالي كبير.", "ML"),
        ("ar", "وعد بدعم مالي كبير.", ""),
        ("zh", "马里总统抵达", "ML"),
        ("zh", "马里奥来自马里兰", ""),
        ("zh", "中美关系", "CN US"),
        ("ja", "マリ大統領はマリオに会った", "ML"),
        ("ko", "한미 정상회담과 미중 관계", "KR US CN"),
        ("ko", "한미약품", ""),
        ("ko", "로마에서 회담", "IT"),
        ("th", "นายกรัฐมนตรีลาวเยือนไทย", "LA TH"),
        ("th", "ทหารอเมริกัน", "US"),
        ("ka", "ჩინეთის პრეზიდენტი", "CN"),
        ("he", "נשיא קניה הגיע", "KE"),
        ("he", "ההחלטה הסופית", ""),
        ("da", "Kina og Argentina mødtes.", "CN AR"),
        ("fr", "La Côte d’Ivoire et la Chine", "CI CN"),
        ("en", "North America and South America border no Indian Ocean ally.", ""),
        ("en", "Talks in Congo-Brazzaville, not in DR Congo", "CG CD"),
        ("en", "Nigeria and Niger, Dominica and the Dominican Republic", "NG NE DM DO"),
        ("ru", "Того же мнения самого министра; пять долларов США.", ""),
        ("ru", "в Латинской Америке и на английском языке", ""),
        ("uz-Cyrl", "олти миллион АҚШ долларига етди", ""),
        ("uz", "oʻn million AQSh dollari", ""),
        ("ar", "أربعة مليارات دولار أمريكي والأزمة مالية في أمريكا اللاتينية", ""),
        ("ms", "bernilai AS$20 juta di Amerika Latin", ""),
        ("fr", "dix millions de dollars américains en Amérique du Sud", ""),
        ("tr", "Çadırlar kuruldu, mali yardım 5 milyon ABD doları", ""),
        ("zh", "五百万美元，印度洋，马里兰州", ""),
        ("ja", "百万米ドル、インド洋、マリア", ""),
        ("vi", "Anh ấy bị ốm ở châu Mỹ.", ""),
        ("en", "Macao, Hong Kong, Greenland and Puerto Rico", "MO HK GL PR"),
        ("ta", "பெரும்பாலான மக்கள் வந்தனர்.", ""),
        ("am", "መንግሥት የመንገድ ሥራ ጀመረ።", ""),
        ("bn", "আক্রান্ত রোগীর সংখ্যা বাড়ছে।", ""),
        ("ug", "قاتار ئىشلار قىلىندى.", ""),
        ("ne", "चाड मनाउन घर गए।", ""),
        ("ku", "Gurçik û kezeb nexweş in.", ""),
        ("ha", "Amman ya ce zai zo gobe.", ""),
        ("so", "Maalinta koowaad roob ayaa da'ay.", ""),
        ("km", "ប្រាក់ចំណូលកើនឡើង", ""),
        ("zu", "UMengameli waseChina uhambele iNingizimu Afrika.", "CN ZA"),
        ("ru", "Король Иордании и президент Чада; чад на кухне.", "JO TD"),
        ("pl", "W Czadzie i na Ukrainie", "TD UA"),
        ("de", "Die Weltbank und die Nato", ""),
    ],
)
def test_traps(lang: str, text: str, expected: str) -> None:
    assert codes(text, lang) == set(expected.split())


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The UN, ASEAN and the World Bank met the Arab League.", {"UN", "ASEAN", "WB", "LAS"}),
        ("ru", "Саммит ШОС и СНГ; Европейский союз и ООН", {"SCO", "CIS", "EU", "UN"}),
        ("kk", "ШЫҰ мен БҰҰ кездесуі", {"SCO", "UN"}),
        ("ar", "قمة جامعة الدول العربية والأمم المتحدة", {"LAS", "UN"}),
        ("zh", "上海合作组织与东盟", {"SCO", "ASEAN"}),
        ("uz-Cyrl", "Бирлашган Миллатлар Ташкилоти ва Жаҳон банки", {"UN", "WB"}),
    ],
)
def test_organisations_are_actors_and_no_countries(lang: str, text: str, expected: set[str]) -> None:
    tagging = tag(text, lang)
    assert set(tagging.actors) == expected
    assert not tagging.mentions


@pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: f"{row['lang']}-{row['about']}")
def test_a_meeting_of_two_countries_is_about_both(row: dict[str, str]) -> None:
    assert set(tag(row["text"], row["lang"]).countries) == set(row["about"].split())


@pytest.mark.parametrize(
    "row", [r for r in DOCUMENTS if r["lang"] != "ha"], ids=lambda row: f"{row['lang']}-{row['about']}"
)
def test_it_is_about_both_in_the_language_that_is_identified(row: dict[str, str]) -> None:
    assert set(tag(row["text"], identify(row["text"]).tag).countries) == set(row["about"].split())


@pytest.mark.parametrize("lang", SPEAKING)
def test_a_language_that_is_spoken_is_no_country(lang: str) -> None:
    assert codes(SPEAKING[lang], lang) == set()


@pytest.mark.parametrize("lang", WORLD)
def test_the_great_organisations_have_names_in_every_large_language(lang: str) -> None:
    pack = (PACKS / f"{lang}.tsv").read_text(encoding="utf-8").splitlines()
    actors = {line.split("\t")[0] for line in pack if line.split("\t")[1] == "o"}
    assert {"UN", "EU", "AU", "LAS", "WTO", "IMF", "WB", "SCO", "NATO", "BRICS", "ASEAN"} <= actors


def test_kinds() -> None:
    kinds = {m.code: m.kind for m in find("Pakistan, Uzbek envoys, Ankara and the UAE", "en")}
    assert kinds == {"PK": "name", "UZ": "adjective", "TR": "capital", "AE": "abbreviation"}


def test_tokens_made_for_the_index_are_taken() -> None:
    text = "Qozogʻistonning elchisi Pokistonda."
    assert find(text, "uz", tokenize(text)) == find(text, "uz")


@pytest.mark.parametrize(
    "text", ["Казахстан и Малайзия", "كازاخستان وماليزيا", "Kazakhstan og Malaysia", "哈萨克斯坦和马来西亚"]
)
@pytest.mark.parametrize("lang", ["und", "xx", ""])
def test_a_language_without_gazetteer_gets_the_names_of_its_script(text: str, lang: str) -> None:
    assert codes(text, lang) == {"KZ", "MY"}


@given(st.sampled_from(["en", "ar", "uz", "zh", "th", "ko", "vi", "und"]), st.lists(st.sampled_from(
    ["Kazakhstan", "U.S.", "İran", "كازاخستان\u0640ي", "Oʻzbekiston", "O\u02bc\u0301zbekiston", "ﬁ", "ß",
     "中国", "ไทย", "한국에서", "\x00", "\ud800", " ", "\n", "$", "Việt Nam", "Ｃｈｉｎａ"]), max_size=12))  # fmt: skip
def test_offsets_are_of_the_text_as_given(lang: str, parts: list[str]) -> None:
    text = "".join(parts)
    for start, end, code, _ in find(text, lang):
        assert 0 <= start < end <= len(text)
        assert text[start].isalnum()
        # the words alone name the same country; in an unknown language the script of the rest chose the gazetteer
        chosen = gazetteer_name("und", text) if lang == "und" else lang
        if chosen.startswith("und-"):
            first = tokenize(text[start:end])[0].term
            assert code in {candidate.entry.code for candidate in load(chosen)[first]}
        else:
            assert code in {m.code for m in find(text[start:end], chosen)}


@given(st.sampled_from(["en", "ru", "ar", "ja", "hi", "und"]), st.text(max_size=200))
def test_any_text_can_be_tagged(lang: str, text: str) -> None:
    tagging = tag(text, lang, text[:20])
    assert len(tagging.countries) <= 3
    assert set(tagging.countries) <= set(tagging.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "\ud800\udfff" * 1000,
        "\x00" * 10_000,
        "a" * 200_000,
        "United " * 20_000,
        "Georgia " * 20_000,
        "Jordan x " * 20_000,
        "中" * 50_000,
        "'" * 50_000,
        "ال" * 50_000,
    ],
)
def test_hostile_text_takes_no_more_than_its_length(text: str) -> None:
    started = time.process_time()
    for lang in ("en", "ar", "zh", "und"):
        tag(text, lang)
    assert time.process_time() - started < 10


def test_a_gazetteer_forgets_before_it_grows_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diplo_cli.countries.gazetteer._REMEMBERED", 10)
    gazetteer = load.__wrapped__("en")
    for number in range(100):
        assert gazetteer[f"word{number}"] == ()
    assert len(gazetteer) <= 10
    assert gazetteer["kazakhstan"]
