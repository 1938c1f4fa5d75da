"""Documents in six scripts and queries of every kind, out of seeds."""

from __future__ import annotations

from random import Random

from diplo_cli.document import Document, Dropped
from diplo_cli.engines.base import Entry
from diplo_cli.query.tree import All, And, AnyOf, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Range, Term

WORDS = {
    "en": [
        "tokayev",
        "tokaev",
        "tokyaev",
        "minister",
        "minsiter",
        "visit",
        "visited",
        "water",
        "trade",
        "the",
        "of",
        "meeting",
    ],
    "uz-Cyrl": ["тоқаев", "токаев", "савдо", "вазир", "ташриф", "сув", "ва", "учрашув"],
    "ar": ["توكاييف", "توكايف", "وزير", "زيارة", "مياه", "في", "كازاخستان"],
    "zh": ["托卡", "卡耶", "耶夫", "总统", "统访", "访问", "问"],
    "hi": ["टोकायेव", "मंत्री", "यात्रा", "पानी", "और", "बैठक", "मंत्र"],
    "he": ["טוקאייב", "שר", "ביקור", "מים", "של", "פגישה"],
}
COUNTRIES = ("KZ", "MY", "UZ", "PK", "CN")
SETS = ("lang", "country", "mention", "source", "month", "path", "names", "pair")


def entries(seed: int, count: int) -> list[Entry]:
    chance = Random(seed)
    return [entry(chance, f"{chance.choice(('news', 'a b', 'ق'))}/{number:04d}") for number in range(count)]


def entry(chance: Random, id_: str) -> Entry:
    lang = chance.choice(list(WORDS))
    words = WORDS[lang] if chance.random() < 0.8 else WORDS[lang] + WORDS["en"]
    text = chance.choices(words, k=chance.choice((0, 3, 8, 8, 30)))
    countries = sorted(chance.sample(COUNTRIES, chance.randint(0, 3)))
    month = chance.choice((None, 0, 3, 5, 12))
    date = None if month is None else 20240000 + month * 100 + chance.choice((0, 1, 31))
    title = text[:3]
    document = Document(
        id=id_,
        path=f"/lib/{id_[:-1]} x.txt",
        text=" ".join(text) + chance.choice(("", "\ud800", "\n[/bold]\x1b[0m", "\x00", "😀")),
        title=" ".join(title),
        lang=lang,
        confidence=0.5,
        countries=tuple(countries),
        mentions=dict.fromkeys(countries, 2),
        dropped=(Dropped(3, "Advertisement", "advertisement"),) if chance.random() < 0.3 else (),
    )
    sets = {
        "lang": [lang],
        "country": countries,
        "mention": sorted({*countries, "US"}),
        "named": countries[:1],
        "source": [chance.choice(("kaz.example", "مثال.example"))],
        "lang_country": [f"{lang}|{country}" for country in countries],
        "pair": [f"{a}|{b}" for a in countries for b in countries if a < b],
        "lang_pair": [f"{lang}|{a}|{b}" for a in countries for b in countries if a < b],
        "month": [] if not month else [f"2024-{month:02d}"],
        "path": [document.path],
        "names": sorted({f"KEY{len(word)}/{word}/1" for word in text}),
    }
    stems = [f"{lang}/{word[:4]}" for word in text]
    return Entry(document, {"text": title + text, "title": title, "stem": stems, **sets}, date)


def words(chance: Random, least: int = 1, most: int = 3) -> tuple[str, ...]:
    return tuple(chance.choices(WORDS[chance.choice(list(WORDS))], k=chance.randint(least, most)))


def leaf(chance: Random, known: list[Entry]) -> Query:
    some = chance.choice(known)
    text = list(some.tokens["text"]) or ["none"]
    field = chance.choice(("text", "text", "title"))
    boost = chance.choice((1.0, 0.5, 2.0))
    at = chance.randrange(len(text))
    held = chance.choice(SETS)
    member = chance.choice(list(some.tokens[held]) or ["none"])
    picked = text[at : at + chance.randint(1, 4)]
    positions = tuple(
        () if 0 < place < len(picked) - 1 and chance.random() < 0.4 else (word, *words(chance, 0, 4))
        for place, word in enumerate(picked)
    )
    kinds: tuple[Query, ...] = (
        All(),
        Term(field, text[at], boost),
        Term("stem", chance.choice(list(some.tokens["stem"]) or ["none"]), boost),
        Term(held, member, boost),
        Term("id", some.document.id),
        Prefix(field, text[at][: chance.randint(0, 3)], boost),
        Prefix(held, member[: chance.randint(0, 6)], boost),
        Fuzzy(field, text[at][::-1] if chance.random() < 0.2 else text[at][1:], chance.randint(1, 2), boost),
        Fuzzy(field, text[at][1::-1] + text[at][2:], 1),
        Phrase(field, positions, chance.choice((0, 0, 1, 3)), boost),
        Near(field, tuple(words(chance) for _ in range(chance.randint(1, 3))), chance.randint(1, 6), boost),
        Near(field, (tuple(picked), tuple(picked)), chance.randint(1, 4)),
        Range("date", chance.choice((None, 20240000, 20240501)), chance.choice((None, 20240331, 20241231))),
        Or(()),
        And(()),
        AnyOf(()),
    )
    return chance.choice(kinds)


def tree(chance: Random, known: list[Entry], floors: int) -> Query:
    if floors == 0 or chance.random() < 0.2:
        return leaf(chance, known)
    nodes = tuple(tree(chance, known, floors - 1) for _ in range(chance.randint(1, 3)))
    kinds: tuple[Query, ...] = (And(nodes), Or(nodes), AnyOf(nodes), Not(nodes[0]), And((*nodes, Not(nodes[0]))))
    return chance.choice(kinds)
