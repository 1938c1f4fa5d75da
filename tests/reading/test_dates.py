"""Written dates of many languages, and what is no date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.reading.calendars import ethiopian_iso
from diplo_cli.reading.dates import find_date, locate_date, stated_date
from diplo_cli.reading.months import find_month, month_key

WRITTEN = """
17 Mei 2024=2024-05-17
17 Mac 2024=2024-03-17
12 Ogos 2023=2023-08-12
Selasa (21/10/2025)=2025-10-21
Selasa, 21 Januari 2025 | 09:15 WIB=2025-01-21
date 2024-06-13=2024-06-13
May 17, 2024 10:30 AM=2024-05-17
Friday, 17th of May, 2024=2024-05-17
Fri May 17 10:30:00 2024=2024-05-17
Fri, 17 May 2024 10:30:00 GMT=2024-05-17
2024-05-17T10:00:00Z=2024-05-17
20240517T100000=2024-05-17
10/21/2025 20:43=2025-10-21
17-5-2024=2024-05-17
05/05/2024=2024-05-05
13.06.2024=2024-06-13
03.04.2024=2024-04-03
2024. 05. 17.=2024-05-17
2024/05/17=2024-05-17
١٩ فبراير ٢٠٢٤=2024-02-19
19 فبراير=--02-19
19 من فبراير 2024=2024-02-19
18 شباط/فبراير 2024=2024-02-18
17 كانون الثاني 2024=2024-01-17
1 يناير/كانون الثاني 2024=2024-01-01
الأحد 10 شعبان 1445 هـ - 18 فبراير 2024 م=2024-02-18
12 أغسطس 2024=2024-08-12
12 اغسطس 2024=2024-08-12
15 جوان 2023=2023-06-15
2025 йил 9 сентябрь=2025-09-09
9-sentabr 2025=2025-09-09
9-sentabr, 2025-yil=2025-09-09
24 февралда=--02-24
9 қыркүйек 2025=2025-09-09
2025 жылғы 9 қыркүйек=2025-09-09
2024-жылдын 17-майы=2024-05-17
13-июнь 2024=2024-06-13
9 сентября 2025 г.=2025-09-09
17 мая 2024 г., 10:15=2024-05-17
17 травня 2024 року=2024-05-17
17 студзеня 2024=2024-01-17
17 май 2024 г.=2024-05-17
13 haziran 2024=2024-06-13
17 Mayıs 2024 Cuma=2024-05-17
17 may 2024-cü il=2024-05-17
17 mai 2024 à 10h30=2024-05-17
1er mai 2024=2024-05-01
17 de mayo de 2024=2024-05-17
30 de octubre de 2024=2024-10-30
17 de maio de 2024=2024-05-17
17 de maig de 2024=2024-05-17
17 maggio 2024=2024-05-17
17. Mai 2024=2024-05-17
17 mei 2024=2024-05-17
17. maj 2024=2024-05-17
17 maj 2024=2024-05-17
17. toukokuuta 2024=2024-05-17
17. mai 2024=2024-05-17
17. maí 2024=2024-05-17
2024. május 17.=2024-05-17
17 maja 2024=2024-05-17
17. května 2024=2024-05-17
17. mája 2024=2024-05-17
17. maja 2024=2024-05-17
17. svibnja 2024.=2024-05-17
17. мај 2024.=2024-05-17
17 мај 2024=2024-05-17
17 maj 2024, e premte=2024-05-17
2024 m. gegužės 17 d.=2024-05-17
2024. gada 17. maijā=2024-05-17
2024ko maiatzaren 17a=2024-05-17
17 ta' Mejju 2024=2024-05-17
17 Μαΐου 2024=2024-05-17
17 mai 2024=2024-05-17
17 Bealtaine 2024=2024-05-17
17 Mai 2024 (Cymraeg)=2024-05-17
17 במאי 2024=2024-05-17
ika-17 ng Mayo 2024=2024-05-17
17 Mei 2024 (Kiswahili)=2024-05-17
17 Meyi 2024=2024-05-17
17 մայիսի, 2024=2024-05-17
17 მაისი, 2024=2024-05-17
۱۵ بهمن ۱۴۰۲=2024-02-04
۱۴۰۲/۱۱/۱۵=2024-02-04
6 سنبله ۱۴۰۳=2024-08-27
30 اسفند ۱۳۹۹=2021-03-20
13 Tir 1403=2024-07-03
17 می ۲۰۲۴=2024-05-17
17 مئی 2024=2024-05-17
17 ګست 2024=
17 मई 2024=2024-05-17
१७ मे २०२४=2024-05-17
১৩ জুন ২০২৪=2024-06-13
17 ਮਈ 2024=2024-05-17
17 મે, 2024=2024-05-17
மே 17, 2024=2024-05-17
17 మే, 2024=2024-05-17
17 ಮೇ 2024=2024-05-17
2024 മേയ് 17=2024-05-17
2024 මැයි 17=2024-05-17
17 พฤษภาคม 2567=2024-05-17
17 พ.ค. 2567=2024-05-17
วันที่ 17 พฤษภาคม พ.ศ. 2567=2024-05-17
พ.ศ. 2567=2024
17 ພຶດສະພາ 2024=2024-05-17
17 ឧសភា 2024=2024-05-17
၁၇ မေ ၂၀၂၄=2024-05-17
ngày 17 tháng 5 năm 2024=2024-05-17
17 tháng 5, 2024=2024-05-17
2024年6月13日=2024-06-13
２０２４年６月１３日=2024-06-13
二〇二四年五月十七日=2024-05-17
民國113年5月17日=2024-05-17
5月17日=--05-17
令和7年=2025
令和6年5月17日=2024-05-17
令和元年12月1日=2019-12-01
昭和20年8月15日=1945-08-15
2024년 5월 17일=2024-05-17
2024 оны 5 дугаар сарын 17=2024-05-17
2024 оны 5-р сарын 17=2024-05-17
2024 оны тавдугаар сарын 17=2024-05-17
May 2024=2024-05
17 ሜይ 2024=2024-05-17
""".strip().splitlines()

NO_DATE = [
    "55,3",
    "86,8 миллион",
    "semalam",
    "yesterday",
    "03/04/2024",  # March or April
    "16-17 May 2024",  # days of an event
    "30 February 2024",
    "2081-02-04",  # Bikram Sambat
    "२०८१-०२-०४",
    "1402/11/15",  # solar or lunar Hijri, or a file's number
    "10 شعبان 1445",  # lunar Hijri: a table may be a day out
    "17 listopada 2024",  # October in Croatian, November in Polish
    "1.2.3.2024",
    "+7 727 250 99 99",
    "13:45",
    "2024",
    "RM474.5 juta",
    "resolution 2231 (2015)",
    "https://example.org/2024/05/17/story",
    "May",
    "G20 2024",
    "version 2024.13.45",
]


@pytest.mark.parametrize("line", WRITTEN)
def test_written_date(line: str) -> None:
    written, _, iso = line.rpartition("=")
    assert find_date(written) == iso


@pytest.mark.parametrize("line", NO_DATE)
def test_no_date_is_guessed(line: str) -> None:
    assert not find_date(line)


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("መስከረም 5 ቀን 2017 ዓ.ም", "2024-09-15"),
        ("ጳጉሜን 6 ቀን 2015 ዓ.ም.", "2023-09-11"),
        ("ታኅሣሥ 29፣ 2016 ዓ.ም", "2024-01-08"),
        ("መስከረም 5፣ 2017", ""),  # of which calendar?
        ("እ.ኤ.አ መስከረም 5 ቀን 2017 ዓ.ም", ""),  # two eras
        ("15/01/2017 ዓ.ም", ""),
        ("ጁን 13, 2024", "2024-06-13"),  # a Gregorian name
    ],
)
def test_ethiopian_dates_are_converted_where_the_era_is_stated(line: str, iso: str) -> None:
    assert find_date(line) == iso
    assert find_date(line, "am") == iso


@given(day=st.dates(dt.date(1910, 1, 1), dt.date(2040, 1, 1)))
def test_ethiopian_days_follow_each_other(day: dt.date) -> None:
    """Every day from 1910 to 2040 is one Ethiopian day, and the year ends the day before the next begins."""
    years = (day.year - 8, day.year - 7)
    assert (
        sum(ethiopian_iso(year, m, d) == day.isoformat() for year in years for m in range(1, 14) for d in range(1, 31))
        == 1
    )


@pytest.mark.parametrize("line", ["Feb 19", "19 Feb", "Feb. 19", "19 февр."])
def test_an_abbreviated_month_needs_no_year(line: str) -> None:
    assert find_date(line) == "--02-19"


@pytest.mark.parametrize("line", ["mar 5", "5 ago", "set 5", "sam 5"])
def test_an_abbreviation_that_is_another_word_needs_one(line: str) -> None:
    assert not find_date(line)


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("2025 jylǵy 3 naýryz", "2025-03-03"),
        ("2025 jylğy 3 nauryz", "2025-03-03"),
        ("2025 jylğy 5 mausym", "2025-06-05"),
    ],
)
def test_kazakh_in_latin_letters(line: str, iso: str) -> None:
    assert find_date(line) == iso


def test_two_digit_years_are_left_out() -> None:
    assert find_date("17 May 24") == "--05-17"
    assert not find_date("17/05/24")


def test_language_decides_between_two_months() -> None:
    assert find_date("17 listopada 2024", "hr") == "2024-10-17"
    assert find_date("17 listopada 2024", "pl") == "2024-11-17"


def test_whole_date_is_preferred_to_an_earlier_partial_one() -> None:
    assert find_date("Friday 17 May, 10:30 | 18.05.2024") == "2024-05-18"


def test_place_of_a_date() -> None:
    found = locate_date("Published: 17 Mei 2024, Astana")
    assert found is not None
    assert "Published: 17 Mei 2024, Astana"[found.start : found.end] == "17 Mei 2024"


def test_stated_date_may_be_a_year_alone() -> None:
    assert stated_date(" 2024-06 ") == "2024-06"
    assert stated_date("2024") == "2024"
    assert not stated_date("2024-13")
    assert stated_date("2024-05-17T10:00:00+05:00") == "2024-05-17"


def test_inflected_months() -> None:
    month = find_month("қыркүйектегі", "und", cut=True)
    assert month is not None
    assert month.number == 9
    assert find_month("Martinique", "und", cut=True) is None


def test_month_key_is_idempotent() -> None:
    for name in ("ม.ค.", "أغسطس", "Şubat", "İyun", "sept.", "ta’"):
        assert month_key(month_key(name)) == month_key(name)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2049, 12, 31)))
def test_every_day_is_read_from_numbers(day: dt.date) -> None:
    assert find_date(day.isoformat()) == day.isoformat()
    assert find_date(f"{day.day}.{day.month}.{day.year}") == day.isoformat()
    assert find_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()
    assert find_date(f"{day:%d %B %Y}") == day.isoformat()


@given(st.integers(1300, 1419), st.integers(1, 12), st.integers(1, 29))
def test_solar_hijri_years_begin_at_the_spring_equinox(year: int, month: int, day: int) -> None:
    iso = find_date(f"{year}/{month:02}/{day:02}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")))
    found = dt.date.fromisoformat(iso)
    equinox = dt.date(year + 621, 3, 21)
    assert abs((found - equinox).days - (31 * (month - 1) - max(0, month - 7) + day - 1)) <= 1


@given(st.text(max_size=500))
def test_any_line_is_read_without_error(line: str) -> None:
    found = locate_date(line)
    if found:
        assert 0 <= found.start < found.end <= len(line)
        assert found.iso == find_date(line)


@given(
    st.lists(
        st.sampled_from(
            ["17", "2024", "May", "mai", "de", ",", "-", "/", "年", "5", "月", "ค.ศ.", "2567", "१७", "十", ":"]
        ),
        max_size=30,
    )
)
def test_any_mixture_of_parts_is_a_real_day_or_nothing(parts: list[str]) -> None:
    iso = find_date(" ".join(parts)) or find_date("".join(parts))
    if len(iso) == len("2024-05-17"):
        dt.date.fromisoformat(iso)
