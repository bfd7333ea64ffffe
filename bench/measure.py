"""Run builds and checks in processes of their own, and say what they took."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from handbook.check import check

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MKDOCS = ("mkdocs", "build")
ZENSICAL = ("zensical", "build")
LEFT_BEHIND = ("site", ".cache")


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time, seconds on the clock, and the most memory in MiB."""

    work: float
    clock: float
    memory: float


def build(folder: Path, command: Sequence[str] = MKDOCS) -> Cost:
    """What it costs to build the site in ``folder`` with nothing left from before.

    Raises ``RuntimeError`` with the last words of a build that fails.
    """
    for name in LEFT_BEHIND:
        shutil.rmtree(folder / name, ignore_errors=True)
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "HANDBOOK_", "CI"))}
    environ |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": ""}
    log = folder / "build.log"
    with log.open("wb") as output:
        begin = time.monotonic()
        process = subprocess.Popen([sys.executable, "-m", *command], cwd=folder, env=environ, stdout=output, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        clock = time.monotonic() - begin
    if status:
        raise RuntimeError(log.read_text(encoding="utf-8")[-2000:])
    return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1024)


def typical(costs: Sequence[Cost]) -> Cost:
    """The median of each."""
    return Cost(median(c.work for c in costs), median(c.clock for c in costs), median(c.memory for c in costs))


def reading(folder: Path) -> tuple[float, float]:
    """Seconds of processor time to parse all lessons' front matter, and to check the whole handbook, in a new process."""
    asked = [sys.executable, "-c", f"from bench.measure import read_and_check; read_and_check({str(folder)!r})"]
    told = subprocess.run(asked, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True).stdout
    raw, checked = map(float, told.split())
    return raw, checked


def read_and_check(folder: str) -> None:
    """Print the two numbers of :func:`reading`."""
    fronts = list(_fronts(Path(folder)))
    gc.collect()
    begin = time.process_time()
    for front in fronts:
        yaml.load(front, LOADER)  # noqa: S506  (a safe loader)
    raw = time.process_time() - begin
    gc.collect()
    begin = time.process_time()
    checked = check(Path(folder))
    print(raw, time.process_time() - begin)
    if checked.problems:
        raise ValueError(checked.problems[0].message)


def _fronts(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "docs" / "lessons").glob("*.md")):
        if path.name != "index.md":
            yield path.read_text(encoding="utf-8").split("---\n", 2)[1]


def differences(ours: Path, bare: Path) -> list[str]:
    """The pages whose articles two built sites do not share to the last byte. What stands around them has another search."""
    pages = {path.relative_to(folder / "site") for folder in (ours, bare) for path in (folder / "site").rglob("*.html")}
    return [str(page) for page in sorted(pages) if _bytes(ours / "site" / page) != _bytes(bare / "site" / page)]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes().partition(b"<article")[2].partition(b"</article>")[0] if path.exists() else None
