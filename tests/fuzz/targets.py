"""What atheris drives: python -m tests.fuzz.targets TARGET CORPUS… [options of libFuzzer]

Each target takes any bytes and may answer, or refuse with one of diplo's own errors; anything else is a finding. `opening` gives the bytes to begin with.
Branches taken in diplo_cli steer what is tried next, which is what hypothesis (tests/reading/test_hostile_files.py, tests/query) does not do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress

from diplo_cli.errors import DiploError
from tests.reading.written import ATOM, RSS, WORD, docx, gzipped, mail, mailbox, pdf, zipped

Target = Callable[[bytes], None]

_PAGE = b'<html lang="kk"><head><meta charset="windows-1251"><title>A</title></head><body><p>Astana, 3 May 2024</p></body></html>'
_LINES = "Қазақстан\n\nAstana, 3 May 2024 (Agency) — The ministers met.\nRead also: Trade\n© 2024\n".encode()
_MAIL = mail("Kenya", "Kenya and Norway met.", page="<p>Oslo</p>")


def _read(name: str) -> Target:
    def run(data: bytes) -> None:
        from diplo_cli.reading.read import read_bytes

        with suppress(DiploError):
            list(read_bytes(data, name))

    return run


def _word(data: bytes) -> None:
    """The XML inside an archive: its bytes would seldom survive the checksum of a changed archive."""
    _read("a.docx")(zipped({"word/document.xml": data}))


def _structure(data: bytes) -> None:
    from diplo_cli.reading.structure import structure

    found = structure(data.decode(errors="replace"))
    for line in found.dropped:
        assert line.reason


def _query(data: bytes) -> None:
    from diplo_cli.query.describe import describe
    from diplo_cli.query.parser import parse

    with suppress(DiploError):
        describe(parse(data.decode(errors="replace")))


def _analysis(data: bytes) -> None:
    from diplo_cli.language import identify
    from diplo_cli.text.analysis import analyse

    text = data.decode(errors="replace")
    analyse(text, identify(text).tag)


TARGETS: dict[str, tuple[Target, tuple[bytes, ...]]] = {
    "text": (_read("a.txt"), (_LINES, _LINES.decode().encode("utf-16"), "Осло".encode("koi8-r"))),
    "webpage": (_read("a.html"), (_PAGE,)),
    "mail": (_read("a.eml"), (_MAIL,)),
    "mailbox": (_read("a.mbox"), (mailbox([_MAIL, _MAIL]),)),
    "feed": (_read("a.rss"), (RSS.format(encoding="utf-8").encode(), ATOM.encode())),
    "jsonl": (_read("a.jsonl"), (b'{"id": "a", "text": "Kenya", "date": "2024-05-01", "lang": "en"}\n{"text": 1}\n',)),
    "table": (_read("a.csv"), (b'title,text,date\n"A, b",Kenya,2024-05-01\n', b"title;text\nA;Kenya\n")),
    "compressed": (_read("a.txt.gz"), (gzipped(b"Kenya"),)),
    "archive": (_read("a.zip"), (zipped({"a.txt": "Kenya", "b/c.html": _PAGE}), docx(["Kenya"]))),
    "pdf": (_read("a.pdf"), (pdf(["Kenya"]),)),
    "word": (_word, (f'<w:document xmlns:w="{WORD}"><w:p><w:t>Kenya</w:t></w:p></w:document>'.encode(),)),
    "structure": (_structure, (_LINES,)),
    "query": (_query, (b'lang:ar "a b" OR (tok* -x) =w date:2024..2025-01 tokaev~',)),
    "analysis": (_analysis, (_LINES, "北京与阿斯塔纳 托卡耶夫".encode())),
}


def opening(target: str) -> tuple[bytes, ...]:
    """The first inputs of a target."""
    return TARGETS[target][1]


def main() -> None:
    """Fuzz one target: the first argument names it, the rest is libFuzzer's."""
    import atheris

    target = sys.argv.pop(1)
    with atheris.instrument_imports(include=["diplo_cli"], enable_loader_override=False):
        for data in opening(target):
            TARGETS[target][0](data)
    atheris.Setup(sys.argv, TARGETS[target][0])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
