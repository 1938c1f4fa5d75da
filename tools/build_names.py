"""Compile diplo_cli/data/names/: the Han table, the letter costs of each pair of scripts, the table of known spellings, the scorer's weights.

    python tools/build_names.py --pairs DIR --groups FILE --text DIR [--only han,costs,table,scorer] [--queries 150]

DIR of --pairs holds spellings of one name in two scripts, as SOURCE.FROM-TO.tsv.gz: tab-separated, unquoted, UTF-8,
with a header line. Columns: name_a and name_b, one word each; script_a and script_b, ISO 15924 (Latn, Cyrl, …; Kana
for katakana); entity, the same for all spellings of one name (what is held out goes by it); source; count, how many
times the pair is attested (1 where the source does not say). Any other file is passed over. The sources:

coling2018.*  Merhav and Ash, "Design Challenges in Named Entity Transliteration", COLING 2018: GitHub repository
              steveash/NETransliteration-COLING2018, files data/wd_LANGUAGE.normalized.aligned.tokens for arabic,
              chinese, hebrew, katakana, korean and russian; names of persons in Wikidata, CC0. Their columns: Latin
              name, the other name with a space after each letter (taken out here), count. entity: "cl:" and the Latin
              name folded (diplo_cli.text.fold).
google.*      GitHub repository google/transliteration, file ar2en.txt, Apache-2.0: Arabic and Latin spellings.
              entity: "ga:" and the Latin name folded.
kazper.*      KazPer, Kazakh personal names in English, Kazakh and Russian, CC-BY-4.0: each of the three pairs of
              columns, Latin to Cyrillic and Russian to Kazakh. entity: "kz:" and the number of the name.

FILE of --groups is name_groups.txt.gz, the names file of rigour 2.6.1 (PyPI; MIT) compressed: a line is "spelling,
spelling, … => Wikidata id", all scripts mixed. The names are Wikidata's, CC0.

DIR of --text holds ordinary sentences, one a line, as LANGUAGE.txt (en.txt, ar.txt, zh.txt, uz-Cyrl.txt, …; zh.txt is
needed): any text of which the licence lets words be counted. It tells ordinary words from names and ordinary Chinese
from transliteration; only counts derived from it are kept. The committed tables were made with sentences in the public
domain and under CC0, CC-BY and CC-BY-SA in 19 languages; with others, scorer.json and the last column of han.tsv come
out different.

Names whose entity has crc32 % 5 == 0 are never learned from (groups with such a name neither), so that figures taken on
them are honest. Needs numpy and pypinyin (the `dev` extra). Runs 3 minutes on one core; the same input gives the same
files.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

import name_table
import numpy as np
from name_sources import groups_of, names_of

from diplo_cli.names import costs as learned
from diplo_cli.names import keys, letters, scorer, variants
from diplo_cli.names.lexicon import lexicon as entries_of
from diplo_cli.text.tokens import tokenize

DATA = Path(__file__).parents[1] / "diplo_cli" / "data" / "names"
SCRIPTS = ("Arab", "Armn", "Cyrl", "Deva", "Geor", "Grek", "Hang", "Hani", "Hebr", "Kana", "Latn")
FEWEST_PAIRS = 300  # below this a pair of scripts is compared by sounds
MOST_PAIRS = 9000
VOWELS_APART, CONSONANTS_APART = 3.0, 3.5  # the most that two vowels, or two consonants of one class, are apart

# What names carry in running text: the scorer learns from names with these on, too.
RARE = {"Armn", "Deva", "Geor", "Grek", "Hang", "Kana", "Hani"}  # pairs of two of these share the weights of all pairs
ENDINGS = {
    "Cyrl": "а у ым ом е нинг га ни да ның ға тың ге нын дан",
    "Hang": "은 는 이 가 을 를 의",
}
CLITICS = {"Arab": "و ب ل ال وال", "Hebr": "ו ב ל ה"}


# --- Han: what each character stands for


def han(pairs: Iterable[tuple[str, str]], ordinary: str) -> list[str]:
    """Lines "character, consonant key, pinyin units, log-odds" of the characters used in transliteration, from (Latin, Han) pairs and ordinary Chinese text."""
    from pypinyin import lazy_pinyin

    def pinyin(character: str) -> str:
        syllable = lazy_pinyin(character)[0]
        if not syllable.isascii() or not syllable.isalpha():
            return ""
        for written, unit in (("zh", "Z"), ("ch", "C"), ("sh", "S"), ("ng", "n"), ("v", "u")):
            syllable = syllable.replace(written, unit)
        return "r" if syllable == "er" else syllable

    data = [(keys.coarser(keys.indexed_keys(a)[0]), b) for a, b in pairs if keys.indexed_keys(a) and 2 <= len(b) <= 8]
    data = [(key, b) for key, b in data if 1 <= len(key) <= 9]
    readings = {c: pinyin(c) for _, b in data for c in b}
    first = {
        c: keys.coarser("".join(keys.CLASSES.get(letters.sound(u, "Hani"), "") for u in reading))
        for c, reading in readings.items()
    }
    counts: dict[str, Counter[str]] = {}
    for turn in range(4):
        fresh: dict[str, Counter[str]] = defaultdict(Counter)

        def cost(c: str, part: str, turn: int = turn, counts: dict[str, Counter[str]] = counts) -> float:
            if not turn:
                return 0.2 if part == first[c] else 1.2 if part and part[0] == first[c][:1] else 2.5 + 0.7 * len(part)
            known = counts.get(c, Counter())
            return -math.log((known[part] + (1.0 if part == first[c] else 0.05)) / (sum(known.values()) + 3))

        for key, word in data:
            ways: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
            for c in word:
                here: dict[int, tuple[float, int]] = {}
                for at, (sofar, _) in ways[-1].items():
                    for take in (0, 1, 2):
                        if at + take <= len(key):
                            total = sofar + cost(c, key[at : at + take])
                            if at + take not in here or total < here[at + take][0]:
                                here[at + take] = (total, take)
                ways.append(here)
            at = len(key)
            if at not in ways[-1] or (turn and ways[-1][at][0] / len(word) > 2.2):
                continue
            for i in range(len(word), 0, -1):
                take = ways[i][at][1]
                fresh[word[i - 1]][key[at - take : at]] += 1
                at -= take
        counts = fresh
    used = Counter(c for _, b in data for c in set(b))
    common = Counter(c for c in ordinary if "\u4e00" <= c <= "\u9fff")
    total, everything = sum(used.values()), sum(common.values())
    lines = []
    for c in sorted(counts):
        in_names, in_text = used[c] / total, common[c] / everything
        if used[c] >= 5 and readings[c]:
            odds = max(-4.0, min(4.0, math.log(in_names / (in_text + 2 / everything))))
            lines.append(f"{c}\t{counts[c].most_common(1)[0][0]}\t{readings[c]}\t{odds:.1f}")
    return lines


# --- letter costs


def learn_costs(pairs: list[tuple[str, str]], first: str, second: str) -> dict[tuple[str, str], float]:
    """Costs of letters by expectation maximisation over best alignments (Viterbi), smoothed by how alike two letters sound."""
    words = [(letters.units(a, first), letters.units(b, second)) for a, b in pairs]
    words = [(a, b) for a, b in words if a and b and len(a) < 15 and len(b) < 17]
    same = first == second

    def heard(a: str, b: str) -> float:
        if same and a == b:
            return 0.0
        return learned.heard_cost(letters.sound(a, first) if a else "", letters.sound(b, second) if b else "")

    def highest(a: str, b: str) -> float:
        """The pairs are of a few languages: what they never do, others may (Uzbek о for a)."""
        like = heard(a, b)
        return (
            VOWELS_APART if a and b and like < 0.8 else CONSONANTS_APART if a and b and like <= 1.0 else learned.HIGHEST
        )

    counts: Counter[tuple[str, str]] = Counter()
    given: dict[tuple[str, str], float] = {}
    a_total = b_total = 0
    of_a: Counter[str] = Counter()
    of_b: Counter[str] = Counter()

    def estimate(a: str, b: str) -> float:
        if same and a == b:
            return 0.0
        expected = 3.0 * math.exp(-2.0 * heard(a, b))  # what a letter pair is worth before it was ever seen
        count = counts[a, b] + expected
        by_a = count / ((of_a[a] if a else a_total) + 5)
        by_b = count / ((of_b[b] if b else b_total) + 5)
        return min(highest(a, b), max(0.0, -0.5 * (math.log(min(1, by_a)) + math.log(min(1, by_b)))))

    for turn in range(4):
        fresh: Counter[tuple[str, str]] = Counter()
        source = estimate if turn else heard
        given.clear()

        def cost(a: str, b: str, source: object = source) -> float:
            found = given.get((a, b))
            if found is None:
                found = given[a, b] = source(a, b)  # type: ignore[operator]
            return found

        for x, y in words:
            table = [[0.0] * (len(y) + 1) for _ in range(len(x) + 1)]
            for j, b in enumerate(y):
                table[0][j + 1] = table[0][j] + cost("", b)
            for i, a in enumerate(x):
                row, above, drop = table[i + 1], table[i], cost(a, "")
                row[0] = above[0] + drop
                for j, b in enumerate(y):
                    row[j + 1] = min(above[j] + cost(a, b), above[j + 1] + drop, row[j] + cost("", b))
            i, j = len(x), len(y)
            if table[i][j] / (i + j) > 0.8:
                continue  # not two spellings of one name
            while i or j:
                if i and j and abs(table[i][j] - table[i - 1][j - 1] - cost(x[i - 1], y[j - 1])) < 1e-9:
                    i, j = i - 1, j - 1
                    fresh[x[i], y[j]] += 1
                elif i and abs(table[i][j] - table[i - 1][j] - cost(x[i - 1], "")) < 1e-9:
                    i -= 1
                    fresh[x[i], ""] += 1
                else:
                    j -= 1
                    fresh["", y[j]] += 1
        counts = fresh
        of_a.clear()
        of_b.clear()
        for (a, b), n in counts.items():
            of_a[a] += n
            of_b[b] += n
        a_total = sum(len(x) + 1 for x, _ in words)
        b_total = sum(len(y) + 1 for _, y in words)
    alphabet = sorted({c for x, _ in words for c in x}), sorted({c for _, y in words for c in y})
    if same:
        alphabet = (sorted({*alphabet[0], *alphabet[1]}),) * 2
    return {(a, b): estimate(a, b) for a in ["", *alphabet[0]] for b in ["", *alphabet[1]] if a or b}


def write_costs(table: dict[tuple[str, str], float], first: str, second: str) -> None:
    """One file a pair: the letters of both sides, and a row of costs a letter, a character a cost (see diplo_cli.names.costs)."""
    a_side, b_side = sorted({a for a, _ in table if a}), sorted({b for _, b in table if b})
    rows = [
        "".join(chr(48 + round(table.get((a, b), 0.0) / learned.STEP)) for b in ["", *b_side]) for a in ["", *a_side]
    ]
    text = json.dumps(
        {"first": "".join(a_side), "second": "".join(b_side), "costs": rows}, ensure_ascii=False, indent=0
    )
    (DATA / "costs" / f"{first}-{second}.json").write_text(text + "\n", encoding="utf-8")


# --- a lexicon to train and measure on


class Lexicon:
    """A names field in memory: `terms` as an engine gives it."""

    def __init__(self) -> None:
        self.entries: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, entry: str, documents: int = 1) -> None:
        """One entry "KEY/term/c", in so many documents."""
        self.entries[entry.split("/", 1)[0]][entry] += documents

    def add_term(self, term: str, how: int, documents: int = 1) -> None:
        """All entries of a term seen like this."""
        for key in keys.lexicon_keys(term, marked=how == keys.CAPITAL):
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


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--groups", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--only", default="han,costs,table,scorer")
    parser.add_argument("--queries", type=int, default=150, help="names a script that the scorer is trained on")
    args = parser.parse_args()
    only = args.only.split(",")
    (DATA / "costs").mkdir(parents=True, exist_ok=True)
    rows = [row for row in names_of(args.pairs) if not row[4]]
    groups = list(groups_of(args.groups))
    if "han" in only:
        pairs = [(a, b) for a, sa, b, sb, _, _ in rows if sa == "Latn" and sb == "Hani"]
        lines = han(pairs, (args.text / "zh.txt").read_text(encoding="utf-8"))
        head = "# characters used to write foreign names in Chinese: character, consonants (coarse key), pinyin, log-odds of a name; by tools/build_names.py\n"
        (DATA / "han.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
        letters.han_table.cache_clear()
        letters.units.cache_clear()
        print("han", len(lines))
    if "costs" in only:
        build_costs(rows, groups)
    if "table" in only:
        data, lines_in, spellings_in = name_table.table(args.groups)
        (DATA / "known.table").write_bytes(data)
        print("table", lines_in, spellings_in, len(data))
    if "scorer" in only:
        build_scorer(rows, groups, args.text, args.queries)


def build_costs(rows: list[tuple[str, str, str, str, bool, bool]], groups: list[dict[str, list[str]]]) -> None:
    """Letter costs of every pair of scripts with enough pairs."""
    dice = random.Random(5)  # noqa: S311 - a sample, the same each time
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for a, sa, b, sb, _, sure in rows:
        if sure and sa in SCRIPTS and sb in SCRIPTS:
            found[(sa, sb) if sa <= sb else (sb, sa)].add((a, b) if sa <= sb else (b, a))
    native = {pair for pair, words in found.items() if len(words) > 3000}  # enough without the groups
    for group in groups:
        for i, first in enumerate(SCRIPTS):
            for second in SCRIPTS[i:]:
                if (first, second) in native and first != second:
                    continue
                if first == second:
                    spelled = group.get(first, [])
                    if len(spelled) > 1:
                        x, y = dice.sample(spelled, 2)
                        found[first, second].update({(x, y), (y, x)})
                else:
                    found[first, second].update(
                        (x, y) for x in group.get(first, [])[:3] for y in group.get(second, [])[:2]
                    )
    for first, second in sorted(found):
        pairs = sorted(found[first, second])
        if first == second == "Hani" or len(pairs) < FEWEST_PAIRS:
            continue
        table = learn_costs(dice.sample(pairs, min(MOST_PAIRS, len(pairs))), first, second)
        write_costs(table, first, second)
        print("costs", first, second, len(pairs), len(table), flush=True)


def build_scorer(
    rows: list[tuple[str, str, str, str, bool, bool]], groups: list[dict[str, list[str]]], text: Path, queries: int
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
            found, counted, _ = variants.candidates(name, lexicon.terms)
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
    text_out = ",\n".join(f"{json.dumps(pair)}: {json.dumps(w)}" for pair, w in sorted(weights.items()))
    (DATA / "scorer.json").write_text("{\n" + text_out + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
