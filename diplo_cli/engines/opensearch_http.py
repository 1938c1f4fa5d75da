"""Requests to a cluster: which node, how often, for how long, and what to tell where it fails.

urllib3 and not opensearch-py: the latter takes three times the CPU of a whole search to import (docs/choices.md), and
of its clients a dozen calls would be used.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from diplo_cli.engines.opensearch_place import Cluster
from diplo_cli.errors import DiploError, IndexBrokenError, LibraryError, extra_hint

if TYPE_CHECKING:
    import ssl

Json = dict[str, Any]
BUSY = (429, 502, 503, 504)  # answers that another attempt may better
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 10.0  # seconds before the next attempt, at the most; a random part of it is waited
CONNECTING = 3.0  # seconds for a node to take a connection
LONGEST_REASON = 200  # characters of a cluster's own words that are shown


class Patience(NamedTuple):
    """How long to wait, in seconds: for one answer, and in all until an answer comes; where the first is longer, for attempts alone."""

    answer: float
    all: float


READING = Patience(30.0, 9.0)
OPENING = Patience(4.0, 8.0)  # whoever does not answer the first question in this time is no cluster
WRITING = Patience(60.0, 300.0)  # a node that is lost is replaced in a minute or so; its answers may be lost with it
DELETING = Patience(60.0, 1_800.0)


class ClusterError(DiploError):
    """A cluster that cannot be reached, refuses, or is too busy."""


class MissingError(DiploError):
    """What was asked for is not there: status 404."""


class RefusedError(DiploError):
    """A request that the cluster finds wrong; `kind` is its name for that, `status` HTTP's."""

    def __init__(self, message: str, hint: str, kind: str, status: int) -> None:
        super().__init__(message, hint)
        self.kind = kind
        self.status = status


