"""Where a cluster is, what is sent there, and what is told where it fails; on loopback, without a cluster."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from diplo_cli.engines.base import FORMAT
from diplo_cli.engines.opensearch_indices import described
from diplo_cli.engines.opensearch_place import Credentials, cluster_of, written_from
from diplo_cli.errors import LibraryError
from tests.cluster.double import Asked, Double, doubling, make_certificate
from tests.conftest import Run

PASSWORD = "s3cret-word"
SIGNED = "Basic " + b64encode(f"anna:{PASSWORD}".encode()).decode()
USER = {"DIPLO_OPENSEARCH_USER": "anna", "DIPLO_OPENSEARCH_PASSWORD": PASSWORD}


@pytest.fixture
def double() -> Iterator[Double]:
    with doubling() as one:
        yield one


@pytest.fixture
def home(library: Path) -> Path:
    """A library whose settings name the engine; the user's own settings lie outside of it."""
    (library / "diplo.toml").write_text('engine = "opensearch"\n', encoding="utf-8")
    (library.parent / "own").mkdir()
    return library


def own(home: Path, **more: str) -> dict[str, str]:
    return {"DIPLO_CONFIG": str(home.parent / "own" / "config.toml")} | more


def settings(home: Path, text: str) -> None:
    (home / "diplo.toml").write_text('engine = "opensearch"\n' + text, encoding="utf-8")


def keep_credentials(home: Path, url: str, mode: int = 0o600) -> Path:
    file = home.parent / "own" / "credentials.toml"
    file.write_text(f'["{url}"]\nuser = "anna"\npassword = "{PASSWORD}"\n', encoding="utf-8")
    file.chmod(mode)
    return file


def test_a_url_from_a_library_is_asked_nothing_before_it_is_trusted(diplo: Run, home: Path, double: Double) -> None:
    settings(home, f'url = "{double.url}"\n')
    for arguments in (["search", "Tokayev"], ["list"], ["show", "003"], ["index"], ["index", "--rebuild"]):
        done = diplo(home, *arguments, **own(home, **USER))
        assert (done.returncode, done.stdout) == (2, "")
        assert "not trusted yet" in done.stderr
        assert "diplo index --trust" in done.stderr
    assert double.seen == []
    done = diplo(home, "index", "--trust", **own(home))
    assert (done.returncode, done.stderr) == (0, f"trusted: {double.url}\n")
    assert double.seen == []
    keep_credentials(home, double.url)
    done = diplo(home, "search", "Tokayev", **own(home))
    assert done.returncode == 2
    assert "has no index of the library" in done.stderr
    assert {asked.authorization for asked in double.seen} == {SIGNED}
    with doubling() as other:  # trust is for that url alone
        settings(home, f'url = ["{double.url}", "{other.url}"]\n')
        assert "not trusted yet" in diplo(home, "list", **own(home, **USER)).stderr
        assert other.seen == []


def test_trust_holds_for_the_certificates_that_came_with_the_url(diplo: Run, home: Path, double: Double) -> None:
    (home / "ca.pem").write_text("one", encoding="utf-8")
    settings(home, f'url = "{double.url}"\nca = "ca.pem"\n')
    diplo(home, "index", "--trust", **own(home))
    assert "not trusted yet" not in diplo(home, "list", **own(home)).stderr
    (home / "ca.pem").write_text("another", encoding="utf-8")
    assert "not trusted yet" in diplo(home, "list", **own(home)).stderr


@pytest.mark.parametrize("place", ["environment", "user", "library"])
def test_a_library_chooses_no_index_on_a_cluster_before_it_is_trusted(
    diplo: Run, home: Path, double: Double, tmp_path: Path, place: str
) -> None:
    """Else a stranger's library, or a copy of one's own, would have another library's documents removed."""
    variables, settled = own(home), ""
    if place == "user":
        Path(variables["DIPLO_CONFIG"]).write_text(f'url = "{double.url}"\n', encoding="utf-8")
    elif place == "environment":
        variables["DIPLO_OPENSEARCH_URL"] = double.url
    else:
        settled = f'url = "{double.url}"\n'
        settings(home, settled)
        assert diplo(home, "index", "--trust", **variables).returncode == 0
    keep_credentials(home, double.url)
    settings(home, settled + 'index = "news"\n')
    for arguments in (["search", "Tokayev"], ["index"], ["index", "--rebuild"], ["index", "--check"]):
        done = diplo(home, *arguments, **variables)
        assert (done.returncode, done.stdout) == (2, "")
        assert "chooses the index 'news'" in done.stderr
        assert "diplo index --trust" in done.stderr
    assert double.seen == []
    named = variables | {"DIPLO_OPENSEARCH_INDEX": "news"}  # by the user
    assert "has no index of the library 'news'" in diplo(home, "list", **named).stderr
    done = diplo(home, "index", "--trust", **variables)
    assert (done.returncode, done.stderr) == (0, f"trusted: {double.url} · index news\n")
    assert "has no index of the library 'news'" in diplo(home, "list", **variables).stderr
    shutil.copytree(home, tmp_path / "copy")
    seen = len(double.seen)
    assert "chooses the index 'news'" in diplo(tmp_path / "copy", "index", **variables).stderr
    settings(home, settled + 'index = "other"\n')
    assert "chooses the index 'other'" in diplo(home, "index", **variables).stderr
    assert len(double.seen) == seen


