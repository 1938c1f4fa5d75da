"""Libraries to test on, and the installed command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diplo_cli.engines.base import CLUSTER, EMBEDDED
from diplo_cli.engines.opensearch_place import Cluster
from tests.cluster.running import Nodes, missing, new_name, running

# Run in the background of a script, all of this ignores Ctrl-C, and so would each command that a test stops by it.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
BIN = Path(sys.executable).parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment_for(library: Path, **extra: str) -> dict[str, str]:
    """Variables for a run on `library`, free of the tester's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DIPLO_", "LC_", "LANG"))}
    kept.pop("NO_COLOR", None)
    kept.pop("COLUMNS", None)
    kept |= {"PATH": f"{BIN}{os.pathsep}{kept.get('PATH', '')}", "DIPLO_LIBRARY": str(library), "LANG": "C.UTF-8"}
    return kept | {"DIPLO_CONFIG": str(library / "user.toml")} | extra


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the five seeds, indexed once; tests only read it."""
    home = tmp_path_factory.mktemp("seeds")
    shutil.copytree(SEEDS, home / "seeds")
    (home / "index").mkdir()
    subprocess.run([BIN / "diplo", "index"], env=environment_for(home), check=True, capture_output=True)
    return home


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of the five seeds of the test's own, not indexed yet."""
    shutil.copytree(SEEDS, tmp_path / "library" / "seeds")
    (tmp_path / "library" / "index").mkdir()
    return tmp_path / "library"


@pytest.fixture(scope="session")
def diplo() -> Run:
    """Run the installed command: `diplo(library, "search", "Tokayev", stdin="…", COLUMNS="80")`."""

    def run(
        library: Path, *arguments: str, stdin: str = "", cwd: Path | None = None, **extra: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BIN / "diplo", *arguments],
            input=stdin,
            env=environment_for(library, **extra),
            cwd=cwd or library,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def shell() -> Run:
    """Run a line of shell with `diplo` on PATH, as a user's script does."""

    def run(library: Path, line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            env=environment_for(library),
            cwd=library,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def terminal() -> Callable[..., tuple[str, int]]:
    """Run the command on a pseudo-terminal: `terminal(library, "search", "Tokayev", columns=80)` -> (screen, exit status)."""

    def run(library: Path, *arguments: str, columns: int = 80, **extra: str) -> tuple[str, int]:
        import fcntl
        import pty
        import struct
        import termios

        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        variables = environment_for(library, **({"TERM": "xterm-256color", "PAGER": "cat"} | extra))
        with subprocess.Popen(
            [BIN / "diplo", *arguments], stdin=slave, stdout=slave, stderr=slave, env=variables, cwd=library
        ) as process:
            os.close(slave)
            output = b""
            while True:
                try:
                    part = os.read(master, 65536)
                except OSError:  # the other side is closed
                    break
                if not part:
                    break
                output += part
        os.close(master)
        return output.decode("utf-8").replace("\r\n", "\n"), process.returncode

    return run


Place = Callable[[str], Path | Cluster]
ENGINES = (*EMBEDDED, pytest.param(CLUSTER, marks=pytest.mark.cluster))


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Where an engine may have an index of its own."""

    def make(name: str) -> Path | Cluster:
        folder = tmp_path_factory.mktemp("index") / "of" / name
        if name in EMBEDDED:
            return folder
        return Cluster(tuple(request.getfixturevalue("nodes").urls), new_name(), shards=2)

    return make


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes]:
    """A cluster; its indices of tests are removed after. Skips, with the reason, where none can be started."""
    if reason := missing():
        pytest.skip(reason)
    with running() as cluster:
        yield cluster
        if not cluster.ours:
            cluster.sweep()
