"""A library that several commands are tested on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run

SUMMIT = """Yoon Suk Yeol and Fumio Kishida opened a summit in Seoul with 37 companies.
The fund holds 9150 billion, which South Korea and Japan will spend on ports, roads and schools along the coast until the end of the plan that their cabinets approved last winter,
and a second meeting is to follow when the first of the works has been finished and paid for by those who ordered it."""
TOPICS = ("wheat prices", "a football final", "school holidays", "new ferries", "an old bridge", "river floods")


def _report(number: str, text: str, date: str, source: str) -> str:
    return json.dumps(
        {"id": number, "text": text, "date": date, "source": f"https://{source}.example/news"}, ensure_ascii=False
    )


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory, diplo: Run) -> Path:
    """Three stories in two or three languages (the number in an id is the story's), a copy (xx2), and reports of other things; tests only read it."""
    home = tmp_path_factory.mktemp("news")
    (home / "seeds").mkdir()
    (home / "index").mkdir()
    lines = [
        _report(
            "en1",
            "Kazakhstan and Russia: Foreign ministers Sergey Lavrov and Murat Nurtleu signed 14 agreements in Astana.\n"
            "Trade between Kazakhstan and Russia reached 2871 million; guests from Malaysia watched.",
            "2024-05-17",
            "one",
        ),
        _report(
            "ru1",
            "Казахстан и Россия: министры Сергей Лавров и Мурат Нуртлеу подписали в Астане 14 соглашений.\n"
            "Торговля Казахстана и России достигла 2871 миллиона.",
            "2024-05-18",
            "two",
        ),
        _report(
            "ar1",
            "كازاخستان وروسيا: وقع الوزيران سيرغي لافروف ومرات نورتلو 14 اتفاقية في أستانا.\nبلغت التجارة بين كازاخستان وروسيا 2871 مليون.",
            "2024-05-16",
            "two",
        ),
        _report("en2", SUMMIT, "2024-06-02", "one"),
        _report(
            "ru2",
            "Юн Сок Ёль и Фумио Кисида открыли саммит в Сеуле с участием 37 компаний.\nВ фонде Южной Кореи и Японии 9150 миллиардов.",
            "2024-06-03",
            "two",
        ),
        _report("xx2", SUMMIT, "2024-06-02", "three"),
        _report(
            "en3",
            "Hakan Fidan and Ararat Mirzoyan spoke about 53 lorries at the border of Turkey and Armenia near Margara.",
            "2024-07-09",
            "four",
        ),
        _report(
            "tr3",
            "Hakan Fidan ve Ararat Mirzoyan, Margara yakınlarında Türkiye ile Ermenistan sınırındaki 53 kamyonu görüştü.",
            "2024-07-09",
            "four",
        ),
    ]
    lines += [
        _report(f"other{at}", f"The city council of Town{at} spoke about {topic}.", "2024-05-17", "one")
        for at, topic in enumerate(TOPICS)
    ]
    (home / "seeds" / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert diplo(home, "index").returncode == 0
    return home
