"""The contract of index and query: every word of a sentence, however it is typed, is found in that sentence.

The sentences are ours. Only `tokenize` (the index's side) and `query_tokens` (the query's) are used for words.
"""

import time
import unicodedata

import pytest

from diplo_cli.text.analysis import Analysis, analyse
from diplo_cli.text.tokens import query_tokens, tokenize

SENTENCES = {
    "en": "Malaysia’s Prime Minister met Kazakhstan's president in Astana on 17 May, said the U.S. envoy.",
    "ms": "Perdana Menteri berkata kerjasama kedua-dua negara bernilai AS$104.2 juta.",
    "id": "Presiden menandatangani nota kesepahaman tentang perdagangan, pariwisata, dan Al-Qur'an.",
    "ar": "قالَ رئيسُ الوزراءِ إنّ كازاخستان وأوزبكستان تُعزّزان العلاقات التجاريّة في آسيا.",
    "fa": "وزیر امور خارجه گفت که گفت‌وگوها دربارهٔ همکاری می‌تواند ادامه یابد.",
    "ur": "وزیرِ اعظم نے کہا کہ پاکستان اور قازقستان کے تعلقات مضبوط ہیں۔",
    "ru": "Её визит прошёл успешно: объём торговли вырос на 86,8 процента, ещё и ёлку подарили.",
    "uk": "Прем’єр-міністр обговорив п’ять угод, об’єкти та її розвиток у Києві.",
    "be": "Міністр сказаў, што ўрад умацуе сяброўства з’яўленнем новых пагадненняў.",
    "bg": "Министърът посети столицата и обсъди износа на зърно.",
    "sr": "Председник је разговарао о сарадњи, а њихова љубав према џезу је позната.",
    "uz": "Oʻzbekiston va Qozogʻiston oʻrtasidagi savdo haqida maʼlumot berildi.",
    "uz-Cyrl": "Ўзбекистон ва Қозоғистон ўртасидаги савдо ҳақида маълумот берилди.",
    "kk": "Қазақстан Республикасының Сыртқы істер министрі Әзербайжан өкілімен кездесті.",
    "ky": "Кыргыз Республикасынын министри өнөктөштүк жөнүндө сүйлөдү.",
    "tg": "Вазири корҳои хориҷии Тоҷикистон дар бораи дӯстӣ ва ҳамкорӣ сухан ронд.",
    "tk": "Türkmenistanyň ministri hyzmatdaşlygy ösdürmek barada gürleşdi.",
    "tr": "Kazakistan’ın Dışişleri Bakanı, İstanbul'da Iğdır ve Şırnak için görüştü.",
    "az": "Azərbaycanın xarici işlər naziri əməkdaşlığı müzakirə etdi.",
    "de": "Der Außenminister äußerte sich über die großen Gespräche in Köln.",
    "fr": "L’ambassadeur de Côte d’Ivoire qu’il a reçu évoqua l’œuvre commune, à Noël.",
    "es": "El canciller español visitó Perú y Panamá; ¿qué pidió el niño?",
    "it": "Il ministro dell’Iran parlò all’ambasciatore; quest’anno è più difficile.",
    "pt": "O ministro das Relações Exteriores afirmou que a cooperação avançará.",
    "ca": "La col·laboració amb l’Iran és il·lusionant per als països.",
    "pl": "Minister spraw zagranicznych Łotwy złożył wizytę w Gdańsku i Łodzi.",
    "cs": "Předseda vlády hovořil o příští schůzce v Českých Budějovicích.",
    "hu": "A külügyminiszter hétfőn Üzbegisztánba látogatott, és előadást tartott.",
    "ro": "Președintele a discutat despre învățământ și țara vecină.",
    "sv": "Utrikesministern i Örebro åkte till Ålesund.",
    "fi": "Pääministeri matkusti Äänekoskelle neuvottelemaan työstä.",
    "hi": "प्रधानमंत्री ने अज़रबैजान और क़ज़ाक़िस्तान के राष्ट्रपति से बातचीत की।",
    "bn": "প্রধানমন্ত্রী আজ কাজাখস্তানের রাষ্ট্রপতির সাথে দেখা করেছেন।",
    "ta": "பிரதமர் கஜகஸ்தான் அதிபரைச் சந்தித்தார்.",
    "th": "นายกรัฐมนตรีพบประธานาธิบดีคาซัคสถานที่ทำเนียบ",
    "lo": "ນາຍົກລັດຖະມົນຕີ ພົບປະກັບປະທານປະເທດ",
    "km": "នាយករដ្ឋមន្ត្រីបានជួបប្រធានាធិបតី",
    "my": "ဝန်ကြီးချုပ်သည် သမ္မတနှင့် တွေ့ဆုံခဲ့သည်။",
    "zh": "马来西亚总理与哈萨克斯坦总统在2024年举行会谈。",
    "ja": "マレーシアの首相はカザフスタンの大統領と会談し、ガスについて話し合った。",
    "ko": "말레이시아 총리가 카자흐스탄 대통령과 회담했다.",
    "he": 'שַׂר החוץ של ארה"ב נפגש עם נשיא קזחסטן.',
    "ka": "საქართველოს პრემიერ-მინისტრი ყაზახეთის პრეზიდენტს შეხვდა.",
    "hy": "Վարչապետը հանդիպեց Ղազախստանի նախագահին և ինչո՞ւ չմեկնեց։",
    "el": "Ο υπουργός Εξωτερικών συναντήθηκε με τον πρόεδρο της Ελλάδας, όπως είπε ο Γιώργος.",
    "vi": "Thủ tướng Việt Nam đã gặp Tổng thống Kazakhstan tại Đà Nẵng.",
    "am": "ጠቅላይ ሚኒስትሩ ከፕሬዚዳንቱ ጋር ተገናኙ።",
}


