"""Measure each kind of page with Lighthouse, and write it into ``bench/lighthouse.md``: ``python -m bench.lighthouse``.

Lighthouse is fetched from npm once, into ``.cache/``, and only by this
command: neither the site nor its tests need it. The site is built for an
address on this machine, below a path, and served as GitHub Pages does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.browser import NAMES
from bench.host import BELOW, hosted

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "lighthouse.md"
VERSION = "13.5.0"
CACHE = ROOT / ".cache" / "lighthouse"
PROGRAM = CACHE / "node_modules" / "lighthouse" / "cli" / "index.js"
FLAGS = "--headless=new --no-sandbox --hide-scrollbars"
"""Without the last, a headless Chromium fades scrollbars while a page is not yet on its screen, takes these frames for
nobody's, and in one run of three waits a second before it paints."""
ROUNDS = 3

SCORES = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
"""What we aim at, out of 100."""

FIRST_VISIT = 200_000
"""Bytes moved at most when a reader comes for the first time."""

KINDS = {
    "home": "",
    "lesson": "lessons/screen-your-members/",
    "lesson that went wrong": "lessons/start-early-to-win-companies/",
    "lessons": "lessons/",
    "problems": "problems/",
    "tool": "toolbox/living-lab/",
    "toolbox": "toolbox/",
    "sector": "sectors/food/",
    "sectors": "sectors/",
    "recommendation": "transfer/run-a-living-lab/",
    "recommendations": "transfer/",
    "matrix": "matrix/",
    "conditions": "conditions/",
    "find": "find/",
    "facet": "find/need/keep-going/",
    "fit check": "fit-check/",
    "compare": "compare/",
    "questions": "questions/",
    "plan": "plan/",
    "organisations": "clusters/",
    "living labs": "clusters/living-labs/",
    "sources": "about/sources/",
    "source map": "about/source-map/",
    "glossary": "about/glossary/",
    "conflicts": "about/conflicts/",
    "evidence": "about/evidence/",
    "page of text": "about/privacy/",
    "software": "about/licences/",
    "contribute": "contribute/",
    "fields": "contribute/fields/",
    "page for wrong addresses": "404.html",
}
COLUMNS = (
    "page", "accessibility", "best practices", "search engines", "**performance**",
    "first paint", "largest paint", "blocked", "shift", "requests", "kB moved",
)  # fmt: skip
NOT_TO_BE_FOUND = "page for wrong addresses"
"""It tells search engines to leave it out, as it should, so Lighthouse's score for them says nothing."""


@dataclass(frozen=True)
class Measured:
    """What Lighthouse says of a page: scores out of 100, times in milliseconds, bytes, and the names of what is wrong."""

    scores: Mapping[str, int]
    first: float
    largest: float
    blocked: float
    shift: float
    requests: int
    moved: int
    faults: tuple[str, ...]


def read(report: Mapping[str, Any]) -> Measured:
    """What one report of Lighthouse says. Raises ``ValueError`` if the page could not be measured."""
    if "runtimeError" in report:
        raise ValueError(report["runtimeError"]["message"])
    audits = report["audits"]
    faults = {
        ref["id"]
        for name, category in report["categories"].items()
        for ref in category["auditRefs"]
        if name in SCORES and name != "performance" and ref["weight"] and (audits[ref["id"]]["score"] or 0) < 1 and _counts(audits[ref["id"]])
    }
    requests = [request for request in audits["network-requests"]["details"]["items"] if not request["url"].startswith("data:")]
    return Measured(
        scores={name: round(100 * report["categories"][name]["score"]) for name in SCORES},
        first=audits["first-contentful-paint"]["numericValue"],
        largest=audits["largest-contentful-paint"]["numericValue"],
        blocked=audits["total-blocking-time"]["numericValue"],
        shift=audits["cumulative-layout-shift"]["numericValue"],
        requests=len(requests),
        moved=sum(request["transferSize"] for request in requests),
        faults=tuple(sorted(faults)),
    )


def _counts(audit: Mapping[str, Any]) -> bool:
    return audit["scoreDisplayMode"] not in {"notApplicable", "informative", "manual"}


def typical(rounds: Sequence[Measured]) -> Measured:
    """The median of each number, and every fault that any round has found."""
    return Measured(
        scores={name: round(median(one.scores[name] for one in rounds)) for name in SCORES},
        first=median(one.first for one in rounds),
        largest=median(one.largest for one in rounds),
        blocked=median(one.blocked for one in rounds),
        shift=median(one.shift for one in rounds),
        requests=max(one.requests for one in rounds),
        moved=max(one.moved for one in rounds),
        faults=tuple(sorted({fault for one in rounds for fault in one.faults})),
    )


def missed(kind: str, found: Measured) -> list[str]:
    """The aims that a kind of page misses."""
    aims = {name: aim for name, aim in SCORES.items() if (name, kind) != ("seo", NOT_TO_BE_FOUND)}
    return [name for name, aim in aims.items() if found.scores[name] < aim] + (["first visit"] if found.moved > FIRST_VISIT else [])


# -- the table ----------------------------------------------------------------------------