@pytest.mark.parametrize("arguments", [["index"], ["index", "--rebuild"], ["index", "--part", "1/2"]])
def test_another_folder_writes_to_no_index_before_it_is_trusted(diplo: Run, home: Path, arguments: list[str]) -> None:
    """Where the user's own settings name the index, any library may be on it, and what is not in its folder would be removed."""
    held = described(library=written_from(home.with_name("elsewhere")))
    mapping = json.dumps({"diplo.news.000001": {"mappings": {"_meta": held}}}).encode()

    def answering(asked: Asked) -> tuple[int, bytes] | None:
        if "_mapping" in asked.path:
            return 200, mapping
        if asked.path.startswith("/?"):
            return 200, b'{"version": {"number": "2.19.1"}}'
        return (200, b'{"diplo.news.000001": {}}') if asked.path.startswith("/_alias/") else None

    with doubling(answering) as double:
        Path(own(home)["DIPLO_CONFIG"]).write_text(f'url = "{double.url}"\nindex = "news"\n', encoding="utf-8")
        done = diplo(home, *arguments, **own(home))
        assert done.returncode == 2
        assert f"is written from another folder: '{home.with_name('elsewhere')}'" in done.stderr
        assert "diplo index --trust" in done.stderr
        assert {asked.method for asked in double.seen} == {"GET"}
        assert diplo(home, "index", "--trust", **own(home)).returncode == 0
        assert "another folder" not in diplo(home, *arguments, **own(home)).stderr
        assert {asked.method for asked in double.seen} > {"GET"}


def test_an_index_that_another_writer_makes_meanwhile_is_not_another_folders(diplo: Run, home: Path) -> None:
    mapping = json.dumps({"diplo.news.000001": {"mappings": {"_meta": described(library=written_from(home))}}}).encode()

    def answering(asked: Asked) -> tuple[int, bytes] | None:
        if "_mapping" in asked.path:
            return 200, b"{}" if ".0*" in asked.path else mapping
        return (200, b'{"diplo.news.000001": {}}') if asked.path.startswith("/_alias/") else None

    with doubling(answering) as double:
        variables = own(home, DIPLO_OPENSEARCH_URL=double.url, DIPLO_OPENSEARCH_INDEX="news")
        assert "another folder" not in diplo(home, "index", **variables).stderr
        assert any("_refresh" in asked.path for asked in double.seen)  # it went on to the table of files


def test_a_password_of_the_environment_goes_to_the_url_of_the_environment_alone(
    diplo: Run, home: Path, double: Double
) -> None:
    settings(home, f'url = "{double.url}"\n')
    diplo(home, "index", "--trust", **own(home))
    done = diplo(home, "list", **own(home, **USER))
    assert done.returncode == 2
    assert "goes to no other cluster than that of DIPLO_OPENSEARCH_URL" in done.stderr
    assert "credentials.toml" in done.stderr
    assert PASSWORD not in done.stderr
    assert double.seen == []
    diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=double.url, **USER))
    assert [asked.authorization for asked in double.seen] == [SIGNED]


@pytest.mark.parametrize("place", ["environment", "user"])
def test_a_url_of_the_users_own_needs_no_trust(diplo: Run, home: Path, double: Double, place: str) -> None:
    variables = own(home)
    if place == "user":
        Path(variables["DIPLO_CONFIG"]).write_text(f'url = "{double.url}"\n', encoding="utf-8")
    else:
        settings(home, 'url = "http://127.0.0.1:1"\n')
        variables["DIPLO_OPENSEARCH_URL"] = double.url
    done = diplo(home, "list", **variables)
    assert "has no index of the library" in done.stderr
    assert [asked.authorization for asked in double.seen] == [""]