class Client:
    """Asks the nodes of a cluster, one after the other where one does not answer."""

    def __init__(self, cluster: Cluster) -> None:
        try:
            import urllib3
        except ImportError as error:
            raise LibraryError("the engine opensearch needs urllib3", extra_hint("cluster")) from error
        self.cluster = cluster
        self._node = 0
        self._pool = urllib3.PoolManager(retries=False, ssl_context=_tls(cluster))
        self._headers = {"Content-Type": "application/json"}
        if cluster.credentials is not None:
            self._headers["Authorization"] = cluster.credentials.header

    @property
    def where(self) -> str:
        """The cluster in messages."""
        return self.cluster.urls[self._node % len(self.cluster.urls)]

    def ask(
        self,
        method: str,
        path: str,
        body: Json | bytes | None = None,
        patience: Patience = READING,
        **parameters: str,
    ) -> Json:
        """The answer to a request. `body` as bytes: lines of JSON. Any request may be sent twice: all of diplo's come to the same.

        Raises MissingError, RefusedError, ClusterError.
        """
        from urllib.parse import urlencode

        sent = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        target = path + ("?" + urlencode(parameters) if parameters else "")
        began, pause = time.monotonic(), FIRST_PAUSE
        while True:
            left = patience.all - (time.monotonic() - began)
            seconds = patience.answer if patience.answer > patience.all else max(0.1, min(patience.answer, left))
            status, found = self._once(method, target, sent, seconds)
            if status == 0 or status in BUSY:
                pause = min(pause * 2, LONGEST_PAUSE)
                wait = random.uniform(0.1, 1.0) * pause  # noqa: S311 (so that writers do not come back together)
                if time.monotonic() - began + wait < patience.all:
                    self._node += status == 0 or status != 429
                    time.sleep(wait)
                    continue
                raise self._unavailable(status, found)
            if 200 <= status < 300:
                return found
            raise self._refusal(status, found)

    @contextmanager
    def understood(self) -> Iterator[None]:
        """For reading answers: what is not of their shape is told as any trouble with the cluster is. Raises ClusterError."""
        try:
            yield
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            raise self._stranger() from error

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def _once(self, method: str, target: str, body: bytes | None, seconds: float) -> tuple[int, Json]:
        """Status and answer; status 0 where no node answers in so many seconds, with the reason."""
        import urllib3
        from urllib3.exceptions import HTTPError, NewConnectionError, SSLError, TimeoutError  # noqa: A004

        timeout = urllib3.Timeout(connect=min(CONNECTING, seconds), read=seconds)
        url = self.where
        try:
            response = self._pool.request(
                method, f"{url}/{target}", body=body, headers=self._headers, timeout=timeout, redirect=False
            )
        except SSLError as error:
            raise ClusterError(
                f"the certificate of {url} is not trusted: {_reason(str(error))}",
                'name the file of its authority: ca = "…" beside url, or DIPLO_OPENSEARCH_CA',
            ) from None
        except TimeoutError:
            return 0, {"error": "it does not answer"}
        except NewConnectionError as error:
            return 0, {"error": str(error).rpartition(": ")[2]}
        except HTTPError as error:
            return 0, {"error": type(error).__name__}
        try:
            found = json.loads(response.data) if response.data else {}
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            return response.status, found
        if response.status >= 300 and response.status != 400:  # of a proxy in between
            return response.status, {}
        raise self._stranger()

    def _stranger(self) -> ClusterError:
        return ClusterError(f"what answers at {self.where} is no OpenSearch", "is the url right?")

    def _unavailable(self, status: int, found: Json) -> DiploError:
        if status:
            return ClusterError(
                f"the cluster at {self.where} is too busy or not whole ({status}): {told(found)}",
                "try again later",
            )
        return ClusterError(
            f"the cluster at {self.where} cannot be reached: {_reason(str(found['error']))}",
            "is it up, and the url right?",
        )

    def _refusal(self, status: int, found: Json) -> DiploError:
        if status in (401, 403):
            given = self.cluster.credentials is not None
            return ClusterError(
                f"the cluster at {self.where} refuses {'these' if given else 'a request without'} credentials"
                + (f": {told(found)}" if status == 403 and found else ""),
                "check them: DIPLO_OPENSEARCH_USER and DIPLO_OPENSEARCH_PASSWORD beside DIPLO_OPENSEARCH_URL, or credentials.toml",
            )
        if status == 404:
            return MissingError(f"{self.where} has no such thing: {told(found)}")
        if 300 <= status < 400:
            return ClusterError(f"{self.where} leads elsewhere ({status})", "write the url where the cluster itself is")
        kind = found.get("error")
        kind = str(kind.get("type", "")) if isinstance(kind, dict) else ""
        return RefusedError(f"the cluster at {self.where} refuses ({status}): {told(found)}", "", kind, status)


def no_index(cluster: Cluster) -> IndexBrokenError:
    """The error where a cluster has no index of a library."""
    return IndexBrokenError(
        f"{cluster.urls[0]} has no index of the library {cluster.name!r}",
        'run: diplo index; or name it: index = "…" in diplo.toml',
    )


def told(found: Mapping[str, Any]) -> str:
    """A cluster's own words for what is wrong, whatever their shape."""
    error = found.get("error", "")
    if isinstance(error, dict):
        causes = error.get("root_cause")
        first = causes[0] if isinstance(causes, list) and causes and isinstance(causes[0], dict) else {}
        error = first.get("reason") or error.get("reason") or error.get("type", "")
    return (_reason(error) if isinstance(error, str) else "") or "it does not say why"


def _reason(text: str) -> str:
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return plain[:LONGEST_REASON]


def _tls(cluster: Cluster) -> ssl.SSLContext | None:
    if not any(url.startswith("https:") for url in cluster.urls):
        return None
    import ssl

    try:
        return ssl.create_default_context(cafile=str(cluster.ca) if cluster.ca else None)
    except (OSError, ssl.SSLError) as error:
        raise LibraryError(
            f"{cluster.ca} cannot be used as certificates: {_reason(str(error))}", "ca names a file in PEM"
        ) from None
