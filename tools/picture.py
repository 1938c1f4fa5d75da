"""Draws what a command prints on a terminal as a web page, for a look at it and for the README's picture.

python tools/picture.py PAGE.html COLUMNS COMMAND…    then: chromium --headless --screenshot=docs/search.png PAGE.html
"""

from __future__ import annotations

import io
import os
import pty
import struct
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, MONOKAI
from rich.text import Text

PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>{{stylesheet}}
body {{{{ color: {{foreground}}; background: {{background}}; margin: 16px; }}}}
pre {{{{ font: 15px/1.35 "DejaVu Sans Mono", "Noto Sans Mono", "Noto Sans Arabic", monospace; }}}}
.prompt {{{{ opacity: 0.6; }}}}</style><body><pre><span class="prompt">$ {command}</span>
{{code}}</pre></body>"""


def screen(command: list[str], columns: int) -> str:
    """What the command prints on a terminal of so many columns."""
    import fcntl
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 60, columns, 0, 0))
    variables = os.environ | {"TERM": "xterm-256color", "PAGER": "cat"}
    output = b""
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=variables):
        os.close(slave)
        try:
            while part := os.read(master, 65536):
                output += part
        except OSError:  # the other side is closed
            pass
    os.close(master)
    return output.decode("utf-8").replace("\r\n", "\n")


def main() -> None:
    """Write the page."""
    page, columns, *command = sys.argv[1:]
    theme = DEFAULT_TERMINAL_THEME if os.environ.get("LIGHT") else MONOKAI
    console = Console(
        record=True, width=int(columns) + 2, file=io.StringIO(), color_system="truecolor", force_terminal=True
    )
    console.print(Text.from_ansi(screen(command, int(columns))), soft_wrap=True)
    shown = " ".join([Path(command[0]).name, *command[1:]])
    Path(page).write_text(
        console.export_html(theme=theme, code_format=PAGE.format(command=shown), inline_styles=True), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
