"""Compile the month names of every CLDR language into diplo_cli/data/dates/months.tsv.

Run: `python tools/build_dates.py` (needs the `dev` extra: Babel, which carries Unicode CLDR; no network).

A row is `name, month, kind, languages`. `name` is folded by `diplo_cli.reading.months.month_key`; `kind` is "wide" or
"abbr"; `languages` is empty where the name means one month in all of CLDR, or where one meaning has at least five times
as many languages as every other (May is the fifth month but for Basaa and Duala), and otherwise lists the languages of
that meaning: Croatian listopad is October, Polish listopad November.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from babel import Locale, localedata

from diplo_cli.reading.months import month_key

TARGET = Path(__file__).parent.parent / "diplo_cli" / "data" / "dates" / "months.tsv"
CLEAR_MAJORITY = 5


def month_names() -> dict[str, dict[int, set[str]]]:
    """Folded name -> month -> languages, from the Gregorian calendar of every locale; names with digits are patterns."""
    names: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for identifier in localedata.locale_identifiers():
        locale = Locale.parse(identifier)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, written in locale.months[context][width].items():
                    key = month_key(written)
                    shortest = (
                        3 if "a" <= key[:1] <= "z" else 2
                    )  # "de" is December in one language, and a preposition in ten
                    if len(key) >= shortest and not any(character.isdigit() for character in key):
                        names[key][month].add(locale.language)
    return names


def wide_names() -> set[str]:
    """Folded names that some locale writes in full."""
    return {
        month_key(written)
        for identifier in localedata.locale_identifiers()
        for context in ("format", "stand-alone")
        for written in Locale.parse(identifier).months[context]["wide"].values()
    }


def rows(names: dict[str, dict[int, set[str]]], wide: set[str]) -> list[str]:
    """The table's rows in order of name and month."""
    out = []
    for name, meanings in sorted(names.items()):
        ranked = sorted(meanings.items(), key=lambda meaning: -len(meaning[1]))
        clear = len(ranked) == 1 or len(ranked[0][1]) >= CLEAR_MAJORITY * len(ranked[1][1])
        kind = "wide" if name in wide else "abbr"
        for month, languages in ranked[:1] if clear else sorted(ranked):
            out.append(f"{name}\t{month}\t{kind}\t{'' if clear else ' '.join(sorted(languages))}")
    return out


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=TARGET)
    target = parser.parse_args().target
    table = rows(month_names(), wide_names())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(table) + "\n", encoding="utf-8")
    print(f"{target}: {len(table)} rows")


if __name__ == "__main__":
    main()
