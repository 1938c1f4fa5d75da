"""Sentences: where they end in many languages, and where they do not."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.text.abbreviations import abbreviations
from diplo_cli.text.sentences import sentences


def cut(text: str, lang: str = "und") -> list[str]:
    return [text[start:end] for start, end in sentences(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Dr. Smith met Mr. Lee in Washington, D.C., on Jan. 5.|They agreed. |Talks go on!"),
        ("en", "He said no.|Trade rose 3.5 percent to $4.2 billion.|“Good!” she said. |Is it?|Yes."),
        ("en", "The U.S. President came.|J. Smith of Acme Inc. spoke. |It was No. 5 on the list."),
        ("en", "He works at Acme Inc.|The firm is large."),
        ("en", "He sat.|The sun rose."),
        ("en", "1. The first item is short.|2. The second one is too."),
        ("ms", "Datuk Dr. Mohd Hasan hadir.|Dagangan bernilai AS$104.2 juta. |Syarikat XYZ Sdn. Bhd. turut serta."),
        ("id", "Presiden H. Prabowo tiba di Jl. Sudirman.|Ia bertemu Drs. Ahmad."),
        ("ar", "هل وصل الوزير؟|نعم وصل أمس. |والتقى أ.د. أحمد في العاصمة."),
        ("ur", "وزیر اعظم پہنچ گئے۔|انہوں نے بات کی۔"),
        ("fa", "رئیس جمهور وارد شد.|آیا او سخن گفت؟ |بله."),
        ("ru", "24 февр. М.Нуртилеу прибыл в г. Астана.|Объём составил 5 млрд. тенге. |К. Токаев принял его."),
        ("ru", "Обсудили торговлю, транспорт и т. д.|Затем стороны подписали документы."),
        ("kk", "Қ.К. Тоқаев кездесті.|Көлемі 5 млрд. теңге болды."),
        ("uz", "Vazir M. Nurtileu keldi.|Uchrashuv bo‘ldi. |Savdo hajmi 4,5 mlrd. dollar."),
        ("uz-Cyrl", "М.Нуртилеу келди.|Учрашув бўлди."),
        ("tr", "3. toplantı Ankara’da yapıldı.|T.C. Cumhurbaşkanı Sn. Erdoğan konuştu. |Prof. Dr. Yılmaz katıldı."),
        ("de", "Am 3. Oktober kam er z. B. nach Bonn.|Dr. Meier sprach. |Er blieb bis zum 24. Februar."),
        ("fr", "M. Dupont et Mme. Durand sont là.|Voilà ! |Qui vient ?"),
        ("es", "El Sr. García llegó.|¿Quién vino? |¡Nadie!"),
        ("hi", "डॉ. सिंह आए।|बैठक हुई।"),
        ("bn", "মন্ত্রী এলেন।|বৈঠক হলো।"),
        ("hy", "Նա եկավ։|Նրանք խոսեցին։"),
        ("am", "ሰላም ነው።|ደህና ነኝ።"),
        ("ko", "장관이 왔다.|회의가 열렸다."),
        ("ky", "Министр С.Жапаров келди.|2024-ж. 5-майда жолугушту. |5 млрд. сом бөлүндү."),
        ("uz", "2024 y. 5 mayda uchrashuv boʻldi.|Toshkent sh. Navoiy koʻch. 5-uy."),
        ("uz-Cyrl", "2024 й. 5 майда учрашув бўлди.|Ва б. масалалар."),
        (
            "uk",
            "Торгівля у 2024 р. зросла.|Міністр А. Б. Коваленко прибув до м. Києва. |Це близько 5 млн. грн. на рік.",
        ),
        ("fa", "دکتر ا. رضایی آمد.|ارزش آن ۵٫۳ میلیارد دلار است."),
        ("vi", "TS. Nguyễn Văn A. đã đến.|PGS.TS. Lê Văn B. đồng ý. |TP. Hồ Chí Minh rất đông."),
        ("fil", "Dumating si Gng. Reyes.|Nagsalita si Pang. Marcos."),
        ("pl", "W 2024 r. handel wzrósł.|To ok. 5 mln. zł rocznie. |Np. Polska."),
        ("sw", "Rais Dkt. Samia aliwasili.|Bw. Juma alizungumza."),
        ("pt", "O Min. Carlos saiu.|V. Exa. concorda?"),
    ],
)
def test_sentences_of_many_languages(lang: str, text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    assert cut(" ".join(expected), lang) == [piece for part in expected for piece in cut(part, lang)]
    assert cut(text.replace("|", " "), lang)[0] == expected[0]


def test_the_whole_list_of_an_example() -> None:
    assert cut("Dr. Lee came. He met H.E. Amb. Tan at 5 p.m. and left. Why? Nobody knows…", "en") == [
        "Dr. Lee came.",
        "He met H.E. Amb. Tan at 5 p.m. and left.",
        "Why?",
        "Nobody knows…",
    ]


def test_chinese_and_japanese_need_no_space() -> None:
    assert cut("部长到了。他们会谈！结束了吗？是的。", "zh") == ["部长到了。", "他们会谈！", "结束了吗？", "是的。"]
    assert cut("「会談は成功した。」と述べた。次は東京だ。", "ja") == ["「会談は成功した。」と述べた。", "次は東京だ。"]
    assert cut("「終わった。」彼は去った。", "ja") == ["「終わった。」", "彼は去った。"]


def test_closing_quotes_stay_with_their_sentence() -> None:
    assert cut("He said: “We agree.” Then he left. (It was late.) Good.", "en") == [
        "He said: “We agree.”",
        "Then he left.",
        "(It was late.)",
        "Good.",
    ]


def test_a_blank_line_always_ends_a_sentence() -> None:
    assert cut("Ties grow\n\nThe minister came.\n \t\nHe left") == ["Ties grow", "The minister came.", "He left"]


def test_wrapped_lines_are_joined() -> None:
    text = (
        "The Prime Minister of Malaysia and the President of Kazakhstan met in\n"
        "Astana on Tuesday to discuss trade and investment between the two of\n"
        "their countries. They agreed to meet again."
    )
    assert len(cut(text, "en")) == 2
    assert cut(text.replace("\n", "\r\n"), "en")[1] == "They agreed to meet again."


def test_lines_that_were_not_wrapped_are_not_joined() -> None:
    assert cut("Ties grow\nBy Our Correspondent\nASTANA: The minister came. He left.", "en") == [
        "Ties grow",
        "By Our Correspondent",
        "ASTANA: The minister came.",
        "He left.",
    ]
    long_lines = "The minister came to the capital and met the president there " * 3
    assert len(cut(f"Ties grow\n{long_lines}\n{long_lines}", "en")) == 3


def test_a_writer_without_capitals() -> None:
    assert cut("we came late. nobody was there. we left.", "en") == ["we came late.", "nobody was there.", "we left."]


@given(
    st.text(st.characters() | st.sampled_from(".!?。\n \"”'aA1"), max_size=80),
    st.sampled_from(["en", "tr", "zh", "und", ""]),
)
def test_spans_are_in_order_trimmed_and_lose_nothing(text: str, lang: str) -> None:
    spans = sentences(text, lang)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@pytest.mark.parametrize(
    "unit",
    ["The cat sat. ", "a", ".", ". ", "A. ", '."', ". '", "a\n", "\n", "1. ", "。", "etc. A", " ", "\x00", "\ud800. "],
)
def test_linear_time(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    started = time.process_time()
    sentences(text, "en")
    assert time.process_time() - started < 5


def test_abbreviations_are_in_the_form_they_are_looked_up_in() -> None:
    for lang in ("en", "ms", "ru", "kk", "tr", "ar", "und"):
        found = abbreviations(lang)
        for group in found:
            assert group
            assert all(word == word.lower() and not word.endswith(".") for word in group)
        assert not found.titles & found.endings
    assert abbreviations("und") == abbreviations("xx")
    assert "datuk" not in abbreviations("en").titles


THAI = (
    "นายกรัฐมนตรีพบประธานาธิบดีเมื่อวันที่ 17 พ.ค. 2567 ที่ทำเนียบรัฐบาล ทั้งสองฝ่ายหารือเรื่องการค้าและการลงทุนระหว่างสองประเทศ "
    "รัฐบาลยืนยันว่าจะเดินหน้าความร่วมมือด้านพลังงาน และจะส่งคณะผู้แทนไปเยือนในเดือนหน้า"
)


def test_thai_is_cut_between_long_clauses_alone() -> None:
    assert cut(THAI, "th") == [THAI[: THAI.index(" รัฐบาลยืนยัน")], THAI[THAI.index("รัฐบาลยืนยัน") :]]
    assert cut(THAI[:70], "th") == [THAI[:70].strip()]
    assert cut(THAI, "en") == [THAI]
    assert cut("มร. สมชาย และ พล.อ. ประยุทธ์ พบกัน", "th") == ["มร. สมชาย และ พล.อ. ประยุทธ์ พบกัน"]


# Sentences of ours, not checked by speakers; in running text nothing but a space parts them.
THAI_SENTENCES = """\
นายกรัฐมนตรีไทยเดินทางถึงกรุงอัสตานาเมื่อเช้าวันจันทร์เพื่อเริ่มการเยือนอย่างเป็นทางการเป็นเวลาสามวัน
ประธานาธิบดีคาซัคสถานให้การต้อนรับที่ทำเนียบและจัดพิธีตรวจแถวทหารกองเกียรติยศ
ผู้นำทั้งสองหารือเรื่องการขยายการค้าระหว่างสองประเทศให้เพิ่มขึ้นเป็นสองเท่าภายในห้าปี
ฝ่ายไทยเสนอเปิดเที่ยวบินตรงระหว่างกรุงเทพฯ กับเมืองหลวงของคาซัคสถานภายในปีหน้า
รัฐมนตรีต่างประเทศลงนามในบันทึกความเข้าใจว่าด้วยความร่วมมือด้านการศึกษาและวัฒนธรรม
นักธุรกิจกว่าร้อยคนร่วมเดินทางไปกับคณะเพื่อหาลู่ทางการลงทุนด้านพลังงานและเกษตรกรรม
ไทยส่งออกข้าวและชิ้นส่วนรถยนต์ไปยังเอเชียกลางเพิ่มขึ้นทุกปีตลอดทศวรรษที่ผ่านมา
คาซัคสถานเป็นผู้ผลิตยูเรเนียมรายใหญ่ที่สุดของโลกและมีแหล่งน้ำมันขนาดใหญ่
ทั้งสองฝ่ายเห็นพ้องที่จะตั้งคณะทำงานร่วมเพื่อติดตามความคืบหน้าทุกหกเดือน
การเจรจาเขตการค้าเสรีกับสหภาพเศรษฐกิจยูเรเชียคาดว่าจะเริ่มขึ้นในปลายปีนี้
สถานทูตไทยแห่งใหม่จะเปิดให้บริการประชาชนตั้งแต่เดือนมกราคมเป็นต้นไป
นักศึกษาไทยจำนวนหนึ่งได้รับทุนการศึกษาจากรัฐบาลคาซัคสถานในสาขาวิศวกรรมศาสตร์
ผู้เชี่ยวชาญมองว่าการเยือนครั้งนี้เป็นก้าวสำคัญของนโยบายต่างประเทศไทยในภูมิภาค
ฝ่ายค้านตั้งคำถามถึงค่าใช้จ่ายในการเดินทางและขอให้รัฐบาลชี้แจงต่อรัฐสภา
โฆษกรัฐบาลตอบว่าค่าใช้จ่ายทั้งหมดเป็นไปตามระเบียบของทางราชการ
ตลาดหุ้นไทยปรับตัวสูงขึ้นเล็กน้อยหลังมีข่าวการลงนามข้อตกลงด้านพลังงาน
บริษัทน้ำมันแห่งชาติจะเข้าร่วมสำรวจแหล่งก๊าซธรรมชาติทางตะวันตกของประเทศ
ชาวบ้านในกรุงอัสตานาออกมาต้อนรับขบวนรถของคณะผู้แทนไทยตลอดสองข้างทาง
คณะผู้แทนจะเดินทางต่อไปยังกรุงทาชเคนต์เพื่อพบกับประธานาธิบดีอุซเบกิสถาน
นายกรัฐมนตรีมีกำหนดกลับถึงประเทศไทยในคืนวันพฤหัสบดีตามเวลาท้องถิ่น
""".splitlines()
LAO_SENTENCES = """\
ນາຍົກລັດຖະມົນຕີລາວເດີນທາງໄປຢ້ຽມຢາມປະເທດຫວຽດນາມຢ່າງເປັນທາງການເປັນເວລາສາມວັນ
ປະທານປະເທດຫວຽດນາມໄດ້ໃຫ້ການຕ້ອນຮັບຢ່າງອົບອຸ່ນຢູ່ທີ່ທຳນຽບປະທານປະເທດ
ທັງສອງຝ່າຍໄດ້ປຶກສາຫາລືກ່ຽວກັບການຮ່ວມມືດ້ານການຄ້າແລະການລົງທຶນລະຫວ່າງສອງປະເທດ
ລັດຖະມົນຕີການຕ່າງປະເທດໄດ້ລົງນາມໃນບົດບັນທຶກຄວາມເຂົ້າໃຈດ້ານການສຶກສາແລະວັດທະນະທຳ
ມູນຄ່າການຄ້າລະຫວ່າງສອງປະເທດເພີ່ມຂຶ້ນເປັນສອງເທົ່າໃນໄລຍະຫ້າປີທີ່ຜ່ານມາ
ລາວສົ່ງອອກໄຟຟ້າແລະຜະລິດຕະພັນກະສິກຳໄປຫວຽດນາມເພີ່ມຂຶ້ນທຸກປີຕະຫຼອດທົດສະວັດ
ນັກທຸລະກິດຫຼາຍກວ່າຮ້ອຍຄົນໄດ້ເຂົ້າຮ່ວມກອງປະຊຸມການລົງທຶນຢູ່ນະຄອນຫຼວງຮ່າໂນ້ຍ
ສະຖານທູດແຫ່ງໃໝ່ຈະເປີດໃຫ້ບໍລິການປະຊາຊົນຕັ້ງແຕ່ເດືອນມັງກອນເປັນຕົ້ນໄປ
ນັກສຶກສາລາວຈຳນວນໜຶ່ງໄດ້ຮັບທຶນການສຶກສາຈາກລັດຖະບານຫວຽດນາມໃນສາຂາວິສະວະກຳ
ຄະນະຜູ້ແທນຈະເດີນທາງກັບຄືນປະເທດໃນຄືນວັນພະຫັດຕາມເວລາທ້ອງຖິ່ນ
""".splitlines()


@pytest.mark.parametrize(("lang", "written"), [("th", THAI_SENTENCES), ("lo", LAO_SENTENCES)])
def test_thai_and_lao_are_cut_at_ends_of_sentences_though_not_at_all(lang: str, written: list[str]) -> None:
    wanted = found = right = 0
    for first in range(0, len(written), 5):
        paragraph = " ".join(written[first : first + 5])
        ends = {sentence[-12:] for sentence in written[first : first + 4]}
        cuts = [sentence[-12:] for sentence in cut(paragraph, lang)[:-1]]
        wanted, found, right = wanted + len(ends), found + len(cuts), right + len(ends.intersection(cuts))
    assert right == found
    assert right >= 0.4 * wanted
