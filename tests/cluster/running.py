"""A real cluster for the tests: three nodes of OpenSearch's own server in one JVM, on loopback; or any other that DIPLO_OPENSEARCH_URL names."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NODES = 3
STARTING = 180.0  # seconds


class Nodes:
    """A running cluster. `urls` of its nodes; `stop` and `start` one of them, from 0, where the tests started it."""

    def __init__(self, urls: list[str], process: subprocess.Popen[str] | None = None) -> None:
        self.urls = urls
        self._process = process

    @property
    def ours(self) -> bool:
        return self._process is not None

    def ask(self, path: str, method: str = "GET", body: Any = None, node: int = 0) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.urls[node]}/{path}", data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"{}")

    def ask_lines(self, path: str, lines: bytes) -> Any:
        """A bulk, as the tests' double passes it on."""
        request = urllib.request.Request(self.urls[0] + path, lines, {"Content-Type": "application/x-ndjson"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def stop(self, node: int) -> None:
        self._say(f"stop {node}")
        self._until(lambda: not _listens(self.urls[node]))

    def start(self, node: int) -> None:
        self._say(f"start {node}")
        self._until(lambda: self.ask("_cluster/health")["number_of_nodes"] == NODES)
        self.whole()

    def whole(self) -> None:
        """Wait until every shard has its copies."""
        self._until(lambda: self.ask("_cluster/health")["status"] == "green")

    def _say(self, line: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _until(self, holds: Any) -> None:
        end = time.monotonic() + STARTING
        while True:
            try:
                if holds():
                    return
            except OSError:
                pass
            if time.monotonic() > end:
                raise TimeoutError("the cluster did not come to that")
            time.sleep(0.2)


def new_name() -> str:
    """A name for a library that no other test uses."""
    return f"test-{os.urandom(6).hex()}"


def missing() -> str:
    """Why no cluster can be started here, "" where one can."""
    if os.environ.get("DIPLO_OPENSEARCH_URL"):
        return ""
    absent = [name for name in ("java", "mvn") if shutil.which(name) is None]
    return f"no {' and no '.join(absent)} to start OpenSearch with, and no DIPLO_OPENSEARCH_URL" if absent else ""


@contextmanager
def running() -> Iterator[Nodes]:
    """The cluster that DIPLO_OPENSEARCH_URL names, else one of three nodes, ended when the block ends."""
    stated = os.environ.get("DIPLO_OPENSEARCH_URL", "").replace(",", " ").split()
    if stated:
        yield Nodes(stated)
        return
    with tempfile.TemporaryDirectory(prefix="diplo-cluster-") as folder:
        classes = Path(folder, "classpath")
        subprocess.run(
            ["mvn", "-q", "-B", "-f", HERE / "pom.xml", "dependency:build-classpath", f"-Dmdep.outputFile={classes}"],
            check=True,
            timeout=600,
        )
        port = _free_ports()
        with (
            Path(folder, "log").open("w", encoding="utf-8") as log,
            subprocess.Popen(
                [
                    "java",
                    "-Xmx1g",
                    "-cp",
                    classes.read_text(),
                    HERE / "Cluster.java",
                    f"{folder}/nodes",
                    str(port),
                    str(NODES),
                ],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                text=True,
                cwd=folder,
            ) as process,
        ):
            nodes = Nodes([f"http://127.0.0.1:{port + number}" for number in range(1, NODES + 1)], process)
            try:
                nodes._until(lambda: _up(nodes, process))
                yield nodes
            finally:
                process.kill()


def _up(nodes: Nodes, process: subprocess.Popen[str]) -> bool:
    if process.poll() is not None:
        raise RuntimeError(f"OpenSearch ended with status {process.returncode}")
    return bool(nodes.ask("_cluster/health")["number_of_nodes"] == NODES)


def _listens(url: str) -> bool:
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def _free_ports() -> int:
    """The number before ports that are free: for HTTP, and 100 further on for the nodes among themselves."""
    for base in range(19_200, 29_000, 7):
        wanted = [base + number + between for number in range(1, NODES + 1) for between in (0, 100)]
        if not any(_listens(f"http://127.0.0.1:{port}") for port in wanted):
            return base
    raise RuntimeError("no free ports")
