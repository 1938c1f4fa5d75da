"""Learn the scorer's weights, on names that stand in a library among the words of real texts."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from name_sources import SCRIPTS

from diplo_cli.names import candidates, keys, letters, scorer
from diplo_cli.names.lexicon import lexicon as entries_of
from diplo_cli.text.tokens import tokenize

# What names carry in running text: the scorer learns from names with these on, too.
RARE = {"Armn", "Deva", "Geor", "Grek", "Hang", "Kana", "Hani"}  # pairs of two of these share the weights of all pairs
ENDINGS = {
    "Cyrl": "а у ым ом е нинг га ни да ның ға тың ге нын дан",
    "Hang": "은 는 이 가 을 를 의",
}
CLITICS = {"Arab": "و ب ل ال وال", "Hebr": "ו ב ל ה"}


class Lexicon:
    """A names field in memory: `terms` as an engine gives it."""

    def __init__(self) -> None:
        self.entries: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, entry: str, documents: int = 1) -> None:
        """One entry "KEY/term/c", in so many documents."""
        self.entries[entry.split("/", 1)[0]][entry] += documents

    def add_term(self, term: str, how: int, documents: int = 1) -> None:
        """All entries of a term seen like this."""
        for key in keys.lexicon_keys([term], marked=how == keys.CAPITAL)[term]:
            self.add(f"{key}/{term}/{how}", documents)

    def terms(self, prefix: str) -> Iterable[tuple[str, int]]:
        """As an engine lists its names field."""
        return self.entries.get(prefix.rstrip("/"), {}).items()


def add_text(lexicon: Lexicon, folder: Path, most: int = 1500) -> None:
    """Documents of 20 sentences out of every language's text."""
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for start in range(0, min(len(lines), most * 20), 20):
            text = "\n".join(lines[start : start + 20])
            for entry in entries_of(text, tokenize(text)):
                lexicon.add(entry)


def as_seen(script: str, dice: random.Random) -> tuple[int, int]:
    """How a name stands in a library: (c, documents). One in four is seen once, without a capital that says anything: as in lists, or at a start."""
    if script not in letters.CASED_SCRIPTS:
        return keys.LOWER, 1 + int(dice.expovariate(0.7))
    chance = dice.random()
    if chance < 0.25:
        return keys.START, 1
    return keys.CAPITAL, 1 + int(dice.expovariate(0.7))


def dressed(word: str, script: str, dice: random.Random) -> str:
    """A name as it may stand in a sentence."""
    if script in ENDINGS and len(word) >= 3:
        return word + dice.choice(ENDINGS[script].split())
    if script in CLITICS and len(word) >= 4:
        return dice.choice(CLITICS[script].split()) + word
    return word


class SameName:
    """Which words spell the same name: by shared Latin spellings, or Latin spellings nearly alike, since no list is complete; by group within Latin."""

    def __init__(self) -> None:
        self.latin: dict[str, set[str]] = defaultdict(set)  # a word of another script -> its Latin spellings
        self.group: dict[str, set[int]] = defaultdict(set)

    def same(self, a: str, b: str, first: str, second: str) -> bool:
        """Whether two words, of scripts `first` and `second`, spell one name."""
        if self.group[a] & self.group[b]:
            return True
        if first == second:
            return bool(first != "Latn" and self.latin[a] & self.latin[b])
        ours = {a} if first == "Latn" else self.latin[a]
        theirs = {b} if second == "Latn" else self.latin[b]
        if ours & theirs:
            return True
        return any(
            SequenceMatcher(None, x, y, autojunk=False).ratio() >= 0.8
            for x in sorted(ours)[:4]
            for y in sorted(theirs)[:6]
        )


