"""How much of a text each country takes: what it is about, against what it mentions in passing.

A mention weighs by its kind, three times in the title or first line, twice in the opening. A text is about the
countries that reach 0.35 of the highest score and are mentioned twice or score 3, the highest first, at most three;
if none does, about the highest that it names; if it names none, about the one whose capital it speaks of, where that is
one alone (news of London that never says Britain) and the capital is named twice or without another name behind it (not
an heiress called Paris). Two mentions, or one in the title, asked of every text would take the country from 3 of 35
documents of NTREX-128 in English.

The weights and thresholds were set on 62 news documents of NTREX-128 (newstest2019, WMT; Federmann et al. 2022) in 34
languages, so figures on NTREX-128 flatter them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

_WEIGHTS = {"name": 1.0, "abbreviation": 1.0, "adjective": 0.8, "language": 0.6, "capital": 0.6}
_IN_TITLE = 3.0
_NAMED = frozenset({"name", "abbreviation", "adjective"})
_MARKS = re.compile(r"[*_#>]+")
"""Signs of Markdown that may stand between the words of a title."""
_GAP = re.compile(r"[\s*_#>]+")
_TRIES = 500
"""Places of a title's first word that are looked at, so that a text of nothing else takes 6 ms, not 120."""
_FIRST_LINE = 200
"""A first line longer than this many characters is a paragraph; what counts as title ends here."""


class Tagging(NamedTuple):
    """The countries of a text, as ISO 3166-1 alpha-2 codes.

    `countries`: what it is about, at most three, the most salient first; `multilateral`: there were more. `mentions`:
    how often each is mentioned, most first. `named`: those called by a name or adjective, not by a capital or language
    alone; then the capitals called by theirs ("EG/capital"). `actors`: organisations, in the order of their first mention ("EU", "ASEAN").
    """

    countries: tuple[str, ...]
    multilateral: bool
    mentions: dict[str, int]
    named: tuple[str, ...]
    actors: tuple[str, ...]


def capital_token(code: str) -> str:
    """What stands for a country's capital among the places that a document names: "EG/capital"."""
    return f"{code}/capital"


class Placed(Protocol):
    """What salience needs of a mention."""

    @property
    def start(self) -> int:
        """Offset in the text."""

    @property
    def end(self) -> int:
        """Offset behind it."""

    @property
    def code(self) -> str:
        """Country or actor."""

    @property
    def kind(self) -> str:
        """A kind of `tagger.Mention`."""


def title_span(text: str, title: str) -> tuple[int, int]:
    """Where the title stands in a text, however its lines are wrapped and marked; the first line if it is not known; (0, 0) if it is known and stands nowhere."""
    if title.strip():
        start = text.find(title)
        if start >= 0:
            return start, start + len(title)
        return _wrapped(text[:20_000], _MARKS.sub(" ", title[:5_000]).split()[:60])
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start + 20)
    return start, min(end if end >= 0 else len(text), start + _FIRST_LINE)


def _wrapped(text: str, words: Sequence[str]) -> tuple[int, int]:
    """Where the words stand one after another, with nothing but spaces and marks between them; (0, 0) if they do nowhere.

    A pattern of them all would have to be compiled for each title: ten times the time, 4 % of indexing.
    """
    start = text.find(words[0]) if words else -1
    for _ in range(_TRIES):
        if start < 0:
            break
        end = start + len(words[0])
        for word in words[1:]:
            gap = _GAP.match(text, end)
            if gap is None or not text.startswith(word, gap.end()):
                break
            end = gap.end() + len(word)
        else:
            return start, end
        start = text.find(words[0], start + 1)
    return 0, 0


def _stands_alone(text: str, end: int) -> bool:
    """Whether no capitalised word follows a name that ends at `end`: it may be a person's or a newspaper's else (Paris Hilton, London Review)."""
    return not (text[end : end + 1] == " " and text[end + 1 : end + 2].isupper())


def about(text: str, mentions: Sequence[Placed], title: str = "", title_mentions: Iterable[Placed] = ()) -> Tagging:
    """Weigh the mentions of a text. `title_mentions` are those of the title, used where the title does not stand in the text."""
    first, last = title_span(text, title)
    opening = max(last, min(600, int(len(text) * 0.3)))
    weighed = [(m, _IN_TITLE if first <= m.start < last else 2.0 if m.start < opening else 1.0) for m in mentions]
    if title and first == last:
        weighed = [(m, _IN_TITLE) for m in title_mentions] + weighed
    scores: dict[str, float] = {}
    counts: dict[str, int] = {}
    named: dict[str, None] = {}
    capitals: dict[str, None] = {}
    actors: dict[str, None] = {}
    alone: set[str] = set()
    for mention, factor in weighed:
        code = mention.code
        if mention.kind == "actor":
            actors[code] = None
            continue
        scores[code] = scores.get(code, 0.0) + _WEIGHTS[mention.kind] * factor
        counts[code] = counts.get(code, 0) + 1
        if _stands_alone(text, mention.end):
            alone.add(code)
        if mention.kind in _NAMED:
            named[code] = None
        elif mention.kind == "capital":
            capitals[capital_token(code)] = None
    # sorted() is stable: of equal scores the country mentioned first
    ranked = sorted(scores, key=lambda code: -scores[code])
    top = scores[ranked[0]] if ranked else 0.0
    chosen = [code for code in ranked if scores[code] >= 0.35 * top and (counts[code] >= 2 or scores[code] >= 3)]
    chosen = chosen or [code for code in ranked if code in named][:1]
    if not chosen and len(ranked) == 1:
        chosen = [code for code in ranked if counts[code] >= 2 or code in alone]
    ordered = dict(sorted(counts.items(), key=lambda item: -item[1]))
    return Tagging(tuple(chosen[:3]), len(chosen) > 3, ordered, (*named, *capitals), tuple(actors))
