"""A real cluster for the tests: three nodes of OpenSearch's own server on loopback, a process each; or any other that DIPLO_OPENSEARCH_URL names."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NODES = 3
STARTING = 180.0  # seconds
RUN = f"test-{os.urandom(6).hex()}"  # begins the names of this run's libraries: what other runs have on a cluster is not touched


class Nodes:
    """A running cluster. `urls` of its nodes; `stop` and `start` one of them, from 0, where the tests started it."""

    def __init__(self, urls: list[str], begin: Callable[[int], subprocess.Popen[bytes]] | None = None) -> None:
        self.urls = urls
        self._begin = begin
        self._processes = {number: begin(number) for number in range(len(urls))} if begin else {}

    @property
    def ours(self) -> bool:
        return self._begin is not None

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
        """Kill a node, as a machine fails: it says good-bye to nobody."""
        process = self._processes.pop(node)
        process.kill()
        process.wait()

    def start(self, node: int) -> None:
        assert self._begin is not None
        self._processes[node] = self._begin(node)
        self.up()
        self.whole()

    def up(self) -> None:
        """Wait until every node is there."""
        self._until(lambda: bool(self.ask("_cluster/health")["number_of_nodes"] == NODES))

    def sweep(self) -> None:
        """Remove the indices and templates of this run, each by its whole name."""
        for index in self.ask(f"_cat/indices/diplo.{RUN}-*?format=json&h=index"):
            self.ask(index["index"], "DELETE")
        for template in self.ask(f"_index_template/diplo.{RUN}-*")["index_templates"]:
            self.ask(f"_index_template/{template['name']}", "DELETE")

    def end(self) -> None:
        for process in self._processes.values():
            process.kill()
            process.wait()

    def whole(self) -> None:
        """Wait until every shard has its copies."""
        self._until(lambda: self.ask("_cluster/health")["status"] == "green")

    def _until(self, holds: Any) -> None:
        end = time.monotonic() + STARTING
        while True:
            try:
                if holds():
                    return
            except (OSError, http.client.HTTPException):
                pass
            for process in self._processes.values():
                if process.poll() is not None:
                    raise RuntimeError(f"OpenSearch ended with status {process.returncode}")
            if time.monotonic() > end:
                raise TimeoutError("the cluster did not come to that")
            time.sleep(0.2)


def new_name() -> str:
    """A name for a library that no other test uses, of this run or another."""
    return f"{RUN}-{os.urandom(6).hex()}"


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
        path = classes.read_text(encoding="utf-8")

        def begin(number: int) -> subprocess.Popen[bytes]:
            node = [
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                path,
                str(HERE / "Node.java"),
            ]  # half the CPU of a start
            place = [f"{folder}/{number}", str(port), str(number + 1), str(NODES)]
            with Path(folder, f"log-{number}").open("ab") as log:
                return subprocess.Popen(["java", *node, *place], stdout=log, stderr=log, cwd=folder)

        nodes = Nodes([f"http://127.0.0.1:{port + number}" for number in range(1, NODES + 1)], begin)
        try:
            nodes.up()
            yield nodes
        finally:
            nodes.end()


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
