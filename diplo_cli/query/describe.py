"""Query trees as text: `describe` for a reader of --explain, `unparse` as a query; and walks over a tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from diplo_cli.query.signs import FULLWIDTH, QUOTES
from diplo_cli.query.tree import (
    All,
    And,
    AnyOf,
    FieldIs,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Written,
)


def walk(query: Query) -> Iterator[Query]:
    """The node and all nodes below it, each before its own, from left to right."""
    waiting = [query]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(_below(node)))


def leaves(query: Query) -> Iterator[Written | FieldIs]:
    """What the user wrote, from left to right, those under a Not too."""
    return (node for node in walk(query) if isinstance(node, Written | FieldIs))


def describe(query: Query) -> str:
    """A tree as indented lines, of leaves as written or of an engine's nodes; boosts other than 1 are shown as ×0.8.

    >>> from diplo_cli.query.parser import parse
    >>> print(describe(parse('Tokayev ("water security" OR tok*) -lang:ar')))
    all of
      word Tokayev
      any of
        phrase "water security"
        prefix tok*
      not
        lang: ar
    """
    lines = []
    waiting = [(query, 0)]
    while waiting:
        node, depth = waiting.pop()
        lines.append("  " * depth + _line(node))
        waiting.extend((below, depth + 1) for below in reversed(_below(node)))
    return "\n".join(lines)


def unparse(query: Query) -> str:
    """A tree of the parser's as a query on one line; parsed again it gives the same tree but for the places.

    Raises ValueError at an engine's node.
    """
    match query:
        case Written():
            return _unparse_written(query)
        case FieldIs(name, value):
            return f"{name}:{_quoted(value)}"
        case And(nodes):
            return " ".join(f"({unparse(node)})" if isinstance(node, Or) else unparse(node) for node in nodes)
        case Or(nodes):
            return " OR ".join(unparse(node) for node in nodes)
        case Not(node):
            return f"-({unparse(node)})" if isinstance(node, And | Or) else f"-{unparse(node)}"
    raise ValueError(f"a {type(query).__name__} is written by no user")


def _below(node: Query) -> tuple[Query, ...]:
    match node:
        case And(nodes) | Or(nodes) | AnyOf(nodes):
            return nodes
        case Not(below):
            return (below,)
    return ()


def _line(node: Query) -> str:
    """One node, without those below it."""
    match node:
        case All():
            return "every document"
        case And():
            return "all of"
        case Or():
            return "any of"
        case AnyOf():
            return "best of"
        case Not():
            return "not"
        case Written(text, kind, exact, field):
            shown = {"phrase": f'"{" ".join(text.split())}"', "prefix": f"{text}*", "fuzzy": f"{text}~"}.get(kind, text)
            return f"{kind} {shown}{' in the title' if field == 'title' else ''}{', exactly' if exact else ''}"
        case FieldIs(name, value):
            return f"{name}: {value}"
        case Range(name, since, until):
            return f"{name}: {'' if since is None else since}..{'' if until is None else until}"
        case Term(name, text, boost):
            return f"{name}: {text}{_boost(boost)}"
        case Prefix(name, text, boost):
            return f"{name}: {text}*{_boost(boost)}"
        case Fuzzy(name, text, distance, boost):
            return f"{name}: {text}~{distance}{_boost(boost)}"
        case Phrase(name, positions, slop, boost):
            words = " ".join("|".join(position) or "…" for position in positions)
            return f'{name}: "{words}"{f" ~{slop}" if slop else ""}{_boost(boost)}'
        case Near(name, groups, window, boost):
            return f"{name}: {' + '.join('|'.join(group) for group in groups)} within {window} words{_boost(boost)}"
    assert_never(node)


def _boost(boost: float) -> str:
    return "" if boost == 1 else f" ×{boost:g}"


def _unparse_written(leaf: Written) -> str:
    field = "title:" if leaf.field == "title" else ""
    exact = "=" if leaf.exact else ""
    match leaf.kind:
        case "phrase":
            return f"{field}{exact}{_quoted(leaf.text, always=True)}"
        case "prefix":
            return f"{field}{exact}{leaf.text}*"
        case "fuzzy":
            return f"{field}{exact}{leaf.text}~"
    return f"{field}{exact}{leaf.text}"


def _quoted(text: str, *, always: bool = False) -> str:
    """The text in quotes that it does not hold itself; without any where it needs none."""
    if not always and all(char.isalnum() or char in "-_./" for char in text):
        return text
    held = text.translate(FULLWIDTH)
    for opening, (closing, _) in QUOTES.items():
        if not any(mark in held for mark in closing):
            return f"{opening}{text}{closing[-1] if opening != '“' else '”'}"
    return f'"{text.replace(chr(34), " ")}"'
