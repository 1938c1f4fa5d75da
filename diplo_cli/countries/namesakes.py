"""Names that countries share with persons, towns, newspapers and teams: what stands beside a name says which is meant.

General rules in place of lists of phrases, so that a newspaper or a player nobody thought of is told as well. The words
are English, as the names of newspapers and clubs stay in texts of other languages; given names are the most frequent of
the English-speaking world.
"""

from __future__ import annotations

import re

from diplo_cli.text.tokens import Token, Words

FUNCTION_WORDS = frozenset({
    "in", "for", "from", "to", "with", "of", "the", "and", "but", "or", "at", "by", "on", "as", "if", "when", "while",
    "since", "after", "before", "both", "neither", "today", "a", "an", "near", "across", "inside", "outside", "under",
    "between", "via",
})  # fmt: skip
"""Words that begin a sentence before a name without being part of it ("In Jordan")."""
_OFFICES = frozenset({
    "president", "king", "queen", "prince", "prime", "minister", "foreign", "ambassador", "government", "army",
    "police", "parliament", "embassy", "and", "or", "on", "in", "to", "of",
})  # fmt: skip
"""Offices that follow a country's name ("Chad President Déby")."""
_HEADS = frozenset({
    "president", "king", "queen", "prince", "princess", "premier", "minister", "ministers", "ambassador", "envoy",
    "consul", "government", "cabinet", "army", "republic", "kingdom", "state", "parliament", "embassy", "speaker",
    "leader", "people", "citizen", "citizens", "capital", "delegation", "chairman", "chancellor", "secretary",
})  # fmt: skip
"""What a country is the complement of: "President of Georgia Mikheil Kavelashvili"."""
_OF_STATES = frozenset({"state", "governor", "university", "senator", "legislature", "attorney", "district"})
"""What a state of the US is the complement of, where its name is a country's too: "the state of Georgia"."""
_OF_A_STATE = frozenset({"state", "university", "tech", "legislature", "senate", "bulldogs", "peach", "southern"})
"""Words after the name of such a state: "Georgia State University"."""
_STATE_BODIES = frozenset({
    "university", "college", "senate", "house", "senator", "senators", "representative", "patrol", "route", "capitol",
    "legislature", "panthers",
})  # fmt: skip
"""What a state of the US has: "Georgia State University", where Georgia's State Security Service is a country's."""
_DATES = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december",
})  # fmt: skip
_AFTER_PLACE = re.compile(r"\s*(?:[,.;:)]|$|\n)")
_PAPERS = frozenset({
    "post", "times", "herald", "tribune", "gazette", "daily", "journal", "observer", "chronicle", "examiner",
    "telegraph",
})  # fmt: skip
_EDITIONS = frozenset({"morning", "evening", "weekly", "sunday", "business"})
_CLUBS = frozenset({
    "capitals", "wizards", "nationals", "commanders", "mystics", "bulldogs", "saint", "marathon", "symphony",
    "philharmonic", "irving", "state", "university", "college", "street", "heights",
})  # fmt: skip
"""Words that make a capital's name that of a club, a school, a street or a state (Washington State, London Marathon)."""
_BEFORE_CLUBS = frozenset({"real", "atletico"})
_GIVEN = frozenset({
    "james", "john", "robert", "michael", "william", "david", "richard", "joseph", "thomas", "charles", "christopher",
    "daniel", "matthew", "anthony", "mark", "donald", "steven", "paul", "andrew", "joshua", "kenneth", "kevin", "brian",
    "george", "timothy", "ronald", "edward", "jason", "jeffrey", "ryan", "jacob", "gary", "nicholas", "eric",
    "jonathan", "stephen", "larry", "justin", "scott", "brandon", "benjamin", "samuel", "gregory", "frank", "raymond",
    "jack", "dennis", "jerry", "peter", "henry", "adam", "walter", "denzel", "booker", "martha", "mary", "patricia",
    "jennifer", "linda", "elizabeth", "barbara", "susan", "jessica", "sarah", "karen", "nancy", "lisa", "margaret",
    "sandra", "ashley", "emily", "michelle", "laura", "helen", "anna", "julie", "kate",
})  # fmt: skip
_TITLE_CASE_WORDS = 3
"""A line of fewer words says nothing about how its capitals are meant."""
_SENTENCE_END = re.compile(r"[.!?…:;»\"“”\n]|[-–—•*]\s")


