"""Lists the ordinary words of scripts without capitals, for diplo_cli/data/names/ordinary/: nobody's name, however alike they sound.

    python tools/build_ordinary.py NAMES TEXT [TEXT…]

In a script with capitals a word seen in lower case is no name. Arabic, Hebrew or Devanagari do not tell, and a small library cannot tell a frequent word from a rare
one; so the words that stand in many sentences of ordinary text are listed, but for those that are more often somebody's name.

NAMES: name_groups.txt.gz, lines `spelling, spelling, … => Wikidata id` (rigour 2.6.1, MIT; the names are Wikidata's, CC0). TEXT: files of one sentence a line (.txt), or
lines of {"text": …} (.jsonl, .jsonl.gz). The lists were made from Arabic, Persian, Urdu and Hindi sentences in the public domain, CC0, CC-BY and CC-BY-SA, from
FLORES-200 via SIB-200 (CC-BY-SA-4.0), the UDHR (United Nations) and TICO-19 (CC0). Only words are kept, no text and no counts.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from diplo_cli.names.letters import known_script
from diplo_cli.text.tokens import tokenize

OUT = Path(__file__).parent.parent / "diplo_cli" / "data" / "names" / "ordinary"
SCRIPTS = ("Arab", "Deva")
MOST = 6_000  # words a script
LEAST = 4  # sentences that hold a word
A_NAME = 120  # sentences for each group of names that has the word: more, and it is a word that some name happens to be spelled like


def sentences(path: Path) -> Iterator[str]:
    """The sentences of a file."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in text.decode("utf-8").split("\n"):
        if ".jsonl" in path.name and line:
            yield from json.loads(line)["text"].split("\n")
        else:
            yield line


def names(path: Path) -> Counter[str]:
    """The folded words of all names, with the groups that have them."""
    words: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            words.update({token.term for token in tokenize(line.rpartition("=>")[0])})
    return words


def main() -> None:
    """Write a list for each script."""
    known = names(Path(sys.argv[1]))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in sys.argv[2:]:
        for sentence in sentences(Path(name)):
            for word in {token.term for token in tokenize(sentence)}:
                counts[known_script(word)][word] += 1
    OUT.mkdir(parents=True, exist_ok=True)
    for script in SCRIPTS:
        ranked = sorted(counts[script].items(), key=lambda item: (-item[1], item[0]))
        kept = [
            word
            for word, count in ranked
            if count >= max(LEAST, A_NAME * known[word]) and not any(letter.isdigit() for letter in word)
        ][:MOST]
        (OUT / f"{script}.txt").write_text("\n".join(sorted(kept)) + "\n", encoding="utf-8")
        print(script, len(kept), "words of", len(ranked))


if __name__ == "__main__":
    main()
