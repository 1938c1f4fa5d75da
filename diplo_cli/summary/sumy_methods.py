"""The methods of sumy, fed diplo's own sentences and words.

Importing this is cheap; ranking loads sumy, nltk, numpy and requests (0.4–1.2 s).

sumy's own tokenizers fail offline for English, Arabic, Malay and Uzbek, so none of them is used: a sentence goes in as
its number, and the tokenizer handed along looks its words up. Its methods are asked for a ranking of all sentences
through their `count` argument, which may be a function of the ranked list. sumy 0.13, Apache-2.0.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from math import isnan
from typing import Any

from diplo_cli.errors import DiploError
from diplo_cli.summary.article import TERM_LETTERS, Article
from diplo_cli.summary.stopwords import stop_words

MOST = {"lexrank": 1_000, "textrank": 1_000, "reduction": 1_000, "lsa": 1_000, "sum-basic": 4_000, "kl": 250}
"""Sentences that a method is given at most: some 10 s. Twice as many take four times as long, eight times with lsa and kl."""

KEY_WORDS = 10
NO_WORDS = frozenset({""})
"""Edmundson's method refuses an empty set of words; no word is empty."""


class TooLongError(DiploError):
    """A text of more sentences than a method ends with in a time that anyone would wait."""


def ranked_by_sumy(article: Article, method: str) -> list[int]:
    """The candidates of an article, by index, best first by one of SUMY_METHODS.

    They stay in document order where the method gives no ranking, as on texts of a few words.

    Raises TooLongError for more sentences than MOST has for the method.
    """
    if len(article.candidates) > (most := MOST.get(method, len(article.candidates))):
        text = article.id or "the documents together"
        raise TooLongError(
            f"{method} compares all sentences with each other: {text} has {len(article.candidates):,}, more than {most:,}",
            "use --method diplo, which has no such limit",
        )
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    stop = stop_words(article.lang)
    words = _Words(article, stop)
    title = Sentence("title", words, is_heading=True)
    paragraphs: dict[int, list[Any]] = {-1: [title]} if article.title_words else {}
    for i in article.candidates:
        paragraphs.setdefault(article.paragraphs[i], []).append(Sentence(str(i), words))
    summarizer = _summarizer(method, article, stop)
    ranked: list[Any] = []

    def keep_all(infos: list[Any]) -> list[Any]:
        ranked.extend(infos)
        return []

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # divisions by zero and "may not work properly" on texts of a few words
        summarizer(ObjectDocumentModel([Paragraph(group) for group in paragraphs.values()]), keep_all)
    if len(ranked) < len(article.candidates) or any(isnan(info.rating) for info in ranked):
        return list(article.candidates)
    return [int(str(info.sentence)) for info in ranked]


class _Words:
    """sumy's tokenizer interface: the words of a sentence that is given as its number."""

    def __init__(self, article: Article, stop: frozenset[str]) -> None:
        self._article = article
        self._stop = stop

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return (text,)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        words = self._article.title_words if sentence == "title" else self._article.words[int(sentence)]
        return tuple(word if word in self._stop else word[:TERM_LETTERS] for word in words)


def _summarizer(method: str, article: Article, stop: frozenset[str]) -> Any:
    """The summarizer of a name, with the stop-words and, for Edmundson's, the words that count for a sentence."""
    if method == "edmundson":
        from sumy.summarizers.edmundson import EdmundsonSummarizer

        edmundson = EdmundsonSummarizer()
        edmundson.null_words = stop or NO_WORDS
        edmundson.stigma_words = NO_WORDS
        edmundson.bonus_words = article.title_terms or _commonest(article.terms) or NO_WORDS
        return edmundson
    summarizer = _class_of(method)()
    summarizer.stop_words = stop
    return summarizer


def _commonest(terms: Sequence[Sequence[str]]) -> list[str]:
    return [term for term, _ in Counter(term for sentence in terms for term in sentence).most_common(KEY_WORDS)]


def _class_of(method: str) -> Any:
    if method == "lexrank":
        from sumy.summarizers.lex_rank import LexRankSummarizer as Summarizer
    elif method == "lsa":
        from sumy.summarizers.lsa import LsaSummarizer as Summarizer
    elif method == "luhn":
        from sumy.summarizers.luhn import LuhnSummarizer as Summarizer
    elif method == "textrank":
        from sumy.summarizers.text_rank import TextRankSummarizer as Summarizer
    elif method == "sum-basic":
        from sumy.summarizers.sum_basic import SumBasicSummarizer as Summarizer
    elif method == "kl":
        from sumy.summarizers.kl import KLSummarizer as Summarizer
    elif method == "reduction":
        from sumy.summarizers.reduction import ReductionSummarizer as Summarizer
    else:
        raise ValueError(method)
    return Summarizer
