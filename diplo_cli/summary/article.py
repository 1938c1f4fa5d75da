"""What a summary is made of: a document's own lines, cut into sentences and words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from diplo_cli.document import Document
from diplo_cli.errors import DiploError
from diplo_cli.summary.standing import cannot_stand_alone
from diplo_cli.summary.stopwords import stop_words
from diplo_cli.text.sentences import sentences as sentence_spans
from diplo_cli.text.tokens import tokenize

TERM_LETTERS = 6
"""A term is a folded word cut to so many letters: a stemmer for any language. 5 and 7 measure the same."""

LIST_WORDS = 120
"""A "sentence" of more words over several lines is a list, a table or a poem: its lines are taken one by one."""

BLANK = re.compile(r"[\s\u200b\ufeff]+")

BULLET = re.compile(r"^[-*•·‣▪●◦] ")


class NothingToSummariseError(DiploError):
    """A document in which no sentence is left to choose from; the message says why."""


class Article(NamedTuple):
    """A document as its summary sees it; the tuples run in parallel, one entry a sentence, in document order.

    `sentences` are without line breaks. `words` are folded and whole, `terms` cut and without stop-words. `paragraphs`
    numbers the paragraph that each stands in, `positions` its place among the candidates of its own document (of use
    where several are pooled). `candidates` (indexes) are the sentences that may be chosen: not one that only repeats
    the title, or an earlier one. `leans_on` has an entry for each that cannot stand alone: the index of the one before
    it.
    """

    id: str
    lang: str
    title: str
    date: str
    sentences: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    terms: tuple[tuple[str, ...], ...]
    title_words: tuple[str, ...]
    title_terms: tuple[str, ...]
    paragraphs: tuple[int, ...]
    positions: tuple[int, ...]
    candidates: tuple[int, ...]
    leans_on: dict[int, int]


def article(document: Document) -> Article:
    """The sentences of a document. Raises NothingToSummariseError where it has none, saying why."""
    name = document.id or document.path or "the text"
    document = _read(document)
    body = document.body or ()
    text = _own_lines(document.text, body)
    stop = stop_words(document.lang)
    spans = list(_sentences(text, document.lang))
    words = tuple(tuple(token.term for token in tokenize(text[start:end])) for start, end in spans)
    kept = [i for i, terms in enumerate(words) if any(letter.isalpha() for term in terms for letter in term)]
    title = document.title
    title_words = tuple(token.term for token in tokenize(title))
    candidates = _candidates([words[i] for i in kept], title_words)
    found = Article(
        id=document.id,
        lang=document.lang,
        title=BLANK.sub(" ", title).strip(),
        date=document.date,
        sentences=tuple(_sentence(text[slice(*spans[i])]) for i in kept),
        words=tuple(words[i] for i in kept),
        terms=tuple(content_terms(words[i], stop) for i in kept),
        title_words=title_words,
        title_terms=content_terms(title_words, stop),
        paragraphs=_paragraphs(text, [spans[i] for i in kept]),
        positions=tuple(bisect_left(candidates, i) for i in range(len(kept))),
        candidates=candidates,
        leans_on=cannot_stand_alone(text, [spans[i] for i in kept], document.lang),
    )
    if not found.candidates:
        raise NothingToSummariseError(f"{name} has nothing to summarise: {_why_nothing(document.text, body, found)}")
    return found


def _sentence(passage: str) -> str:
    """A sentence on one line, without the bullet of a list."""
    return BULLET.sub("", BLANK.sub(" ", passage).strip())


def _read(document: Document) -> Document:
    """The document with its own lines found, as those of an index are: reading them anew would be a fifth of the time of a summary."""
    if document.body is not None:
        return document
    from diplo_cli.reading.structure import structure

    parts = structure(document.text, document.lang, title=document.title, date=document.date)
    return document._replace(body=parts.body, title=document.title or parts.title, date=document.date or parts.date)


def pooled(articles: Sequence[Article]) -> Article:
    """Several articles (one at least) as one, for a ranking over all of them.

    The indexes run on from one to the next, and each sentence keeps its position in its own.
    """
    first = [0, *accumulate(len(each.sentences) for each in articles)]
    paragraphs: list[int] = []
    for each in articles:
        start = paragraphs[-1] + 1 if paragraphs else 0
        paragraphs += [start + number for number in each.paragraphs]
    offset = list(zip(first, articles, strict=False))
    return Article(
        id=articles[0].id if len(articles) == 1 else "",
        lang=articles[0].lang,
        title="",
        date="",
        sentences=tuple(chain.from_iterable(each.sentences for each in articles)),
        words=tuple(chain.from_iterable(each.words for each in articles)),
        terms=tuple(chain.from_iterable(each.terms for each in articles)),
        title_words=tuple(chain.from_iterable(each.title_words for each in articles)),
        title_terms=tuple(chain.from_iterable(each.title_terms for each in articles)),
        paragraphs=tuple(paragraphs),
        positions=tuple(chain.from_iterable(each.positions for each in articles)),
        candidates=tuple(start + i for start, each in offset for i in each.candidates),
        leans_on={start + i: start + j for start, each in offset for i, j in each.leans_on.items()},
    )


def content_terms(words: Sequence[str], stop: frozenset[str]) -> tuple[str, ...]:
    """The words without stop-words and single letters, cut to TERM_LETTERS.

    Among the single letters is the tail that the tokenizer gives of a Chinese run.
    """
    return tuple(word[:TERM_LETTERS] for word in words if len(word) > 1 and word not in stop)


def _own_lines(text: str, body: Sequence[tuple[int, int]]) -> str:
    """The article's own paragraphs, a blank line between any two, so that no sentence runs across."""
    return "\n\n".join(text[start:end] for start, end in body)


def _sentences(text: str, lang: str) -> list[tuple[int, int]]:
    """Spans of sentences; a "sentence" of many lines is given line by line."""
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(text, lang):
        passage = text[start:end]
        if "\n" in passage and passage.count(" ") > LIST_WORDS:
            at = start
            for line in passage.split("\n"):
                if line.strip():
                    spans.append((at, at + len(line)))
                at += len(line) + 1
        else:
            spans.append((start, end))
    return spans


def _paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """The number of the paragraph of each sentence: one ends wherever a line ends between two sentences."""
    numbers: list[int] = []
    last = 0
    for start, end in spans:
        fresh = bool(numbers) and "\n" in text[last:start]
        numbers.append(numbers[-1] + fresh if numbers else 0)
        last = end
    return tuple(numbers)


def _candidates(words: Sequence[Sequence[str]], title: Sequence[str]) -> tuple[int, ...]:
    """Sentences that say something which neither the title nor an earlier sentence says in the very same words."""
    heading = frozenset(title)
    seen: set[tuple[str, ...]] = set()
    chosen: list[int] = []
    for i, terms in enumerate(words):
        same = tuple(terms)
        if same in seen or heading.issuperset(terms):
            continue
        seen.add(same)
        chosen.append(i)
    return tuple(chosen)


def _why_nothing(text: str, body: Sequence[tuple[int, int]], found: Article) -> str:
    if not text.strip():
        return "it is empty"
    if not body:
        return "no line of it is an article's own (navigation, notices, labels)"
    if not found.sentences:
        return "its lines hold no words"
    return "it says nothing beyond its title"
