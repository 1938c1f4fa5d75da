"""What users put into shell scripts, run through a shell."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Run


def test_cut(shell: Run, seeds: Path) -> None:
    done = shell(seeds, "diplo search Tokayev | cut -f1 | sort | cut -c1-3")
    assert done.stdout.split() == ["000", "001", "002", "004"]


def test_a_json_reader(shell: Run, seeds: Path) -> None:
    reader = "import json,sys; [print(hit['id'][:3]) for hit in json.load(sys.stdin)['hits']]"
    done = shell(seeds, f'diplo search Tokayev --json | python3 -c "{reader}" | sort')
    assert done.stdout.split() == ["000", "001", "002", "004"]


def test_ids_into_summary(shell: Run, seeds: Path) -> None:
    done = shell(seeds, "diplo search Tokayev --ids | diplo summary - --jsonl")
    summaries = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted(each["id"][:3] for each in summaries) == ["000", "001", "002", "004"]
    assert all(len(each["sentences"]) == 3 for each in summaries)


def test_paths_into_xargs(shell: Run, seeds: Path) -> None:
    done = shell(seeds, "diplo search Tokayev -0 --paths | xargs -0 wc -w | tail -1")
    assert int(done.stdout.split()[0]) > 1000


def test_the_exit_status_in_if(shell: Run, seeds: Path) -> None:
    script = "if diplo search -q {}; then echo found; else echo none; fi"
    assert shell(seeds, script.format("nothing")).stdout == "none\n"
    assert shell(seeds, script.format("Tokayev")).stdout == "found\n"


def test_a_closed_pipe_is_no_error(shell: Run, seeds: Path) -> None:
    for line in (
        "diplo search Tokayev | head -1",
        "diplo show 000 001 002 003 004 | head -1",
        "diplo list --json | head -c 10",
    ):
        done = shell(seeds, line)
        assert (done.returncode, done.stderr) == (0, "")
    early = shell(seeds, "diplo list | true")
    assert (early.returncode, early.stderr) == (0, "")


def test_list_with_fields(shell: Run, seeds: Path) -> None:
    done = shell(seeds, "diplo list --fields id,lang --jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["lang"] for row in rows] == ["ms", "en", "ar", "en", "uz-Cyrl"]
    assert all(list(row) == ["id", "lang"] for row in rows)


def test_results_go_on_through_show(shell: Run, seeds: Path) -> None:
    done = shell(seeds, "diplo search savdo --ids | diplo show - --fields lang")
    assert done.stdout == "uz-Cyrl\n"