def without_marks(word: str) -> str:
    """As typed on a keyboard without the marks that fold drops, so й, ў and ї, letters of their own, keep theirs."""
    kept = "".join("\x00" if letter in "йўїЙЎЇ" else letter for letter in unicodedata.normalize("NFC", word))
    letters = iter([letter for letter in unicodedata.normalize("NFC", word) if letter in "йўїЙЎЇ"])
    bare = "".join(letter for letter in unicodedata.normalize("NFD", kept) if not "\u0300" <= letter <= "\u036f")
    bare = "".join(letter for letter in bare if not ("\u0591" <= letter <= "\u05c7" or "\u064b" <= letter <= "\u0655"))
    return "".join(next(letters) if letter == "\x00" else letter for letter in bare)


def ways_to_type(word: str) -> set[str]:
    bare = without_marks(word)
    cases = {form for way in (word, bare) for form in (way, way.lower(), way.upper(), way.title(), way.swapcase())}
    forms = {unicodedata.normalize(form, way) for way in cases for form in ("NFC", "NFD", "NFKC")}
    forms |= {way.replace("’", apostrophe) for way in cases for apostrophe in "'ʼ‘`"}
    return forms | {f"“{word}”,", f"\u200f{word}\u00ad", word.replace("a", "a\u200b\u00ad")}


@pytest.mark.parametrize("lang", SENTENCES)
def test_every_word_however_typed_is_found_in_its_sentence(lang: str) -> None:
    sentence = SENTENCES[lang]
    indexed = {token.term for token in tokenize(sentence)}
    for word in sentence.split():
        for typed in ways_to_type(word):
            wanted = {token.term for _, token in query_tokens(typed)}
            assert wanted <= indexed, (word, typed)
            assert wanted or not any(letter.isalpha() for letter in typed), (word, typed)


@pytest.mark.parametrize("lang", SENTENCES)
def test_every_phrase_is_found_at_its_place(lang: str) -> None:
    sentence = SENTENCES[lang]
    indexed = [token.term for token in tokenize(sentence)]
    words = sentence.split()
    for first in range(len(words)):
        wanted = query_tokens(" ".join(words[first : first + 3]))
        starts = [
            start
            for start in range(len(indexed))
            if all(indexed[start + place : start + place + 1] == [token.term] for place, token in wanted)
        ]
        assert starts or not wanted, words[first : first + 3]


@pytest.mark.parametrize("lang", SENTENCES)
def test_analysis_gives_each_token_its_stem_or_none(lang: str) -> None:
    analysis = analyse(SENTENCES[lang], lang)
    assert analysis.tokens == tokenize(SENTENCES[lang])
    base = lang.partition("-")[0]
    assert len(analysis.stems) in (0, len(analysis.tokens))
    assert all(stem.startswith(f"{base}/") and len(stem) > len(base) + 1 for stem in analysis.stems)


def test_stems_are_named_by_language_and_the_same_in_both_scripts() -> None:
    assert "en/meet" in analyse("They held meetings.", "en").stems
    assert set(analyse("савдо ҳамкорлиги", "uz-Cyrl").stems) == set(analyse("savdo hamkorligi", "uz").stems)
    assert analyse("meetings", "und") == Analysis(tokenize("meetings"), [])


def test_an_article_is_analysed_in_a_millisecond() -> None:
    article = " ".join(SENTENCES["en"].replace("17", str(number)) for number in range(32))
    assert 2_800 < len(article) < 3_200
    analyse(article, "en")
    best = 1.0
    for _ in range(20):
        started = time.process_time()
        analyse(article, "en")
        best = min(best, time.process_time() - started)
    assert best < 0.004, "0.5 ms on the machine it was measured on"
