"""The table of files of an index on a cluster."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from diplo_cli.engines.opensearch_rows import BEFORE, Rows
from diplo_cli.indexing.part import place_of
from diplo_cli.library.manifest import FileTable, Row

PENDING = "pending"  # the outcome of a file whose documents are not committed yet
BATCH = 5_000


class ClusterTable(FileTable):
    """The table as it is on the cluster, with a copy here for as long as it is open: a document's owner is asked for at every document.

    A file that is to be read or removed keeps a row that says so until its documents are committed. `lines`: rows of what sites repeat.
    """

    def __init__(self, rows: Rows, lines: Rows) -> None:
        self._rows, self._lines = rows, lines
        self._folder = TemporaryDirectory(prefix="diplo-files-")
        try:
            super().__init__(Path(self._folder.name), create=True)
            batch: list[Row] = []
            for row in rows.read():
                batch.append(Row(**row | {"ids": tuple(row["ids"])}))
                if len(batch) == BATCH:
                    super().write(batch)
                    batch = []
            super().write(batch)
            super().keep_repeated((host, line) for host, line in lines.read())
        except BaseException:
            self._folder.cleanup()
            raise

    def write(self, rows: Iterable[Row], gone: Iterable[str] = ()) -> None:
        """As FileTable.write, on the cluster first."""
        written, pending = list(rows), [Row(key, "", 0, 0, "", PENDING, "", ()) for key in gone]
        self._rows.write((row.key, place_of(row.key), row._asdict()) for row in (*pending, *written))
        super().write(written, [row.key for row in pending])
        keys = {row.key for row in written}
        super().write(row for row in pending if row.key not in keys)

    def keep_repeated(self, lines: Iterable[tuple[str, str]]) -> None:
        """As FileTable.keep_repeated, on the cluster first."""
        added = list(lines)
        self._lines.write((f"{host}\n{line}", BEFORE, (host, line)) for host, line in added)
        super().keep_repeated(added)

    def forget_pending(self) -> None:
        """Take out the rows of files that were removed: their documents are."""
        gone = [row.key for row in self.rows() if row.outcome == PENDING]
        self._rows.write((), gone)
        super().write((), gone)

    def close(self) -> None:
        """Close it, and remove the copy."""
        super().close()
        self._folder.cleanup()
