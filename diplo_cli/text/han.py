"""Chinese in one form of its characters: 哈薩克斯坦 and 哈萨克斯坦 are one run of pairs.

Many traditional characters share a simplified one (後 and 后, 發 and 髮), so this way round there is nothing to choose.
The word's other reading is lost with it, but in pairs of characters hardly any two words meet; Japanese, whose own
forms are in part traditional, loses as little.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parents[1] / "data" / "text" / "han.txt"


@cache
def _simplified() -> dict[int, str]:
    """Code point of a traditional character -> the simplified one: 2,969, read in 0.3 ms with the first Chinese text."""
    traditional, simplified = _TABLE.read_text(encoding="utf-8").splitlines()
    return {ord(one): other for one, other in zip(traditional, simplified, strict=True)}


def simplified(text: str) -> str:
    """`text` with the simplified form of each traditional character; nothing else changes, nor does its length."""
    return text.translate(_simplified()) if max(text, default="") >= "\u3400" else text