def fit(rows: np.ndarray, right: np.ndarray) -> list[float]:
    """Weights of a logistic model, by Newton's method with a ridge of 0.01 on standardised features, given back for plain features."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    mean[0], spread[0] = 0.0, 1.0
    z = (rows - mean) / spread
    w = np.zeros(z.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        h = (z * (p * (1 - p) + 1e-6)[:, None]).T @ z + 1.0 * np.eye(z.shape[1])
        w += np.linalg.solve(h, z.T @ (right - p) - 1.0 * np.r_[0, w[1:]])
    plain = w / spread
    plain[0] -= float((w * mean / spread)[1:].sum())
    return [round(float(x), 4) for x in plain]


def build_scorer(
    rows: list[tuple[str, str, str, str, bool, bool]],
    groups: list[dict[str, list[str]]],
    text: Path,
    queries: int,
    path: Path,
) -> None:
    """Weights of the logistic model of every pair of scripts with enough examples, and of all pairs together."""
    dice = random.Random(7)  # noqa: S311 - a sample, the same each time
    lexicon, known = Lexicon(), SameName()
    by_script: dict[str, set[str]] = defaultdict(set)
    paired: dict[str, set[str]] = defaultdict(set)  # names of which spellings in another script are attested
    in_groups: dict[str, set[str]] = defaultdict(
        set
    )  # names of which the other spellings in their own script are known
    for a, sa, b, sb, _, sure in rows:
        if sa == "Latn":
            known.latin[b].add(a)
        else:
            known.latin[b] |= known.latin[a]
            known.latin[a] |= known.latin[b]
        if sa == sb:
            number = -1 - len(known.group)
            known.group[a].add(number)
            known.group[b].add(number)
            in_groups[sa].update((a, b))
        if sure:
            paired[sa].add(a)
            paired[sb].add(b)
            by_script[sa].add(a)
            by_script[sb].add(b)
    for number, group in enumerate(groups):
        latin = group.get("Latn", [])
        for script, words in group.items():
            for word in words:
                known.group[word].add(number)
                known.latin[word].update(latin)
                if script in ("Deva", "Geor", "Armn", "Grek") or number % 8 == 0:
                    by_script[script].add(word)
                    if len(words) > 1 or number % 3 == 0:
                        in_groups[script].add(word)
    for script in SCRIPTS:
        for word in sorted(by_script[script]):
            if dice.random() < 0.75:
                lexicon.add_term(word, *as_seen(script, dice))
            if dice.random() < 0.15:
                carried = dressed(word, script, dice)
                if carried != word and carried not in by_script[script]:
                    known.latin[carried] |= known.latin[word]
                    known.group[carried] |= known.group[word]
                    lexicon.add_term(carried, *as_seen(script, dice))
    add_text(lexicon, text)
    print("lexicon", sum(map(len, lexicon.entries.values())), flush=True)
    examples: dict[str, list[tuple[tuple[float, ...], bool, float]]] = defaultdict(list)
    for script in SCRIPTS:
        most = queries * (3 if script == "Latn" else 1)
        across = sorted(paired[script] or by_script[script])
        asked = [(name, False) for name in dice.sample(across, min(most, len(across)))]
        asked += [(name, True) for name in dice.sample(sorted(in_groups[script]), min(most, len(in_groups[script])))]
        for name, within in asked:
            if len(name) < (2 if script in letters.COARSE_SCRIPTS else 3):
                continue
            found, counted, _ = candidates.candidates(name, lexicon.terms)
            for other, all_listed in found.items():
                if (other == script) != within or (script in RARE and other in RARE):
                    continue
                # Libraries are of all sizes: a part of the others, but most of the right ones
                part = dice.choice((1.0, 1.0, 0.3, 0.1, 0.03))
                listed = [
                    c
                    for c in all_listed
                    if part == 1 or dice.random() < (0.8 if known.same(name, c.term, script, other) else part)
                ]
                for rank, judged in enumerate(scorer.judge(name, script, listed, round(counted[other] * part))):
                    if rank >= 12 and dice.random() > 0.25:
                        continue  # the plainly wrong ones are many and alike: a quarter of them, weighted by four
                    right = known.same(name, judged.candidate.term, script, other)
                    examples[f"{script}-{other}"].append((judged.features, right, 1.0 if rank < 12 else 4.0))
        print("examples", script, sum(map(len, examples.values())), flush=True)
    weights = {}
    pooled = [row for pair, found_rows in sorted(examples.items()) for row in found_rows[:4000] if pair[:4] != pair[5:]]
    for pair, found_rows in [*sorted(examples.items()), ("*-*", pooled)]:
        answers = np.array([r for _, r, _ in found_rows], float)
        if answers.sum() < 60:
            continue
        matrix = np.array([f for f, _, _ in found_rows], float)
        repeat = np.array([int(n) for _, _, n in found_rows])
        weights[pair] = fit(np.repeat(matrix, repeat, 0), np.repeat(answers, repeat))
        print("weights", pair, len(found_rows), int(answers.sum()))
    write_weights(weights, path)


def build_known(rows: list[tuple[str, str, str, str, bool, bool]], text: Path, queries: int, path: Path) -> None:
    """Add to the weights those of the second model, which asks the table of known spellings.

    What is right is told by the pairs alone, since the groups are what the table is made of.
    """
    dice = random.Random(11)  # noqa: S311 - a sample, the same each time
    lexicon, known = Lexicon(), SameName()
    paired: dict[tuple[str, str], set[str]] = defaultdict(set)
    for a, sa, b, sb, _, sure in rows:
        if sa != sb:
            known.latin[b].add(a)
            if sure:
                paired[sa, sb].add(a)
                paired[sb, sa].add(b)
    for script in SCRIPTS:
        for word in sorted({word for (of, _), words in paired.items() if of == script for word in words}):
            lexicon.add_term(word, *as_seen(script, dice))
    add_text(lexicon, text)
    scorer.weights.cache_clear()
    found: list[tuple[tuple[float, ...], bool]] = []
    for (script, other), words in sorted(paired.items()):
        for name in dice.sample(sorted(words), min(2 * queries, len(words))):
            if len(name) < 3 and script not in letters.COARSE_SCRIPTS:
                continue
            listed, counted, _ = candidates.candidates(name, lexicon.terms)
            found += [
                (judged.known, known.same(name, judged.candidate.term, script, other))
                for judged in scorer.judge(name, script, listed.get(other, []), counted.get(other, 0))
                if judged.known
            ]
    weights = {pair: row for pair, row in scorer.weights().items() if pair != "known"}
    weights["known"] = fit(np.array([f for f, _ in found], float), np.array([r for _, r in found], float))
    write_weights(weights, path)
    print(
        "known",
        len(found),
        sum(right for _, right in found),
        dict(zip(scorer.KNOWN_FEATURES, weights["known"], strict=True)),
    )


def write_weights(weights: dict[str, list[float]], path: Path) -> None:
    """scorer.json, a line a model."""
    text = ",\n".join(f"{json.dumps(pair)}: {json.dumps(w)}" for pair, w in sorted(weights.items()))
    path.write_text("{\n" + text + "\n}\n", encoding="utf-8")
