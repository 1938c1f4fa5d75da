"""The order of hits: the very word asked for before what only may mean it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from diplo_cli.engines.base import Engine, Entry, open_engine
from diplo_cli.indexing.entries import entries
from diplo_cli.search.rarity import Rarity
from diplo_cli.search.result import SearchRequest
from diplo_cli.search.search import search
from tests.conftest import ENGINES, Place

Built = Callable[[Mapping[str, str]], Engine]


@pytest.fixture(params=ENGINES)
def built(request: pytest.FixtureRequest, place: Place) -> Iterator[Built]:
    """Make an index of texts, by id."""
    opened: list[Engine] = []

    def build(texts: Mapping[str, str]) -> Engine:
        engine = open_engine(request.param, place(request.param), create=True)
        opened.append(engine)
        with engine.writer() as writer:
            for name, text in texts.items():
                for entry in entries(text.encode(), f"{name}.txt", name):
                    assert isinstance(entry, Entry)
                    writer.add(entry)
        return engine

    yield build
    for engine in opened:
        engine.close()


ENGLISH = "In the capital President {} met the ministers of the region today. They spoke of water and of trade in {}."
OTHERS = {
    "chinese": "中国国家主席习近平今天在北京会见了哈萨克斯坦总统托卡耶夫。双方就水资源和贸易合作进行了会谈。",
    "arabic": "استقبل الرئيس توكاييف اليوم وزراء المنطقة في العاصمة. وتحدثوا عن المياه والتجارة.",
    "uzbek": "Бугун пойтахтда президент Тоқаев минтақа вазирлари билан учрашди. Улар сув ва савдо ҳақида гаплашди.",
}


def texts(name: str, number: int) -> dict[str, str]:
    """Many documents that have the name as asked for, one of each other script, and some without."""
    asked = {f"en{k:02}": ENGLISH.format(name, f"year {k}") for k in range(number)}
    without = {f"no{k}": ENGLISH.format("Novak", f"spring {k}") for k in range(4)}
    return asked | OTHERS | without


@pytest.mark.parametrize("query", ["Tokayev", "Tokayev water", "title:Tokayev OR Tokayev"])
def test_a_rare_guess_stands_behind_the_word_itself(built: Built, query: str) -> None:
    hits = [hit.document.id for hit in search(built(texts("Tokayev", 12)), SearchRequest(query)).hits]
    exact = [place for place, name in enumerate(hits) if name.startswith("en")]
    assert len(exact) == 12
    assert max(exact) == 11
    if query == "Tokayev":
        assert {*hits[12:]} == {*OTHERS}


def test_a_guess_at_a_full_name_stands_behind_the_name_itself(built: Built) -> None:
    library = {f"en{k}": ENGLISH.format("Anwar Ibrahim", k) for k in range(9)}
    library |= {f"no{k}": ENGLISH.format("Pavel Novak", k) for k in range(4)}
    library["ru"] = "Сегодня в столице премьер-министр Анвар Ибрагим встретился с министрами. Говорили о воде."
    for query in ("Anwar Ibrahim", '"Anwar Ibrahim"'):
        hits = [hit.document.id for hit in search(built(library), SearchRequest(query)).hits]
        assert hits[-1] == "ru"
        assert len(hits) == 10


def test_a_rare_guess_counts_as_a_common_one_where_nothing_has_the_word(built: Built) -> None:
    library = {f"ru{k}": f"Сегодня в столице президент Токаев встретился с министрами. Год {k}." for k in range(8)}
    library["uz"] = OTHERS["uzbek"]
    scores = [hit.score or 0.0 for hit in search(built(library), SearchRequest("Tokayev")).hits]
    assert len(scores) == 9
    assert max(scores) < 2 * min(scores)


def test_a_country_told_otherwise_stands_behind_a_common_name_of_it(built: Built) -> None:
    library = {f"en{k}": ENGLISH.format("Novak", f"Kazakhstan, {k}") for k in range(12)}
    library["ru"] = "Сегодня в столице Казахстана президент встретился с министрами. Говорили о воде и торговле."
    hits = [hit.document.id for hit in search(built(library), SearchRequest("Kazakhstan")).hits]
    assert (len(hits), hits[-1]) == (13, "ru")


def test_ratios(built: Built) -> None:
    rarity = Rarity(built(texts("Tokayev", 12)))
    assert rarity.documents("tokayev") == 12
    assert rarity.documents("nothing") == 0
    assert rarity.weight(1) > rarity.weight(12) > 0
    assert rarity.weight(100) > 0  # more than there are: counted twice, or an index of a cluster in parts
    assert rarity.ratio([1], [12]) == 1
    assert rarity.ratio([12], [1]) == pytest.approx(rarity.weight(12) / rarity.weight(1))
    assert rarity.ratio([1], [1, 1]) == 0.5