def table(found: Mapping[str, Measured], rounds: int, machine: str) -> Iterator[str]:
    """The lines of the results."""
    yield "# What Lighthouse says"
    yield ""
    yield f"Measured by `make lighthouse` on {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}: {machine}."
    yield ""
    yield "Each kind of page on the mobile profile, with an empty cache, from a server on the same machine that compresses as GitHub"
    yield f"Pages does. Scores and times are the median of {rounds} runs, out of 100 and in milliseconds. Times are computed for a"
    yield "slow phone from what was seen here, so they and the score for performance suffer from whatever else the machine has to do:"
    yield "with more programs at work than processors they say little. The other scores, the shift and the bytes do not suffer."
    yield ""
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|---|{'---:|' * (len(COLUMNS) - 1)}"
    for kind, one in found.items():
        search = "by intent not found" if kind == NOT_TO_BE_FOUND else one.scores["seo"]
        yield (
            f"| {kind} | {one.scores['accessibility']} | {one.scores['best-practices']} | {search} | **{one.scores['performance']}** "
            f"| {one.first:,.0f} | {one.largest:,.0f} | {one.blocked:,.0f} | {one.shift:.3f} | {one.requests} | {one.moved / 1000:.0f} |"
        )
    yield ""
    yield f"We aim at 100 in the first three, at {SCORES['performance']} for performance, and at {FIRST_VISIT // 1000} kB on a first visit."
    yield ""
    wrong = {kind: missed(kind, one) for kind, one in found.items()}
    if not any(wrong.values()):
        yield "Every kind of page reaches all of them."
    for kind, aims in wrong.items():
        faults = f" ({', '.join(found[kind].faults)})" if found[kind].faults else ""
        if aims:
            yield f"- {kind} misses: {', '.join(aims)}{faults}"


# -- the runs -----------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the table. Returns 1 if a page misses an aim. Takes about half an hour."""
    parser = argparse.ArgumentParser(prog="python -m bench.lighthouse", description="Measure each kind of page with Lighthouse.")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"which pages: {', '.join(KINDS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often (default: {ROUNDS})")
    parser.add_argument("--site", type=Path, help="a built site (default: build one)")
    parser.add_argument("--to", type=Path, default=RESULTS, help="the file to write (default: bench/lighthouse.md)")
    options = parser.parse_args(arguments)
    if unknown := [kind for kind in options.kinds if kind not in KINDS]:
        parser.error(f"there is no kind of page {unknown[0]}")
    if not fetched():
        print("Lighthouse could not be fetched. It needs Node 22.19 or newer, npm, and the web.", file=sys.stderr)
        return 1
    kinds = {kind: KINDS[kind] for kind in options.kinds or KINDS}
    with tempfile.TemporaryDirectory(prefix="handbook-lighthouse-") as folder:
        site = options.site or _built(Path(folder))
        with hosted(site) as address:
            found = {kind: _measured(kind, address + path, options.rounds, Path(folder)) for kind, path in kinds.items()}
    text = "\n".join(table(found, options.rounds, _machine())) + "\n"
    print(text)
    options.to.write_text(text, encoding="utf-8")
    return 1 if any(missed(kind, one) for kind, one in found.items()) else 0


def fetched() -> bool:
    """Whether Lighthouse is there, fetched now if need be. None of the programs that packages want to run at that is run."""
    if not PROGRAM.exists() or json.loads((PROGRAM.parent.parent / "package.json").read_text(encoding="utf-8"))["version"] != VERSION:
        CACHE.mkdir(parents=True, exist_ok=True)
        wanted = ["npm", "install", "--silent", "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([*wanted, "--prefix", str(CACHE), f"lighthouse@{VERSION}"], check=False)
    return PROGRAM.exists()


def _built(folder: Path) -> Path:
    """The real site, built into ``folder``."""
    _say("building the site")
    environ = {**os.environ, "HANDBOOK_SITE_URL": f"http://127.0.0.1{BELOW}", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")], cwd=ROOT, env=environ, check=True)
    return folder / "site"


def _measured(kind: str, address: str, rounds: int, folder: Path) -> Measured:
    found = []
    for turn in range(rounds):
        _say(f"{kind}: round {turn + 1}")
        found.append(_run(address, folder / "report.json"))
    return typical(found)


def _run(address: str, target: Path) -> Measured:
    chromium = next(filter(None, map(shutil.which, NAMES)))
    options = ["--quiet", f"--chrome-flags={FLAGS}", "--output=json", f"--output-path={target}"]
    subprocess.run(["node", str(PROGRAM), address, *options], env={**os.environ, "CHROME_PATH": chromium}, check=True)
    return read(json.loads(target.read_text(encoding="utf-8")))


def _machine() -> str:
    node, browser = (_said(program, "--version") for program in ("node", next(filter(None, map(shutil.which, NAMES)))))
    work = f"{os.cpu_count()} processors with {os.getloadavg()[2]:.0f} programs at work on average"
    return f"Lighthouse {VERSION}, Node {node.removeprefix('v')}, {browser}, {work}"


def _said(*command: str) -> str:
    return " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("built")[0].split())


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
