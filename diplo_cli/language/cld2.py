"""Google's Compact Language Detector 2, through the optional package pycld2: for indexing in bulk.

It knows 165 languages, fewer than ours in what news of this library's kind is written in (docs/choices.md).
"""

from __future__ import annotations

from diplo_cli.language import names

# Its codes that name another language in our tags: all of Kurdish in Arabic letters is Sorani to readers of news.
_OTHER = {("ku", "Arab"): "ckb"}
# Confidence of an answer that it holds for reliable, and that is for nine tenths of the text or more: so many are right
# of titles, and of longer texts, measured over 52 language-scripts. The next below that share; the last of no reliance.
_OF_TITLES, _OF_TEXTS, _MIXED, _DOUBTED = 0.89, 0.97, 0.8, 0.4
# Bytes of text that CLD2 counts in a title at most.
_TITLE = 160


def detect(text: str, script: str) -> tuple[str, float]:
    """The tag of the likeliest language of `text`, which is written in `script`, and how likely it is, 0..1."""
    import pycld2

    # It takes neither lone surrogates nor control characters.
    plain = "".join(char if char.isprintable() else " " for char in text)
    try:
        reliable, counted, found = pycld2.detect(plain.encode("utf-8", "ignore"), bestEffort=True)
    except pycld2.error:
        return "und", 0.0
    _, code, percent, _ = found[0]
    if code == "un":
        return "und", 0.0
    tag = _OTHER.get((code, script)) or names.declared(code, script)
    if not reliable:
        return tag, _DOUBTED
    if percent < 90:
        return tag, _MIXED
    return tag, _OF_TITLES if counted < _TITLE else _OF_TEXTS