def test_credentials_of_a_file_go_to_their_host_alone(diplo: Run, home: Path, double: Double) -> None:
    file = keep_credentials(home, double.url, 0o644)
    done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=double.url))
    assert done.returncode == 2
    assert "can be read by others" in done.stderr
    assert "chmod 600" in done.stderr
    assert double.seen == []
    file.chmod(0o600)
    diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=double.url))
    assert {asked.authorization for asked in double.seen} == {SIGNED}
    with doubling() as other:
        diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=other.url))
        assert {asked.authorization for asked in other.seen} == {""}


def test_credentials_of_a_file_are_given_for_each_url(home: Path) -> None:
    urls = ("http://127.0.0.1:9201", "http://127.0.0.1:9202")
    variables = own(home, DIPLO_OPENSEARCH_URL=" ".join(urls))
    file = home.parent / "own" / "credentials.toml"
    file.touch(0o600)
    for first, second, fits in (("a", "a", True), ("a", "b", False), ("a", "", False), ("", "", True)):
        tables = [
            f'["{url}/"]\nuser = "anna"\npassword = "{word}"\n'
            for url, word in zip(urls, (first, second), strict=True)
            if word
        ]
        file.write_text("".join(tables), encoding="utf-8")
        if fits:
            found = cluster_of(home, variables).credentials
            assert (found is not None) == bool(first)
        else:
            with pytest.raises(LibraryError, match="for each url"):
                cluster_of(home, variables)


@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_are_one_line_without_them(diplo: Run, home: Path, status: int, debug: str) -> None:
    with doubling(lambda _: (status, b'{"error": {"reason": "no\\u001b[31m \\u202epermission"}}')) as double:
        variables = own(home, DIPLO_OPENSEARCH_URL=double.url, DIPLO_DEBUG=debug, **USER)
        for arguments in (["search", "Tokayev", "--explain"], ["index"]):
            done = diplo(home, *arguments, **variables)
            assert done.returncode == 2
            assert "refuses these credentials" in done.stderr
            assert "Traceback" not in done.stderr
            told = done.stderr + done.stdout
            assert PASSWORD not in told
            assert SIGNED.split()[1] not in told
            assert "\x1b" not in told
            assert "\u202e" not in told
            assert len(done.stderr.splitlines()) <= 2


def test_a_redirect_is_not_followed(diplo: Run, home: Path) -> None:
    with doubling() as other, doubling(lambda _: (302, other.url.encode())) as double:
        done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=double.url, **USER))
        assert done.returncode == 2
        assert "leads elsewhere" in done.stderr
        assert other.seen == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"https://anna:{PASSWORD}@host:9200", "holds no user or password"),
        ("host:9200", "is not the url of a cluster"),
        ("file:///etc/passwd", "is not the url of a cluster"),
        ("https://ho\x1b[31mst", "is not the url of a cluster"),
        ("https://host:99999999", "is not the url of a cluster"),
        (",", "names no cluster"),
    ],
)
def test_what_is_no_url_is_refused(diplo: Run, home: Path, url: str, told: str) -> None:
    done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=url))
    assert done.returncode == 2
    assert told in done.stderr
    assert PASSWORD not in done.stderr
    assert "\x1b" not in done.stderr


def test_credentials_never_go_over_a_network_in_clear(diplo: Run, home: Path) -> None:
    done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL="http://192.0.2.1:9200", **USER))
    assert done.returncode == 2
    assert "in clear" in done.stderr


def test_no_url_says_what_to_write(diplo: Run, home: Path) -> None:
    done = diplo(home, "list", **own(home))
    assert done.returncode == 2
    assert 'write url = "https://…" into diplo.toml' in done.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("url = 3", "url is neither"),
        ('url = ["a", 3]', "url is neither"),
        ("shards = 0", "shards is not a number from 1"),
        ("replicas = true", "replicas is not a number from 0"),
        ("ca = []", "ca is not a string"),
        ("index = 7", "index is not a string"),
    ],
)
def test_wrong_settings_are_named(diplo: Run, home: Path, line: str, told: str) -> None:
    settings(home, line)
    done = diplo(home, "list", **own(home))
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize("name", ["News", "../x", "a.b", "*", "-a", "x" * 101])
def test_a_name_that_is_none_is_refused(home: Path, name: str) -> None:
    with pytest.raises(LibraryError, match="cannot name an index"):
        cluster_of(home, own(home, DIPLO_OPENSEARCH_URL="http://localhost:1", DIPLO_OPENSEARCH_INDEX=name))


def test_libraries_of_one_name_have_indices_of_their_own(tmp_path: Path) -> None:
    variables = {"DIPLO_OPENSEARCH_URL": "http://localhost:1", "DIPLO_CONFIG": str(tmp_path / "none.toml")}
    first, second = (cluster_of(tmp_path / each / "My News", variables) for each in ("a", "b"))
    assert first.name != second.name
    assert first.name.startswith("my-news-")


