"""What `stats`, `pairs` and `timeline` share: how counts are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from diplo_cli.cli import options as o
from diplo_cli.engines.base import Engine
from diplo_cli.environment import Environment
from diplo_cli.render import records
from diplo_cli.render.message import warn


class Printed(NamedTuple):
    """How to print counts. `form`: "auto" (a terminal's or plain records), "json", "jsonl"; `limit` None: not stated, 0: all."""

    form: str
    limit: int | None
    fields: str
    header: bool
    color: str

    def for_person(self, environment: Environment) -> bool:
        """Whether to lay them out for a person: unless records are asked for."""
        return o.for_person(environment, self.form, self.color) and not (self.header or self.fields)


def show_counts(
    environment: Environment,
    printed: Printed,
    engine: Engine,
    whole: Mapping[str, Any],
    rows: tuple[str, Sequence[records.Record], Sequence[str]],
    page: Callable[[], None],
) -> int:
    """Print counts; returns the exit status: something is found where there is a row.

    `engine`: what was asked; `whole`: the object's fields beside its rows, the number of documents that answer among them as "total"; `rows`:
    their name in it, the records, and the records' fields; `page` prints them for a person.
    """
    name, counted, known = rows
    total, out = whole["total"], environment.stdout
    fields = records.choose_fields(printed.fields, known)
    if printed.for_person(environment):
        if total:
            page()
        else:
            warn(environment, "nothing found")
        return o.status(counted, engine)
    if printed.limit:
        counted = counted[: printed.limit]
    if printed.form == "json":
        from diplo_cli.render.json import write_object

        write_object(
            out,
            {
                **whole,
                **records.partial(engine.unanswered > 0),
                name: [records.keep_fields(each, fields) for each in counted],
            },
        )
    elif printed.form == "jsonl":
        from diplo_cli.render.json import write_lines

        write_lines(out, (records.keep_fields(each, fields) for each in counted))
    else:
        from diplo_cli.render.plain import write_records

        write_records(out, counted, fields=fields or known, header=printed.header)
    return o.status(counted, engine)