class Surroundings:
    """What stands beside the names of one text. `text` as given, `tokens` its words; `foreign`: only those in Latin letters, in a text that is not."""

    def __init__(self, text: str, tokens: Words, *, foreign: bool = False) -> None:
        self.text, self.tokens, self.foreign = text, tokens, foreign
        self._titled: dict[int, bool] = {}

    def beside(self, start: int, last: int) -> tuple[Token | None, Token | None]:
        """Give the capitalised words that stand before word `start` and after word `last` with one space between."""
        text, tokens = self.text, self.tokens
        before = after = None
        if start:
            word = tokens[start - 1]
            if text[word.end : tokens[start].start] == " " and text[word.start].isupper():
                before = word
        if last + 1 < len(tokens):
            word = tokens[last + 1]
            if text[tokens[last].end : word.start] == " " and text[word.start].isupper():
                after = word
        return before, after

    def part_of_another_name(self, start: int, last: int, kind: str) -> bool:
        """Tell whether a country's or a capital's name is that of a newspaper, or a capital's that of a club, a school or a person."""
        before, after = self.beside(start, last)
        if after is not None:
            following = after
            if following.term in _EDITIONS and last + 2 < len(self.tokens):
                following = self.tokens[last + 2]
            if following.term in _PAPERS and self.text[following.start].isupper():
                return True
        if kind != "capital":
            return False
        return (after is not None and after.term in _CLUBS) or (
            before is not None and (before.term in _GIVEN or before.term in _BEFORE_CLUBS)
        )

    def stands_alone(self, start: int, last: int) -> bool:
        """Tell whether a name that persons bear too stands as a country's does.

        That is without another capitalised word beside it; after "President of" whatever follows it; and in a line in
        which most words are capitalised, where capitals say nothing, unless it follows a given name.
        """
        before, after = self.beside(start, last)
        if before is not None and before.term in _GIVEN:
            return False
        if self.titled(start) or self._is_complement(start):
            return True
        if before is not None and before.term not in FUNCTION_WORDS:
            return False
        return after is None or after.term in _OFFICES

    def is_state(self, start: int, last: int) -> bool:
        """Tell whether a name that a state of the US bears too stands as the state's does: "governor of Georgia", "Georgia State University"."""
        tokens = self.tokens
        after = self.beside(start, last)[1]
        if after is not None and after.term in _OF_A_STATE:
            body = tokens[last + 2].term if last + 2 < len(tokens) else ""
            return after.term != "state" or body in _STATE_BODIES
        if start < 2 or tokens[start - 1].term != "of" or tokens[start - 2].term not in _OF_STATES:
            return False
        # "head of state of Georgia", "Secretary of State of Georgia"
        return not (start >= 3 and tokens[start - 2].term == "state" and tokens[start - 3].term == "of")

    def town_before(self, start: int, last: int) -> str:
        """Give the word before a comma of which the name says where it lies ("Plains, Georgia,"); "" where none does."""
        text, tokens = self.text, self.tokens
        if not start or text[tokens[start - 1].end : tokens[start].start] != ", ":
            return ""
        place = tokens[start - 1]
        stands = text[place.start].isupper() and place.term not in _DATES
        return place.term if stands and _AFTER_PLACE.match(text, tokens[last].end) else ""

    def _is_complement(self, start: int) -> bool:
        return start >= 2 and self.tokens[start - 1].term == "of" and self.tokens[start - 2].term in _HEADS

    def in_mid_sentence(self, start: int) -> bool:
        """Tell whether word `start`, written with a capital, stands inside a sentence of ordinary case: it is a name then."""
        if not start or self.titled(start):
            return False
        gap = self.text[self.tokens[start - 1].end : self.tokens[start].start]
        return _SENTENCE_END.search(gap) is None

    def titled(self, place: int) -> bool:
        """Tell whether most words of more than three letters in the line of word `place` are capitalised, and no full stop ends it. Remembered by line."""
        if self.foreign:
            return False
        text, tokens = self.text, self.tokens
        at = tokens[place].start
        line = text.rfind("\n", max(0, at - 500), at)
        known = self._titled.get(line) if line >= 0 or at < 500 else None
        if known is not None:
            return known
        first = last = place
        while first and "\n" not in text[tokens[first - 1].end : tokens[first].start] and place - first < 60:
            first -= 1
        while (
            last + 1 < len(tokens) and "\n" not in text[tokens[last].end : tokens[last + 1].start] and last - place < 60
        ):
            last += 1
        words = [text[t.start] for t in tokens[first : last + 1] if t.end - t.start > 3]
        upper = sum(letter.isupper() for letter in words)
        stopped = text[tokens[last].end : tokens[last].end + 1] == "."
        titled = not stopped and len(words) >= _TITLE_CASE_WORDS and upper * 4 >= len(words) * 3
        if line >= 0 or at < 500:
            self._titled[line] = titled
        return titled
