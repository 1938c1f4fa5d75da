"""Finds the countries and organisations that a text names, and says which countries it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from diplo_cli.countries.gazetteer import Candidate, Gazetteer, ending_kind, gazetteer_name, load
from diplo_cli.countries.salience import Tagging, about
from diplo_cli.countries.spelling import key, marked_key
from diplo_cli.text.tokens import Token, tokenize


class Mention(NamedTuple):
    """A place in a text that speaks of a country. `start`, `end`: offsets of the whole words in the text as given. `code`: ISO 3166-1 alpha-2, or an organisation's short name.

    `kind`: name, adjective, capital, abbreviation, language (an adjective that is also a language's name) or actor.
    """

    start: int
    end: int
    code: str
    kind: str


# Between the words of one name: space, hyphen, full stop, at most one line break; nothing where an article was elided.
_WITHIN = re.compile(r"[^\S\n]{0,3}\n?[^\S\n]{0,3}|[-\u2010-\u2013.’'&\s]{1,3}")
_BESIDE = re.compile(r"[ \u00a0\u202f\n-]?[ \u00a0]?")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:\.[A-Za-z])*")
_KATAKANA = re.compile("[ァ-ヺー]")
# Words that begin a sentence before a name without being part of it ("In Jordan"), and offices that follow a country's name ("Chad President Déby").
_FUNCTION_WORDS = frozenset({
    "in", "for", "from", "to", "with", "of", "the", "and", "but", "or", "at", "by", "on", "as", "if", "when", "while",
    "since", "after", "before", "both", "neither", "today", "a", "an", "near", "across", "inside", "outside", "under",
    "between", "via",
})  # fmt: skip
_OFFICES = frozenset({
    "president", "king", "queen", "prince", "prime", "minister", "foreign", "ambassador", "government", "army",
    "police", "parliament", "embassy", "and", "or", "on", "in", "to", "of",
})  # fmt: skip
_SPEECH = frozenset({
    "in", "into", "speak", "speaks", "speaking", "spoken", "spoke", "learn", "learning", "learned", "study", "teach",
    "teaching", "teaches", "fluent", "translated", "understand",
})  # fmt: skip


def find(text: str, lang: str, tokens: Sequence[Token] | None = None) -> list[Mention]:
    """Find all mentions of countries and organisations in `text`, in their order.

    `lang` is a BCP-47 tag; a language without a gazetteer and "und" get the names of the text's script. `tokens`, if given, are `tokenize(text)`, which need not be done twice.
    """
    gazetteer = load(gazetteer_name(lang, text))
    if gazetteer.unspaced:
        foreign = [
            Token(match.group().lower().replace(".", ""), match.start(), match.end())
            for match in _LATIN_WORD.finditer(text)
        ]
        return sorted([*_unspaced(text, gazetteer), *_Reader(text, foreign, gazetteer).mentions()])
    return _Reader(text, tokenize(text) if tokens is None else tokens, gazetteer).mentions()


class _Reader:
    """One pass over the words of a text."""

    def __init__(self, text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> None:
        self.text, self.tokens, self.gazetteer = text, tokens, gazetteer

    def mentions(self) -> list[Mention]:
        gazetteer, tokens, text = self.gazetteer, self.tokens, self.text
        if gazetteer.marked:
            starts = [i for i, token in enumerate(tokens) if gazetteer[marked_key(text[token.start : token.end])]]
        else:
            starts = [i for i, token in enumerate(tokens) if gazetteer[token.term]]
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
                if kind == "doubtful":
                    sure = self._stands_alone(start, last) and not self._has_rival(candidate.entry.code)
                    (firm if sure else doubtful).append(
                        Mention(tokens[start].start, tokens[last].end, candidate.entry.code, "name")
                    )
                else:
                    firm.append(Mention(tokens[start].start, tokens[last].end, candidate.entry.code, kind))
                break
        if doubtful:
            known = {mention.code for mention in firm}
            firm = sorted(firm + [mention for mention in doubtful if mention.code in known])
        return firm

    def _key(self, place: int) -> str:
        token = self.tokens[place]
        return marked_key(self.text[token.start : token.end]) if self.gazetteer.marked else token.term

    def _last(self, start: int, candidate: Candidate) -> int:
        """The place of the last word of a candidate that begins at `start`; -1 if the words that follow are others."""
        words = candidate.entry.words
        if len(words) == 1:
            return start
        place = start
        for i, (stem, _) in enumerate(words[1:], 1):
            place += 1
            if place >= len(self.tokens) or not _WITHIN.fullmatch(
                self.text, self.tokens[place - 1].end, self.tokens[place].start
            ):
                return -1
            word = self._key(place) if self.gazetteer.marked else key(self.tokens[place].term)
            if not word.startswith(stem):
                # the article of a second word: المملكة العربية
                word = word[2:] if word.startswith("ال") else ""
                if not word.startswith(stem):
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
            # the last letter may be half of a digraph: AQSh
            return kind if (written[: max(2, size - 1)].isupper() if size > 1 else written.isupper()) else ""
        if letter.isupper():
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
        if last + 1 < len(tokens):
            following = tokens[last + 1]
            gap = text[end : following.start]
            if _BESIDE.fullmatch(gap) and self._cancels(following, kind, noise):
                return True
            if gap == ", " and "" in self.gazetteer.rivals.get(following.term, ()) and text[following.start].isupper():
                return True
        if start:
            previous = tokens[start - 1]
            if _BESIDE.fullmatch(text, previous.end, tokens[start].start):
                if self.gazetteer.rules.noun_first and self._cancels(previous, kind, noise):
                    return True
                if kind in {"adjective", "language"} and self.gazetteer.lang == "en" and previous.term in _SPEECH:
                    return self._is_language(last)
        return False

    @staticmethod
    def _cancels(token: Token, kind: str, noise: tuple[str, ...]) -> bool:
        word = key(token.term)
        if not word.startswith(noise):
            return False
        # "Britain won": a short unit cancels no name
        return kind != "name" or len(word) >= 5

    def _is_language(self, last: int) -> bool:
        """Whether "in English" ends there: what follows is no noun that the adjective could belong to."""
        if last + 1 == len(self.tokens):
            return True
        following = self.tokens[last + 1]
        return self.text[self.tokens[last].end : following.start] != " " or following.term in _FUNCTION_WORDS

    def _stands_alone(self, start: int, last: int) -> bool:
        """Whether a name that persons bear too stands without another capitalised word beside it, as a country does."""
        text, tokens = self.text, self.tokens
        if start:
            previous = tokens[start - 1]
            if (
                text[previous.end : tokens[start].start] == " "
                and text[previous.start].isupper()
                and previous.term not in _FUNCTION_WORDS
            ):
                return False
        if last + 1 < len(tokens):
            following = tokens[last + 1]
            if (
                text[tokens[last].end : following.start] == " "
                and text[following.start].isupper()
                and following.term not in _OFFICES
            ):
                return False
        return True

    def _has_rival(self, code: str) -> bool:
        rivals = {stem for stem, codes in self.gazetteer.rivals.items() if code in codes}
        return bool(rivals) and not rivals.isdisjoint(token.term for token in self.tokens)


def _is_cased(letter: str) -> bool:
    """Whether a letter is of a script that writes names with capitals (not Georgian, which has capital letters and no capitalised words)."""
    return (letter.isupper() or letter.islower()) and not "\u10a0" <= letter <= "\u10ff"


def _unspaced(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """The names in scripts without spaces: at each character the longest name that begins there."""
    strings, noise = gazetteer.strings, gazetteer.noise
    free = 0
    for start in [i for i in range(len(text) - 1) if text[i : i + 2] in strings]:
        if start < free:
            continue
        for string, code, kind in strings[text[start : start + 2]]:
            if not text.startswith(string, start):
                continue
            end = start + len(string)
            if not _is_whole(text, start, end):
                continue
            free = end
            if (
                code
                and kind != "block"
                and not (noise and (text.startswith(noise, end) or text[:start].endswith(noise)))
            ):
                yield Mention(start, end, code, "name" if kind == "doubtful" else kind)
            break


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a match is not the middle of a longer word: no vowel sign follows it, and no katakana goes on with katakana."""
    after = text[end : end + 1]
    if after and unicodedata.category(after)[0] == "M":
        return False
    if _KATAKANA.match(text[end - 1]) and after and _KATAKANA.match(after):
        return False
    return not (start and _KATAKANA.match(text[start]) and _KATAKANA.match(text[start - 1]))


def tag(text: str, lang: str, title: str = "", *, tokens: Sequence[Token] | None = None) -> Tagging:
    """Say which countries `text` is about and which it mentions.

    `lang` is a BCP-47 tag, `title` the title where it is known: wherever it stands in the text it weighs most; if it stands elsewhere it is read as well. `tokens` as in `find`.
    """
    return about(text, find(text, lang, tokens), title, find(title, lang) if title else [])
