"""Writing a library's small files: whole or not at all, and never through a link that came with an untrusted library."""

from __future__ import annotations

import os
from pathlib import Path


def replace_file(path: Path, text: str) -> None:
    """Put `text` in place of what `path` holds, at once for every later reader. A link at `path` is replaced, not followed. Raises OSError."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    temporary.unlink(missing_ok=True)  # of a run that was killed; or planted
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)  # the umask applies
    try:
        with open(descriptor, "w", encoding="utf-8") as stream:  # noqa: PTH123 (of a descriptor)
            stream.write(text)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
