"""How well stems bring the forms of a noun together, and how often they bring two nouns together.

    python benchmarks/stems.py FILE.tsv.gz [--pos NOUN] [--json]

FILE has a header and the columns lang, pos, form, lemma. Forms and lemmas are folded; a form of several words counts by
its first. For each language, over the lemmas:
- together: of all pairs of two forms of one lemma, the share with one stem
- share: of the forms of a lemma that has several, the share with the stem that most of them have
- merged: the share of lemmas of which a form has the stem of another lemma's form (forms that two lemmas own count, so
  that no stemming at all has a few)
each for our stems, for Snowball as PyStemmer has it on the same folded words, and for no stemming.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import Stemmer

from diplo_cli.text.fold import fold
from diplo_cli.text.stems import stem, stem_languages
from diplo_cli.text.tokens import tokenize

SNOWBALL = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fa": "persian",
    "fr": "french",
    "id": "indonesian",
    "ru": "russian",
    "tr": "turkish",
}


class Figures(NamedTuple):
    """Shares in 0..1, as the module says."""

    together: float
    share: float
    merged: float


def read(path: Path, pos: str) -> dict[str, dict[str, set[str]]]:
    """By language, the folded forms of each folded lemma."""
    lemmas: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            lang, part, form, lemma = line.rstrip("\n").split("\t")
            tokens = tokenize(form)
            if part == pos and tokens:
                lemmas[lang][fold(lemma)].add(tokens[0].term)
    return {lang: dict(forms) for lang, forms in lemmas.items()}


def figures(lemmas: Mapping[str, set[str]], stem_of: Callable[[str], str]) -> Figures:
    """The figures of one stemmer over the forms of each lemma."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    pairs = same = forms = most = 0
    for lemma, words in lemmas.items():
        stems = Counter(stem_of(word) for word in words)
        for one in stems:
            owners[one].add(lemma)
        if len(words) > 1:
            pairs += len(words) * (len(words) - 1) // 2
            same += sum(count * (count - 1) // 2 for count in stems.values())
            forms += len(words)
            most += max(stems.values())
    merged = sum(any(len(owners[stem_of(word)]) > 1 for word in words) for words in lemmas.values())
    return Figures(same / max(1, pairs), most / max(1, forms), merged / max(1, len(lemmas)))


def measure(path: Path, pos: str) -> dict[str, dict[str, Figures]]:
    """By language and stemmer ("ours", "snowball", "none"), the figures."""
    found: dict[str, dict[str, Figures]] = {}
    for lang, lemmas in sorted(read(path, pos).items()):
        stemmers: dict[str, Callable[[str], str]] = {"none": str}
        if lang in SNOWBALL:
            stemmers["snowball"] = Stemmer.Stemmer(SNOWBALL[lang]).stemWord
        if lang in stem_languages():
            stemmers["ours"] = lambda word, lang=lang: stem(word, lang)  # type: ignore[misc]
        found[lang] = {name: figures(lemmas, stem_of) for name, stem_of in stemmers.items()}
    return found


def main() -> None:
    """Prints the table, or with --json one record."""
    parser = argparse.ArgumentParser(description="Forms of a lemma brought together, lemmas wrongly merged.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--pos", default="NOUN")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = measure(arguments.file, arguments.pos)
    if arguments.json:
        print(json.dumps({lang: {name: row._asdict() for name, row in rows.items()} for lang, rows in found.items()}))
        return
    print(f"{'lang':5} {'stems':9} {'together':>8} {'share':>6} {'merged':>6}")
    for lang, rows in found.items():
        for name, row in rows.items():
            print(f"{lang:5} {name:9} {100 * row.together:8.1f} {100 * row.share:6.1f} {100 * row.merged:6.1f}")


if __name__ == "__main__":
    main()
