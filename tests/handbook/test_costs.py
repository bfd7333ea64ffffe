"""No file that a contributor writes holds the check up, or fills the memory of the machine that checks it."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

from tests import memory
from tests.conftest import ROOT

MOST_SECONDS = 1.0  # of processor time
MOST_MEMORY = 100_000  # kilobytes more than the same check takes without the file


@cache
def costs() -> dict[str, tuple[float, int]]:
    run = subprocess.run([sys.executable, "-m", "tests.memory"], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stderr[-3000:]
    found: dict[str, tuple[float, int]] = json.loads(run.stdout)
    return found


def test_no_file_of_a_contributor_takes_more_than_100_megabytes() -> None:
    large = {name: kilobytes for name, (_, kilobytes) in costs().items() if kilobytes > MOST_MEMORY and name != memory.WASTES}
    assert large == {}


def test_none_of_these_files_takes_more_than_a_second() -> None:
    assert {name: seconds for name, (seconds, _) in costs().items() if seconds > MOST_SECONDS} == {}


def test_what_takes_more_memory_would_be_seen() -> None:
    assert costs()[memory.WASTES][1] > MOST_MEMORY
