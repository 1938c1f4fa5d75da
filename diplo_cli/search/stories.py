"""Documents grouped into stories, whatever language each is in.

Two documents are linked where one is among the likest of the other; a story grows from its surest link, and two groups become one where their
documents are alike on average (average-linkage agglomeration over the graph of links), so that one odd link does not chain two stories together.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from diplo_cli.document import Document
from diplo_cli.engines.base import Engine
from diplo_cli.query.tree import Query
from diplo_cli.search.copies import Copies
from diplo_cli.search.result import heading
from diplo_cli.search.similar import Likeness

if TYPE_CHECKING:
    from diplo_cli.meaning.vectors import Vectors

LINKS = 30  # of a document, the likest
TOGETHER, TOGETHER_NEAR = 0.35, 0.5
"""How alike the documents of a story are on average: without vectors, with them.

Without (chosen on 8 articles of NTREX and FLORES, measured on 8 others): of the pairs grouped 92 % belong together, of those that do 57 % are grouped (at .12: 49 and 65; at
.5: 98 and 50). With them: 98 and 97 (at .4: 96 and 97).
"""
MOST = 2_000  # documents that are grouped at once, 0.1–0.2 s of CPU for ten


class Story(NamedTuple):
    """Documents that tell of one thing. `ids`: those nearest to all others first, without `copies` (id -> what it is a copy of).

    `number` counts from 1 in the order asked for; `title` is the most central document's; `since` and `until` are dates as stated, "" where none is.
    """

    number: int
    title: str
    since: str
    until: str
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    ids: tuple[str, ...]
    copies: tuple[tuple[str, str], ...]

    @property
    def documents(self) -> int:
        """How many documents tell the story, copies included."""
        return len(self.ids) + len(self.copies)


def stories(
    engine: Engine,
    vectors: Vectors | None,
    documents: Sequence[Document],
    restrictions: Sequence[Query],
    *,
    by_date: bool,
) -> list[Story]:
    """The stories that `documents` tell, of two documents or more: the largest first, or the latest; ties by id. `restrictions` are what chose the documents."""
    likeness = Likeness(engine, vectors, restrictions)
    known = {document.id: document for document in documents}
    links: dict[tuple[str, str], float] = {}
    for document in documents:
        for other, score in likeness.like(document, LINKS).hits:
            if other in known:
                pair = (min(document.id, other), max(document.id, other))
                links[pair] = max(links.get(pair, 0.0), score)
    line = TOGETHER_NEAR if vectors is not None and len(vectors) else TOGETHER
    found = [_story(group, known, links) for group in _groups(links, line)]
    if by_date:
        found.sort(key=lambda story: story.ids)
        found.sort(key=lambda story: story.until, reverse=True)
    else:
        found.sort(key=lambda story: (-story.documents, story.ids))
    return [story._replace(number=number) for number, story in enumerate(found, 1)]


def _groups(links: dict[tuple[str, str], float], line: float) -> list[list[str]]:
    """Average linkage: the two groups most alike become one, while they are as alike as `line`; documents without a link count as not alike at all."""
    members: dict[str, list[str]] = {one: [one] for pair in links for one in pair}
    between: dict[str, dict[str, float]] = {one: {} for one in members}  # sums of likeness
    for (a, b), score in links.items():
        between[a][b] = between[b][a] = score
    heap = [(-score, a, b) for (a, b), score in links.items()]
    heapify(heap)
    while heap:
        negative, a, b = heappop(heap)
        if a not in members or b not in members or b not in between[a]:
            continue
        mean = between[a][b] / (len(members[a]) * len(members[b]))
        if mean < line:
            continue
        if -negative != mean:  # grown since: what it says now stands further down
            continue
        members[a] += members.pop(b)
        del between[a][b]
        for other, score in between.pop(b).items():
            if other == a:
                continue
            del between[other][b]
            between[a][other] = between[other][a] = between[a].get(other, 0.0) + score
        for other, score in between[a].items():
            first, second = min(a, other), max(a, other)
            heappush(heap, (-score / (len(members[a]) * len(members[other])), first, second))
    return [sorted(group) for group in members.values() if len(group) > 1]


def _story(group: Sequence[str], known: dict[str, Document], links: dict[tuple[str, str], float]) -> Story:
    central = dict.fromkeys(group, 0.0)
    for place, a in enumerate(group):
        for b in group[place + 1 :]:
            score = links.get((a, b), 0.0)
            central[a] += score
            central[b] += score
    ordered = sorted(group, key=lambda one: (-central[one], one))
    told = [known[one] for one in ordered]
    seen = Copies()
    copies = {document.id: first for document in told if (first := seen.first(document))}
    dates = sorted(document.date for document in told if document.date and not document.date.startswith("--"))
    countries = _counted([country for document in told for country in document.countries])
    return Story(
        number=0,
        title=heading(told[0]),
        since=dates[0] if dates else "",
        until=dates[-1] if dates else "",
        languages=_counted([document.lang for document in told]),
        countries=countries,
        ids=tuple(one for one in ordered if one not in copies),
        copies=tuple(copies.items()),
    )


def _counted(values: Sequence[str]) -> tuple[str, ...]:
    """Each value once, the most frequent first."""
    return tuple(sorted(set(values), key=lambda each: (-values.count(each), each)))