def test_credentials_are_never_shown() -> None:
    assert PASSWORD not in repr(Credentials.basic("anna", PASSWORD))
    assert PASSWORD not in f"{Credentials.basic('anna', PASSWORD)}"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_certificates_are_verified_and_an_own_authority_can_be_named(diplo: Run, home: Path, tmp_path: Path) -> None:
    with doubling(certificate=make_certificate(tmp_path)) as double:
        done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=double.url, **USER))
        assert done.returncode == 2
        assert "is not trusted" in done.stderr
        assert "ca = " in done.stderr
        assert double.seen == []
        ca = str(tmp_path / "ca.pem")
        done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=double.url, DIPLO_OPENSEARCH_CA=ca, **USER))
        assert "has no index of the library" in done.stderr
        assert {asked.authorization for asked in double.seen} == {SIGNED}
        bad = str(home / "diplo.toml")
        done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=double.url, DIPLO_OPENSEARCH_CA=bad))
        assert "cannot be used as certificates" in done.stderr


def test_a_cluster_that_is_down_or_silent_is_told_in_ten_seconds(diplo: Run, home: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        for port in (1, silent.getsockname()[1]):
            for arguments in (["search", "x"], ["index"]):
                began = time.monotonic()
                done = diplo(home, *arguments, **own(home, DIPLO_OPENSEARCH_URL=f"http://127.0.0.1:{port}"))
                assert time.monotonic() - began <= 15  # 10, and a loaded machine
                assert done.returncode == 2
                assert "cannot be reached" in done.stderr
                assert len(done.stderr.splitlines()) == 2


def test_what_is_no_opensearch_is_told(diplo: Run, home: Path) -> None:
    with doubling(lambda _: (200, b"<html>")) as double:
        done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=double.url))
        assert done.returncode == 2
        assert "is no OpenSearch" in done.stderr


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ({"format": 99}, "is of format 99"),
        ({"format": FORMAT, "analysis": -1}, "another version of diplo"),
        ({}, "unknown"),
    ],
)
def test_an_index_of_another_version_is_one_clear_line(diplo: Run, home: Path, held: dict[str, int], told: str) -> None:
    answer = json.dumps({"diplo.x.000001": {"mappings": {"_meta": held}}}).encode()
    with doubling(lambda _: (200, answer)) as double:
        done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=double.url))
        assert done.returncode == 2
        assert told in done.stderr
        assert "diplo index --rebuild" in done.stderr


def test_a_busy_cluster_is_asked_again(diplo: Run, home: Path) -> None:
    answers = iter([(503, b""), (429, b"{}"), (502, b"<html>"), (0, b""), (404, b"{}")])
    with doubling(lambda _: next(answers)) as double:
        done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=double.url))
        assert "has no index of the library" in done.stderr
        assert len(double.seen) == 5


def test_a_node_that_is_down_is_passed_over(diplo: Run, home: Path, double: Double) -> None:
    done = diplo(home, "list", **own(home, DIPLO_OPENSEARCH_URL=f"http://127.0.0.1:1, {double.url}"))
    assert "has no index of the library" in done.stderr
    assert [asked.method for asked in double.seen] == ["GET"]


def test_a_search_on_a_cluster_loads_nothing_that_reads_files(home: Path, double: Double) -> None:
    script = """
import os, sys
from pathlib import Path
from diplo_cli.errors import IndexBrokenError
from diplo_cli.indexing.opening import open_index
from diplo_cli.library.locate import open_library
try:
    open_index(open_library(Path(sys.argv[1])), print, variables=os.environ)
except IndexBrokenError:
    heavy = ("diplo_cli.reading", "diplo_cli.language", "diplo_cli.countries", "tantivy", "whoosh", "rich")
    sys.exit(" ".join(each for each in sys.modules if each.startswith(heavy)))
"""
    variables = {**os.environ, **own(home, DIPLO_OPENSEARCH_URL=double.url)}
    done = subprocess.run(
        [sys.executable, "-c", script, home], env=variables, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "\n")
    assert len(double.seen) == 1


def test_the_engine_goes_without_its_library_until_it_is_used(diplo: Run, home: Path) -> None:
    def unused(_: Asked) -> tuple[int, bytes]:
        raise AssertionError

    with doubling(unused) as double:
        done = diplo(home, "inspect", str(next((home / "seeds").iterdir())), DIPLO_OPENSEARCH_URL=double.url)
        assert done.returncode == 0
        assert double.seen == []
