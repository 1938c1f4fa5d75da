"""How many written dates of publication are read, by language, and how often a text without one is given one.

    python benchmarks/dates.py [FOLDER] [--mistakes] [--json]

FOLDER has forms.tsv and none.tsv; its README describes them. Each form is read as the second line of a report, under its
title; each text without a date as it stands. `--mistakes` lists what is wrong, of the forms those of the half `seen`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from diplo_cli.reading.structure import structure

LABELLED = Path(__file__).parent.parent / "tests" / "data" / "dates"
REPORT = "Kenya and Norway sign a treaty on ports\n{}\n\nThe ministers of both countries signed the treaty in Oslo after two years of talks.\n"


class Form(NamedTuple):
    """A line that states a date: the half it is of, its language, the line, and the date in ISO 8601."""

    half: str
    lang: str
    written: str
    iso: str


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a table, comments aside."""
    for row in path.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            yield row.split("\t")


def date_in(text: str, lang: str) -> str:
    """The date of publication that a text is read to state."""
    return structure(text, lang).date


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=LABELLED)
    parser.add_argument("--mistakes", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = {
        form: date_in(REPORT.format(form.written), form.lang)
        for row in rows(given.folder / "forms.tsv")
        for form in [Form(*row)]
    }
    undated = [(text.replace("\\n", "\n"), lang) for lang, text in rows(given.folder / "none.tsv")]
    dated = [(text, date) for text, lang in undated if (date := date_in(text, lang))]
    halves = {
        half: sum(date == form.iso for form, date in found.items() if form.half == half)
        / sum(form.half == half for form in found)
        for half in ("seen", "unseen")
    }
    record = {
        "forms": len(found),
        "languages": len({form.lang for form in found}),
        "right": sum(date == form.iso for form, date in found.items()) / len(found),
        "wrong": sum(date not in {"", form.iso} for form, date in found.items()),
        **halves,
        "undated": len(undated),
        "dated": len(dated),
    }
    if given.json:
        print(json.dumps(record))
        return
    print(
        "{forms} forms in {languages} languages: {right:.3f} read (seen {seen:.3f}, unseen {unseen:.3f}), {wrong} read wrong".format(
            **record
        )
    )
    print("{undated} texts without a date: {dated} given one".format(**record))
    if given.mistakes:
        for form, date in found.items():
            if form.half == "seen" and date != form.iso:
                print(form.lang, form.written, form.iso, date or "none", sep="\t")
        for text, date in dated:
            print(date, text.replace("\n", " / "), sep="\t")


if __name__ == "__main__":
    main()
