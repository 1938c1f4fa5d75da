"""One summary of many documents: what a result set says, told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from diplo_cli.document import Document
from diplo_cli.errors import DiploError
from diplo_cli.summary.article import Article, NothingToSummariseError, article, pooled
from diplo_cli.summary.methods import known_method, order
from diplo_cli.summary.summarise import check_length

SENTENCES = 5
SENTENCES_A_GROUP = 2
"""Unasked, a digest has so many sentences, or so many for each group where that is more."""

ALIKE = 0.6
"""From this cosine on, two sentences report the same: the later is not told. 0.5 to 0.8 measure alike."""

OVERLOOKED = 10
"""Sentences too long for what is left of the words that are passed over before a group is closed."""


class DigestSentence(NamedTuple):
    """A whole sentence, the document that it is from, its place (0-based) in it, and that document's date.

    The date may be partial or empty, as in `Document`.
    """

    id: str
    text: str
    position: int
    date: str


class DigestGroup(NamedTuple):
    """What documents of one language, or about one set of countries, say.

    Sentences stand in the order of the documents, and of each in its own.

    `lang` is "" and `countries` empty where the digest is not grouped by them. `documents` counts all of the group,
    told from or not.
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
    focus: Callable[[str], bool] | None = None,
    method: str = "diplo",
    by: str = "lang",
) -> Digest:
    """One digest of documents in any languages, the best hit first.

    `by` is "lang", "country", "lang,country" or "none". Each group has a share of the `sentences` (default 5, or 2 a
    group where that is more) and of the `words` by its share of the documents, and at least one sentence while there
    are sentences enough. What several documents report is told once, a sentence's place in its own document counts, and
    the centre is that of the whole group. Both lengths bind where both are given; the very first sentence is told even
    where it is longer than `words`. Raises NothingToSummariseError where no document has a sentence, DiploError for an
    unknown method or grouping, or an impossible length.
    """
    method = known_method(method)
    check_length(sentences, words)
    found, passed_over = _articles(documents)
    if not found:
        reason = next(iter(passed_over.values()), "there is no document to summarise")
        raise NothingToSummariseError(
            reason if len(passed_over) < 2 else f"none of the {len(passed_over)} documents has a sentence: {reason}"
        )
    groups = _grouped(found, by)
    if sentences is None and words is None:
        sentences = max(SENTENCES, SENTENCES_A_GROUP * len(groups))
    sizes = [len(group) for group in groups.values()]
    allowed = shares(sentences, sizes) if sentences is not None else [None] * len(sizes)
    told: list[DigestGroup] = []
    words_left, documents_left = words, sum(sizes)
    for (lang, countries), count in zip(groups, allowed, strict=True):
        group = groups[lang, countries]
        taken, spent = _tell(
            group,
            count,
            _Words(words_left, len(group) / documents_left),
            focus,
            method,
            first=not any(each.sentences for each in told),
        )
        documents_left -= len(group)
        words_left = None if words_left is None else max(0, words_left - spent)
        told.append(DigestGroup(lang, countries, len(group), taken))
    return Digest(method, len(found) + len(passed_over), tuple(told), passed_over)


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


class _Words(NamedTuple):
    """What is left of the words of the whole digest (None: any number), and the share of it that is a group's."""

    left: int | None
    share: float


def _articles(documents: Iterable[Document]) -> tuple[list[tuple[Document, Article]], dict[str, str]]:
    found: list[tuple[Document, Article]] = []
    passed_over: dict[str, str] = {}
    for document in documents:
        try:
            found.append((document, article(document)))
        except NothingToSummariseError as nothing:
            passed_over[document.id] = nothing.message
    return found, passed_over


def _grouped(found: Sequence[tuple[Document, Article]], by: str) -> dict[tuple[str, tuple[str, ...]], list[Article]]:
    """Articles by language and set of countries, as `by` asks; the largest group first, then as they came."""
    fields = set(by.split(",")) - {"none"}
    if unknown := fields - {"lang", "country"}:
        raise DiploError(
            f"a digest cannot be grouped by {', '.join(sorted(unknown))!r}",
            "Group by lang, country, lang,country or none.",
        )
    groups: dict[tuple[str, tuple[str, ...]], list[Article]] = {}
    for document, each in found:
        key = (
            document.lang if "lang" in fields else "",
            tuple(sorted(document.countries)) if "country" in fields else (),
        )
        groups.setdefault(key, []).append(each)
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def _tell(
    group: Sequence[Article],
    count: int | None,
    words: _Words,
    focus: Callable[[str], bool] | None,
    method: str,
    *,
    first: bool,
) -> tuple[tuple[DigestSentence, ...], int]:
    """The sentences of a group, and how many words they have.

    `first`: nothing is told yet, so that one sentence may be longer than all the words.
    """
    source = pooled(group)
    favoured = [focus(sentence) for sentence in source.sentences] if focus else []
    budget = None if words.left is None else round(words.left * words.share)
    taken: list[int] = []
    spent = misses = 0
    for i in order(source, method, favoured, alike=ALIKE):
        if count is not None and len(taken) >= count:
            break
        size = len(source.words[i])
        # a group's first sentence may use more than the group's share, but not more than all that is left
        limit = budget if taken else words.left
        if limit is not None and spent + size > limit and not (first and not taken):
            misses += 1
            if misses > OVERLOOKED:
                break
            continue
        taken.append(i)
        spent += size
    origin = [(each, k) for each in group for k in range(len(each.sentences))]
    return tuple(
        DigestSentence(origin[i][0].id, source.sentences[i], origin[i][1], origin[i][0].date) for i in sorted(taken)
    ), spent
