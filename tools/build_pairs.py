"""Builds diplo_cli/data/languages/pairs.tsv: words that tell Malay from Indonesian, Croatian from Serbian.

    python tools/build_pairs.py TRAINING.jsonl.gz TRANSLATIONS.jsonl.gz WORDFREQ LINGUA.whl

Needs the packages babel, brotli and msgpack.

TRAINING, TRANSLATIONS: the texts in ms and id of what tools/build_languages.py takes, and of TICO-19 (CC0; GitHub
repository tico-19/tico-19.github.io), as {lang, text} a line.
WORDFREQ: the folder of data files in the PyPI package wordfreq 3.1.1 (code Apache-2.0, data CC-BY-SA-4.0): how often a
word is written in Malay, Indonesian and English, on the web, in subtitles and in Wikipedia.
LINGUA: the wheel of the PyPI package lingua-language-detector 1.3.5 (Apache-2.0): how often a letter follows up to four
others within words of Malay and Indonesian news.

The texts are written with care but few; the word frequencies are of many words, but the Malay ones hold Indonesian and
few words of news; the sequences of letters know news, but not words. Each is right where the others are not: of titles
of 4–9 words, cut from other texts, the texts alone tell 79 % apart, the frequencies 85 %, the sequences 83 %, all 87 %.
tools/languages/ holds word lists of our own for Croatian and Serbian in Latin letters: words (or beginnings, with a
hyphen) of one that the other does not use. Entries seen in the other language were taken out: in the training text, in
the Croatian Declaration of Human Rights, and in the labelled sentences that accuracy was developed on (NTREX-128).
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import brotli
import msgpack
from babel import Locale
from babel.core import get_global

HERE = Path(__file__).parent
DATA = HERE.parent / "diplo_cli" / "data" / "languages"
# The word frequencies count as a text of so many words beside the texts.
WEIGHT = 100_000
# The frequency of a word too rare to be listed. The Malay list lacks what a newspaper writes more often.
UNLISTED = {"ms": 5e-6, "id": 1e-6}
# Words rarer than this in both lists are left out unless the texts have them: they would double the table.
RARE = 2e-6
# A word so many times more frequent in English is one, quoted.
QUOTED = 3
# What a sequence of letters proves, of what it says, and what a letter costs that only fewer letters before it predict.
SEQUENCE, BACK_OFF, UNSEEN = 0.3, 0.7, -9.0
# Most that the log of the odds of one word may be, by letters and at all: a word met in one text only proves little.
SEQUENCE_CAP, CAP = 3.0, 4.0
# Less is not worth its line.
LEAST = 0.3


def counted(files: list[Path], language: str) -> Counter[str]:
    """Words of the texts in `language`, in small letters, counted."""
    counts: Counter[str] = Counter()
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for record in map(json.loads, file):
                if record["lang"] == language:
                    counts.update(re.findall(r"[^\W\d_]+", record["text"].lower()))
    return counts


def frequencies(folder: Path, language: str) -> dict[str, float]:
    """How often each word of one of wordfreq's lists is written, 0..1: a row of words for each hundredth of a decade."""
    rows = msgpack.unpackb(gzip.decompress((folder / f"small_{language}.msgpack.gz").read_bytes()))
    return {
        word: 10 ** (-row / 100)
        for row, words in enumerate(rows[1:])
        for word in words
        if re.fullmatch(r"[^\W\d_]+", word)
    }


def sequences(wheel: Path, language: str) -> dict[str, float]:
    """The log of how likely a sequence of up to five letters is once all but its last letter stand there."""
    found = {}
    with ZipFile(wheel) as archive:
        for name in archive.namelist():
            if f"/language-models/{language}/" in name:
                for share, grams in json.loads(brotli.decompress(archive.read(name)))["ngrams"].items():
                    part, whole = map(int, share.split("/"))
                    found.update(dict.fromkeys(grams.split(), math.log(part / whole)))
    return found


def likelihood(word: str, model: dict[str, float]) -> float:
    """The log of how likely the letters of `word` are."""

    def of_letter(place: int) -> float:
        longest = min(5, place + 1)
        for length in range(longest, 0, -1):
            value = model.get(word[place + 1 - length : place + 1])
            if value is not None:
                return value - BACK_OFF * (longest - length)
        return UNSEEN

    return sum(map(of_letter, range(len(word))))


def shared_names() -> set[str]:
    """Words of names of countries and cities that both languages write alike: they tell where, not in what language."""
    malay, indonesian = (
        {word for name in Locale.parse(tag).territories.values() for word in re.findall(r"[^\W\d_]+", name.lower())}
        for tag in ("ms", "id")
    )
    zones = " ".join(get_global("zone_territories")).lower()  # Asia/Kuala_Lumpur
    return (malay & indonesian) | set(re.findall(r"[^\W\d_]+", zones))


def odds(
    texts: dict[str, Counter[str]], listed: dict[str, dict[str, float]], by_letters: Callable[[str], float]
) -> Iterator[tuple[str, float]]:
    """Words, and the log of how much likelier each is in Malay than in Indonesian, -CAP..CAP, where it tells something."""
    names = shared_names()
    for word in sorted({word for language in ("ms", "id") for word in (*texts[language], *listed[language])} - names):
        written = [listed[language].get(word, 0.0) for language in ("ms", "id")]
        seen = [texts[language][word] for language in ("ms", "id")]
        shares = [seen[i] / texts[language].total() for i, language in enumerate(("ms", "id"))]
        if listed["en"].get(word, 0.0) > QUOTED * max(*written, *shares) or (max(written) < RARE and sum(seen) < 2):
            continue
        value = max(-SEQUENCE_CAP, min(SEQUENCE_CAP, by_letters(word) * SEQUENCE))
        if sum(seen) + WEIGHT * sum(written) >= 2:
            malay, indonesian = (
                (texts[language][word] + WEIGHT * listed[language].get(word, UNLISTED[language]) + 0.5)
                / (texts[language].total() + WEIGHT)
                for language in ("ms", "id")
            )
            value += math.log(malay / indonesian)
        if abs(value) > LEAST:
            yield word, round(max(-CAP, min(CAP, value)), 1)


def own_list(language: str) -> list[str]:
    """A word list of tools/languages/."""
    return sorted(set((HERE / "languages" / f"{language}.txt").read_text(encoding="utf-8").split()))


def main() -> None:
    """Write pairs.tsv: pair, word (beginning, with a hyphen; nothing, for what holds before any word), log-odds.

    There is no Croatian training text, so that pair is lists alone.
    """
    training, translations, wordfreq, lingua = map(Path, sys.argv[1:])
    texts = {language: counted([training, translations], language) for language in ("ms", "id")}
    listed = {language: frequencies(wordfreq, language) for language in ("ms", "id", "en")}
    malay, indonesian = (sequences(lingua, language) for language in ("ms", "id"))
    pairs = {
        "ms id": dict(odds(texts, listed, lambda word: likelihood(word, malay) - likelihood(word, indonesian))),
        "hr sr-Latn": {
            "": 0.5,  # without any of the words: Serbian in Latin letters is the rarer of the two
            **dict.fromkeys(own_list("croatian"), 2.5),
            **dict.fromkeys(own_list("serbian"), -2.5),
        },
    }
    lines = [f"{pair}\t{word}\t{value}" for pair, words in pairs.items() for word, value in words.items()]
    (DATA / "pairs.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"pairs.tsv: {len(lines):,} words")


if __name__ == "__main__":
    main()
