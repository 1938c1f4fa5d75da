"""Names that Chinese and Korean write in one run."""

from __future__ import annotations

import pytest

from diplo_cli.engines.base import Entry, open_engine
from diplo_cli.indexing.entries import entries
from diplo_cli.search.result import SearchRequest
from diplo_cli.search.search import search
from tests.conftest import ENGINES, Place

TEXTS = {
    "zh": "中国国家主席习近平今天在北京会见了外国总统。双方就水资源和贸易合作进行了会谈。",
    "ko": "시진핑 국가주석은 오늘 베이징에서 외국 대통령을 만나 무역과 물 문제를 논의했다.",
    "ru": "Сегодня председатель КНР Си Цзиньпин встретился в Пекине с президентом. Говорили о торговле.",
    "no": "学习近来的平均水平，双方就水资源和贸易合作进行了会谈。",
}


@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_name_in_one_run_is_found_by_its_words(engine_name: str, place: Place) -> None:
    engine = open_engine(engine_name, place(engine_name), create=True)
    with engine.writer() as writer:
        for name, text in TEXTS.items():
            for entry in entries(text.encode(), f"{name}.txt", name):
                assert isinstance(entry, Entry)
                writer.add(entry)
    for query in ("Xi Jinping", '"Xi Jinping"', "Jinping Xi", "Си Цзиньпин"):
        hits = search(engine, SearchRequest(query)).hits
        assert {hit.document.id for hit in hits} == {"zh", "ko", "ru"}, query
        matched = {term.term: term.why for hit in hits for term in hit.matched}
        assert (matched["习近平"], matched["시진핑"]) == ("full name", "full name")
    assert not search(engine, SearchRequest('"Jinping Xi" -lang:ru')).hits
    assert not search(engine, SearchRequest('="Xi Jinping"')).hits
    engine.close()
