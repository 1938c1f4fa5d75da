"""A library whose documents are about known countries at known times, on each engine."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.conftest import BIN, environment_for

DOCUMENTS = [
    # written for these tests
    ("a", "en", "2024-05-17", "Kazakhstan and Malaysia sign a treaty. Kazakhstan and Malaysia agreed to trade."),
    (
        "b",
        "ms",
        "2024-05",
        "Malaysia dan Kazakhstan bersetuju. Kerajaan Kazakhstan dan Malaysia akan bekerjasama dalam bidang perniagaan kerana kedua-dua negara mahu.",
    ),
    ("c", "ar", "2024-09-02", "كازاخستان وأوزبكستان توقعان اتفاقا. كازاخستان وأوزبكستان جارتان."),
    (
        "d",
        "en",
        "2021",
        "The ministers of Pakistan and Uzbekistan met again. Pakistan thanks Uzbekistan for what it has done.",
    ),
    ("e", "en", "", "Pakistan speaks of the harvest. Pakistan had rain."),
    ("f", "en", "2024-05-17", "The ministers spoke of the weather and nothing else at all."),
    ("g", "ru", "", "Казахстан, Узбекистан и Малайзия договорились. Казахстан, Узбекистан и Малайзия довольны."),
]


def build(home: Path, engine: str) -> Path:
    """The library, indexed."""
    (home / "seeds").mkdir(parents=True)
    (home / "index").mkdir()
    rows = [{"id": id_, "lang": lang, "date": date, "text": text} for id_, lang, date, text in DOCUMENTS]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (home / "seeds" / "news.jsonl").write_text(text, encoding="utf-8")
    command = [str(BIN / "diplo"), "index", "--engine", engine]
    subprocess.run(command, env=environment_for(home), check=True, capture_output=True)
    return home
