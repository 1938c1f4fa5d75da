"""One summary of many documents: what a result set says, told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from diplo_cli.document import Document
from diplo_cli.search.result import Group, Hit, group
from diplo_cli.summary.article import Article, NothingToSummariseError, article, pooled
from diplo_cli.summary.length import ALONE, Length, at_most, check_length
from diplo_cli.summary.methods import known_method, order
from diplo_cli.summary.ranking import Vector, unlike, vector

SENTENCES = 5
SENTENCES_A_GROUP = 2
"""Unasked, a digest has so many sentences, or so many for each group where that is more."""

ALIKE = 0.6
"""From this cosine on, two sentences report the same: the later is not told. 0.5 to 0.8 measure alike."""

OVERLOOKED = 10
"""Sentences too long for what is left of the words that are passed over before a group is closed."""

Focus = Callable[[str], "Callable[[str], bool] | None"]
"""For a language, the test whether a sentence is of what the user asks for; None where nothing is asked for."""


class DigestSentence(NamedTuple):
    """A whole sentence, the document that it is from, its place (0-based) in it, and that document's date and language.

    The date may be partial or empty, as in `Document`.
    """

    id: str
    text: str
    position: int
    date: str
    lang: str


class DigestGroup(NamedTuple):
    """What documents of one language, or about one set of countries, say.

    Sentences stand in the order of the documents, and of each in its own.

    `lang` is "" and `countries` empty where the digest is not grouped by them; `countries` is `("*",)` for more than
    three. `documents` counts all of the group, told from or not.
    """

    lang: str
    countries: tuple[str, ...]
    documents: int
    sentences: tuple[DigestSentence, ...]


class Digest(NamedTuple):
    """One summary of many documents; groups with the most documents first.

    `passed_over` says of each document without a sentence why.
    """

    method: str
    documents: int
    groups: tuple[DigestGroup, ...]
    passed_over: Mapping[str, str]


def digest(
    documents: Iterable[Document],
    *,
    sentences: int | None = None,
    words: int | None = None,
    ratio: float | None = None,
    focus: Focus | None = None,
    method: str = "diplo",
    by: Sequence[str] = ("lang",),
) -> Digest:
    """One digest of documents in any languages, the best hit first.

    `by` holds "lang", "country", both or nothing. Sentences of one language are ranked together, for words of two say
    nothing of each other. Each language of a group has a share of the `sentences` (default 5, or 2 a language and group where
    that is more) and of the `words` by its share of the documents, and at least one sentence while there are enough.
    What several documents report is told once. All lengths given bind; `ratio` is a share of all the documents'
    sentences. The very first sentence is told even where it is longer than `words`. Raises NothingToSummariseError
    where no document has a sentence, DiploError for an unknown method or an impossible length.
    """
    method = known_method(method)
    check_length(sentences, words, ratio)
    found, passed_over = _articles(documents)
    if not found:
        reason = next(iter(passed_over.values()), "there is no document to summarise")
        raise NothingToSummariseError(
            reason if len(passed_over) < 2 else f"none of the {len(passed_over)} documents has a sentence: {reason}"
        )
    groups = _grouped(found, by)
    cells = sorted(
        ((key, part) for key, members in groups.items() for part in _by_language(members)),
        key=lambda cell: -len(cell[1]),
    )
    sentences = at_most(sentences, ratio, sum(len(each.candidates) for _, each in found))
    if sentences is None and words is None:
        sentences = max(SENTENCES, SENTENCES_A_GROUP * len(cells))
    sizes = [len(part) for _, part in cells]
    allowed = shares(sentences, sizes) if sentences is not None else [None] * len(cells)
    told: dict[tuple[str, tuple[str, ...]], list[DigestSentence]] = {key: [] for key in groups}
    vectors: list[Vector] = []
    words_left, documents_left = words, len(found)
    for (key, part), count in zip(cells, allowed, strict=True):
        first = None if not any(told.values()) else words_left
        share = None if words_left is None else round(words_left * len(part) / documents_left)
        taken, spent = _tell(part, Length(count, share, first, OVERLOOKED), focus, method, vectors)
        told[key] += taken
        documents_left -= len(part)
        words_left = None if words_left is None else max(0, words_left - spent)
    return Digest(
        method,
        len(found) + len(passed_over),
        tuple(DigestGroup(*key, len(groups[key]), tuple(told[key])) for key in groups),
        passed_over,
    )


def by_date(told: Digest, *, together: bool) -> Digest:
    """The digest with its sentences in order of their documents' dates, the oldest first, those without a year last.

    `together`: in one group instead of each in its own.
    """
    groups = told.groups
    if together:
        everything = tuple(sentence for each in groups for sentence in each.sentences)
        groups = (DigestGroup("", (), sum(each.documents for each in groups), everything),)
    return told._replace(
        groups=tuple(each._replace(sentences=tuple(sorted(each.sentences, key=_date_order))) for each in groups)
    )


def _date_order(sentence: DigestSentence) -> tuple[bool, str]:
    dated = sentence.date[:1].isdigit()
    return not dated, sentence.date if dated else ""


def shares(total: int, sizes: Sequence[int]) -> list[int]:
    """`total` split by size, the largest remainders rounded up: `shares(6, [6, 3, 1]) == [3, 2, 1]`.

    Each has one at least; where there are not enough for that, the first (largest) have.
    """
    if total <= len(sizes):
        return [1] * total + [0] * (len(sizes) - total)
    rest = total - len(sizes)
    exact = [rest * size / sum(sizes) for size in sizes]
    given = [1 + int(share) for share in exact]
    by_remainder = sorted(range(len(sizes)), key=lambda k: (int(exact[k]) - exact[k], k))
    for k in by_remainder[: total - sum(given)]:
        given[k] += 1
    return given


def _articles(documents: Iterable[Document]) -> tuple[list[tuple[Document, Article]], dict[str, str]]:
    found: list[tuple[Document, Article]] = []
    passed_over: dict[str, str] = {}
    for document in documents:
        try:
            found.append((document, article(document)))
        except NothingToSummariseError as nothing:
            passed_over[document.id] = nothing.message
    return found, passed_over


def _grouped(
    found: Sequence[tuple[Document, Article]], by: Sequence[str]
) -> dict[tuple[str, tuple[str, ...]], list[Article]]:
    """Articles by language and set of countries, as `by` asks; the largest group first, then as hits are grouped."""
    if not by:
        return {("", ()): [each for _, each in found]}
    articles = {id(document): each for document, each in found}
    languages: dict[str, int] = {}
    for document, _ in found:
        languages[document.lang] = languages.get(document.lang, 0) + 1
    hits = [Hit(document, None, "") for document, _ in found]
    groups = {
        key: [articles[id(hit.document)] for hit in members]
        for key, members in _leaves(group(hits, by, languages), "", ())
    }
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def _leaves(
    groups: Iterable[Group], lang: str, countries: tuple[str, ...]
) -> Iterator[tuple[tuple[str, tuple[str, ...]], tuple[Hit, ...]]]:
    """The innermost of nested groups, each with its language and countries."""
    for each in groups:
        key = (each.key[0], countries) if each.kind == "lang" else (lang, each.key)
        if each.groups:
            yield from _leaves(each.groups, *key)
        else:
            yield key, each.hits


def _by_language(articles: Sequence[Article]) -> list[list[Article]]:
    parts: dict[str, list[Article]] = {}
    for each in articles:
        parts.setdefault(each.lang, []).append(each)
    return list(parts.values())


def _tell(
    part: Sequence[Article], length: Length, focus: Focus | None, method: str, told: list[Vector]
) -> tuple[list[DigestSentence], int]:
    """The sentences of documents in one language, and how many words they have; none is like one `told`, to which they are added."""
    if length.sentences == 0:
        return [], 0
    source = pooled(part)
    matches = focus(source.lang) if focus else None
    favoured = [matches(sentence) for sentence in source.sentences] if matches else []
    sizes = [len(words) for words in source.words]
    ranked = unlike(order(source, method, favoured, documents=len(part)), source.terms, ALIKE, tuple(told))
    taken = length.fill(ranked, sizes, source.leans_on if method == "diplo" else ALONE)
    told += [vector(source.terms[i]) for i in taken]
    origin = [(each, k) for each in part for k in range(len(each.sentences))]
    return [
        DigestSentence(origin[i][0].id, source.sentences[i], origin[i][1], origin[i][0].date, source.lang)
        for i in sorted(taken)
    ], sum(sizes[i] for i in taken)
