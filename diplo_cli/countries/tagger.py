"""Finds the countries and organisations that a text names, and says which countries it is about."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

from diplo_cli.countries.gazetteer import Candidate, Gazetteer, ending_kind, gazetteer_name, load
from diplo_cli.countries.namesakes import FUNCTION_WORDS, Surroundings
from diplo_cli.countries.salience import Tagging, about
from diplo_cli.countries.spelling import folded_key, key, marked_key
from diplo_cli.text.tokens import Token, Words, tokenize


class Mention(NamedTuple):
    """A place in a text that speaks of a country. `start`, `end`: offsets of the whole words in the text as given. `code`: ISO 3166-1 alpha-2, or an organisation's short name.

    `kind`: name, adjective, capital, abbreviation, language (an adjective that is also a language's name) or actor.
    """

    start: int
    end: int
    code: str
    kind: str


# Between the words of one name: space, hyphen, full stop, at most one line break; nothing where an article was elided.
_WITHIN = re.compile(r"[^\S\n]{0,3}\n?[^\S\n]{0,3}|[-\u200b-\u200d\u2010-\u2014.’'&()\s]{1,3}|[\s-][dDlL][’'\u02bc]|:")
_BESIDE = re.compile(r"[ \u00a0\u202f\n-]?[ \u00a0]?")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:\.[A-Za-z])*")
_LISTED = re.compile(r"(?:\s*,)?\s+(?:and|or)\s+|\s*[,–-]\s*|\s*/\s*")
_KATAKANA = re.compile("[ァ-ヺー]")
_SPEECH = frozenset({
    "in", "into", "speak", "speaks", "speaking", "spoken", "spoke", "learn", "learning", "learned", "study", "teach",
    "teaching", "teaches", "fluent", "translated", "understand",
})  # fmt: skip


def find(text: str, lang: str, tokens: Words | None = None) -> list[Mention]:
    """Find all mentions of countries and organisations in `text`, in their order.

    `lang` is a BCP-47 tag; a language without a gazetteer and "und" get the names of the text's script. `tokens`, if given, are `tokenize(text)`, which need not be done twice.
    """
    gazetteer = load(gazetteer_name(lang, text))
    if gazetteer.unspaced:
        foreign = Words([], [], [])
        for match in _LATIN_WORD.finditer(text):
            foreign.append(match.group().lower().replace(".", ""), match.start(), match.end())
        return sorted([*_unspaced(text, gazetteer), *_Reader(text, foreign, gazetteer).mentions()])
    return _Reader(text, tokenize(text) if tokens is None else tokens, gazetteer).mentions()


class _Reader:
    """One pass over the words of a text."""

    def __init__(self, text: str, tokens: Words, gazetteer: Gazetteer) -> None:
        self.text, self.tokens, self.gazetteer = text, tokens, gazetteer
        self._rivalled: dict[str, bool] = {}
        self._namesakes = {code for codes in gazetteer.rivals.values() for code in codes if code}
        self.surroundings = Surroundings(text, self.tokens, foreign=gazetteer.unspaced)

    def mentions(self) -> list[Mention]:
        gazetteer, tokens, text = self.gazetteer, self.tokens, self.text
        if gazetteer.marked:
            starts = [i for i, token in enumerate(tokens) if gazetteer[marked_key(text[token.start : token.end])]]
        else:
            starts = list(compress(range(len(tokens)), map(gazetteer.__getitem__, tokens.terms)))
        firm: list[Mention] = []
        doubtful: list[Mention] = []
        free = 0
        for start in starts:
            if start < free:
                continue
            for candidate in gazetteer[self._key(start)]:
                last = self._last(start, candidate)
                if last < 0:
                    continue
                kind = self._kind(start, candidate)
                if not kind:
                    continue
                free = last + 1
                if kind == "block" or not candidate.entry.code or self._is_noise(start, last, kind):
                    break
                found = firm
                if kind == "doubtful" and self._is_state(start, last, candidate.entry.code):
                    break
                if kind in {"doubtful", "word"}:
                    found = firm if self._is_sure(start, last, candidate) else doubtful
                    kind = "name"
                # 한미: two countries in one word
                for code in candidate.entry.code.split("+"):
                    found.append(Mention(tokens[start].start, tokens[last].end, code, kind))
                break
        if doubtful:
            known = {mention.code for mention in firm}
            known |= {mention.code for mention in doubtful if self._is_listed(mention, firm)}
            firm = sorted(firm + [mention for mention in doubtful if mention.code in known])
        return firm

    def _key(self, place: int) -> str:
        if not self.gazetteer.marked:
            return self.tokens.terms[place]
        return marked_key(self.text[self.tokens.starts[place] : self.tokens.ends[place]])

    def _last(self, start: int, candidate: Candidate) -> int:
        """The place of the last word of a candidate that begins at `start`; -1 if the words that follow are others."""
        words = candidate.entry.words
        if len(words) == 1:
            return start
        place, tokens = start, self.tokens
        for i, (stem, _) in enumerate(words[1:], 1):
            place += 1
            if place >= len(tokens.terms):
                return -1
            word = self._key(place) if self.gazetteer.marked else folded_key(tokens.terms[place])
            if not word.startswith(stem):
                # the article of a second word: المملكة العربية
                word = word[2:] if word.startswith("ال") else ""
                if not word.startswith(stem):
                    return -1
            if not _WITHIN.fullmatch(self.text, tokens.ends[place - 1], tokens.starts[place]):
                return -1
            if not ending_kind(candidate.entry, i, word[len(stem) :]):
                return -1
        return place

    def _kind(self, start: int, candidate: Candidate) -> str:
        """The kind of a candidate as written here; "" where its letters are small and should be capitals."""
        kind, rules = candidate.kind, candidate.entry.rules
        if kind == "block":
            return kind
        first = self.tokens[start]
        letter = self.text[first.start]
        if not _is_cased(letter):
            return kind
        if kind == "abbreviation" or (kind == "actor" and len(candidate.entry.words) == 1):
            written = self.text[first.start : first.end].replace(".", "")
            size = len(candidate.entry.words[0][0])
            # Weltbank, and Nato as many papers write it
            if kind == "actor" and size > 3 and letter.isupper():
                return kind
            # the last letter may be half of a digraph: AQSh
            return kind if (written[: max(2, size - 1)].isupper() if size > 1 else written.isupper()) else ""
        # eSwatini, laseShayina
        if letter.isupper() or any(map(str.isupper, self.text[first.start + 1 : min(first.end, first.start + 6)])):
            return kind
        if kind in {"adjective", "language"} and not rules.adjective_capital:
            return kind
        return ""

    def _is_noise(self, start: int, last: int, kind: str) -> bool:
        """Whether the word beside a mention takes it away: a currency, the word "language", a state of the US after a comma."""
        text, tokens, noise = self.text, self.tokens, self.gazetteer.noise
        end = tokens[last].end
        if text[end : end + 1] == "$" or text[end : end + 2] == "\\$":
            return True
        speech = self.gazetteer.speech if kind in {"adjective", "language"} else frozenset[str]()
        if last + 1 < len(tokens):
            following = tokens[last + 1]
            gap = text[end : following.start]
            if _BESIDE.fullmatch(gap) and (
                self._cancels(following, kind, noise) or (speech and key(following.term) in speech)
            ):
                return True
            if gap == ", " and "" in self.gazetteer.rivals.get(following.term, ()) and text[following.start].isupper():
                return True
        if start:
            previous = tokens[start - 1]
            if _BESIDE.fullmatch(text, previous.end, tokens[start].start):
                if self.gazetteer.rules.noun_first and self._cancels(previous, kind, noise):
                    return True
                if speech and (key(previous.term) in speech or text[previous.start : tokens[start].start] == "по-"):
                    return True
                if kind in {"adjective", "language"} and self.gazetteer.lang == "en" and previous.term in _SPEECH:
                    return self._is_language(last)
        return kind in {"name", "capital", "doubtful"} and self.surroundings.part_of_another_name(start, last, kind)

    def _cancels(self, token: Token, kind: str, noise: tuple[str, ...]) -> bool:
        word = key(token.term)
        before = self.gazetteer.rules.before
        if not word.startswith(noise) and not (
            # בדולר, بالدولار
            before is not None
            and any(before.fullmatch(word[:size]) and word.startswith(noise, size) for size in range(1, 4))
        ):
            return False
        # "Britain won": a short unit is too often a word (in Korean it is none)
        return kind != "name" or len(word) >= (5 if word < "\u0590" else 4 if word < "\uac00" else 2)

    def _is_language(self, last: int) -> bool:
        """Whether "in English" ends there: what follows is no noun that the adjective could belong to."""
        if last + 1 == len(self.tokens):
            return True
        following = self.tokens[last + 1]
        return self.text[self.tokens[last].end : following.start] != " " or following.term in FUNCTION_WORDS

    def _is_sure(self, start: int, last: int, candidate: Candidate) -> bool:
        """Whether a name that is a person's ("doubtful") or a word of the language ("word") too is the country's here."""
        if candidate.entry.kind == "doubtful":
            # what stands before a comma may be a country: "Moldova, Georgia, Ukraine" is told by `_is_listed`
            code = candidate.entry.code
            if code in self._namesakes and self.surroundings.town_before(start, last):
                return False
            return self.surroundings.stands_alone(start, last) and not self._has_rival(code)
        if _is_cased(self.text[self.tokens[start].start]) and self.surroundings.in_mid_sentence(start):
            return True
        neighbours = self.tokens[max(0, start - 1) : start] + self.tokens[last + 1 : last + 2]
        return any(key(token.term) in self.gazetteer.cues for token in neighbours)

    def _is_state(self, start: int, last: int, code: str) -> bool:
        """Whether a name is the state's of the US here, whatever else the text speaks of."""
        if code not in self._namesakes:
            return False
        town = self.surroundings.town_before(start, last)
        return code in self.gazetteer.rivals.get(town, ()) or self.surroundings.is_state(start, last)

    def _is_listed(self, doubtful: Mention, firm: Sequence[Mention]) -> bool:
        """Whether a name stands in a list with a country's: "Georgia and Azerbaijan", "Moldova, Georgia"."""
        place = bisect_left(firm, doubtful)
        return any(
            other.kind == "name" and _LISTED.fullmatch(self.text, before.end, after.start) is not None
            for other, before, after in (
                *((other, other, doubtful) for other in firm[max(0, place - 1) : place]),
                *((other, doubtful, other) for other in firm[place : place + 1]),
            )
        )

    def _has_rival(self, code: str) -> bool:
        known = self._rivalled.get(code)
        if known is None:
            rivals = {stem for stem, codes in self.gazetteer.rivals.items() if code in codes}
            # one pass over the words for a country, not one for each mention
            known = bool(rivals) and not rivals.isdisjoint(self.tokens.terms)
            self._rivalled[code] = known
        return known


def _is_cased(letter: str) -> bool:
    """Whether a letter is of a script that writes names with capitals (not Georgian, which has capital letters and no capitalised words)."""
    return (letter.isupper() or letter.islower()) and not "\u10a0" <= letter <= "\u10ff"


def _unspaced(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """The names in scripts without spaces: at each character the longest name that begins there."""
    strings, noise = gazetteer.strings, gazetteer.noise
    firm: list[Mention] = []
    doubtful: list[Mention] = []
    free = 0
    for start in [i for i in range(len(text) - 1) if text[i : i + 2] in strings]:
        if start < free:
            continue
        for string, codes, kind in strings[text[start : start + 2]]:
            if not text.startswith(string, start):
                continue
            end = start + len(string)
            if not _is_whole(text, start, end):
                continue
            free = end
            if not codes or kind == "block" or _touches(text, start, end, noise):
                break
            sure = kind != "word" or _touches(text, start, end, gazetteer.cues) or _is_apart(text, start, end)
            for code in codes.split("+"):
                (firm if sure else doubtful).append(
                    Mention(start, end, code, "name" if kind in {"doubtful", "word"} else kind)
                )
            break
    known = {mention.code for mention in firm}
    return firm + [mention for mention in doubtful if mention.code in known]


def _touches(text: str, start: int, end: int, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands before or after a match, nothing between."""
    return bool(words) and (text.startswith(words, end) or text.endswith(words, max(0, start - 12), start))


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether no letter stands beside a match: in a list, in brackets, alone in a line."""
    return not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum()


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a match is not the middle of a longer word: no vowel sign follows it, and no katakana goes on with katakana."""
    after = text[end : end + 1]
    if after and unicodedata.category(after)[0] == "M":
        return False
    if _KATAKANA.match(text[end - 1]) and after and _KATAKANA.match(after):
        return False
    return not (start and _KATAKANA.match(text[start]) and _KATAKANA.match(text[start - 1]))


def tag(text: str, lang: str, title: str = "", *, tokens: Words | None = None) -> Tagging:
    """Say which countries `text` is about and which it mentions.

    `lang` is a BCP-47 tag, `title` the title where it is known: wherever it stands in the text it weighs most; if it stands elsewhere it is read as well. `tokens` as in `find`.
    """
    return about(text, find(text, lang, tokens), title, find(title, lang) if title else [])
