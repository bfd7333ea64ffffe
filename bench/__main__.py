"""Measure what the handbook costs, and write it into ``bench/results.md``: ``python -m bench``."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench import finding, search
from bench.generate import generate
from bench.measure import MKDOCS, ZENSICAL, Cost, build, differences, reading, typical
from bench.plain import plain

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results.md"
SIZES = (100, 1_000, 10_000)
READ = 5_000
ROUNDS = 3
LARGE = 5_000
"""Handbooks of this size and above are built once."""

AIM_BUILD, AIM_GROWTH, AIM_READ = 1.25, 1.2, 4.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the table. Takes about an hour with the usual sizes."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what the handbook costs.")
    parser.add_argument("sizes", nargs="*", type=int, metavar="LESSONS", help="how many lessons to build (default: 100 1000 10000)")
    parser.add_argument("--read", type=int, default=READ, metavar="LESSONS", help=f"how many lessons to check (default: {READ})")
    parser.add_argument("--search", type=int, metavar="LESSONS", help=f"measure the search alone, with this many lessons (usually {search.SIZE})")
    parser.add_argument("--to", type=Path, default=RESULTS, help="the file to write (default: bench/results.md)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        if options.search:
            print("\n".join(search.report(ROOT, Path(folder), options.search, _say)))
            return 0
        lines = list(report(Path(folder), options.sizes or SIZES, options.read))
    text = "\n".join(lines) + "\n"
    print(text)
    options.to.write_text(text, encoding="utf-8")
    return 0


def report(folder: Path, sizes: Sequence[int], read: int) -> Iterator[str]:
    """The lines of the results."""
    yield "# What the handbook costs"
    yield ""
    yield f"Measured by `python -m bench` on {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}: {_machine()}."
    yield ""
    yield "The handbooks are the real one with its lessons multiplied ([generate.py](generate.py)). *Bare* is MkDocs with"
    yield "Material alone on the final Markdown of the same pages, with the same theme, extensions and menu, and with the search"
    yield "that they come with where we have our own ([plain.py](plain.py)); what the pages of both sites say is the same to the"
    yield "last byte. Work is seconds of processor time,"
    yield "and memory the most that was in use at once. The runs that a ratio compares take turns. Up to 1,000 lessons a"
    yield f"number is the median of {ROUNDS} runs, above that a single run."
    yield ""
    yield "## Building"
    yield ""
    yield "| lessons | bare, work | ours, work | **ours : bare** | bare, memory | ours, memory | ours : bare |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    costs: dict[int, tuple[Cost, Cost, Cost | str]] = {}
    for size in sizes:
        costs[size] = bare, ours, _ = _builds(folder, size)
        yield (
            f"| {size:,} | {bare.work:.1f} s | {ours.work:.1f} s | **{ours.work / bare.work:.2f}** "
            f"| {bare.memory:.0f} MiB | {ours.memory:.0f} MiB | {ours.memory / bare.memory:.2f} |"
        )
    yield ""
    yield f"The aim is at most {AIM_BUILD}."
    yield from _growth(costs)
    yield from _zensical(costs)
    yield ""
    yield "## Checking"
    yield ""
    yield "| lessons | parse the front matters only | check everything | **ratio** |"
    yield "|---:|---:|---:|---:|"
    raw, checked = _reading(folder, read)
    yield f"| {read:,} | {raw:.2f} s | {checked:.2f} s | **{checked / raw:.2f}** |"
    yield ""
    yield f"To parse is `yaml.load` with the parser in C. The aim is at most {AIM_READ:.0f}."
    yield from search.report(ROOT, folder, search.SIZE, _say)
    yield from finding.report(ROOT, folder, finding.SIZE, _say)


def _growth(costs: dict[int, tuple[Cost, Cost, Cost | str]]) -> Iterator[str]:
    if not {1_000, 10_000} <= costs.keys():
        return
    (bare, ours, _), (large_bare, large_ours, _) = costs[1_000], costs[10_000]
    yield ""
    yield "## Growing"
    yield ""
    yield "| work for each lesson | at 1,000 | at 10,000 | **ratio** |"
    yield "|---|---:|---:|---:|"
    for name, small, large in (("ours", ours, large_ours), ("bare", bare, large_bare)):
        yield f"| {name} | {small.work:.1f} ms | {large.work / 10:.1f} ms | **{large.work / small.work / 10:.2f}** |"
    yield ""
    yield f"The aim is at most {AIM_GROWTH}."


def _zensical(costs: dict[int, tuple[Cost, Cost, Cost | str]]) -> Iterator[str]:
    yield ""
    yield f"## Against Zensical {version('zensical')}"
    yield ""
    yield "On the clock, with nothing left from an earlier build. Zensical uses several processors, MkDocs one."
    yield ""
    yield "| lessons | MkDocs, clock | Zensical, clock | **MkDocs : Zensical** | MkDocs, work | Zensical, work | Zensical, memory |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    for size, (_, ours, other) in costs.items():
        if isinstance(other, str):
            yield f"| {size:,} | {ours.clock:.1f} s | fails: {other} | | {ours.work:.1f} s | | |"
        else:
            yield (
                f"| {size:,} | {ours.clock:.1f} s | {other.clock:.1f} s | **{ours.clock / other.clock:.2f}** "
                f"| {ours.work:.1f} s | {other.work:.1f} s | {other.memory:.0f} MiB |"
            )


def _builds(folder: Path, size: int) -> tuple[Cost, Cost, Cost | str]:
    """What a build of ``size`` lessons costs bare, with the handbook, and with Zensical; or why Zensical fails."""
    ours, bare = folder / f"ours-{size}", folder / f"bare-{size}"
    _say(f"{size:,} lessons: writing them")
    generate(ROOT, ours, size)
    plain(ours, bare)
    rounds: list[tuple[Cost, Cost]] = []
    others: list[Cost] = []
    why = ""
    for turn in range(1 if size >= LARGE else ROUNDS):
        _say(f"{size:,} lessons: building, round {turn + 1}")
        rounds.append((build(bare, MKDOCS), build(ours, MKDOCS)))
        if different := differences(ours, bare):
            message = f"the two sites are not the same: {different[0]}"
            raise RuntimeError(message)
        try:
            others.append(build(ours, ZENSICAL))
        except RuntimeError as error:
            why = str(error).strip().splitlines()[-1]
            break
    shutil.rmtree(ours)
    shutil.rmtree(bare)
    return typical([r[0] for r in rounds]), typical([r[1] for r in rounds]), why or typical(others)


def _reading(folder: Path, size: int) -> tuple[float, float]:
    target = folder / f"read-{size}"
    generate(ROOT, target, size)
    _say(f"{size:,} lessons: checking")
    found = [reading(target) for _ in range(5)]
    return median(raw for raw, _ in found), median(checked for _, checked in found)


def _machine() -> str:
    processor = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    packages = ", ".join(
        f"{label} {version(name)}" for label, name in (("MkDocs", "mkdocs"), ("Material", "mkdocs-material"), ("macros", "mkdocs-macros-plugin"))
    )
    return f"{processor}, {os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}, {packages}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
