"""The full look at the accessibility of the site, for the accessibility statement.

Every page at each width in each colour scheme, and once more with each thing
open or filled in, is more than every test run can wait for. ``make
accessibility`` does it and writes ``data/accessibility.yaml``;
``test_evaluation.py`` compares what it can with the site as it is.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import sync_playwright

from handbook.check import check
from handbook.machinery import dress
from tests.browser.axe import SCHEMES, VERSION, WIDTHS, criteria, in_every_combination, resize
from tests.browser.conftest import KINDS_OF_PAGE, NAMES, QUIET, settle
from tests.browser.states import STATES
from tests.conftest import ROOT

DATA = ROOT / "data" / "accessibility.yaml"
CRITERIA = Path(__file__).with_name("criteria.yaml")
HEAD = "# What the last full look at the site found. Written by `make accessibility`; a change by hand would not be true.\n"

Lines = list[str]


def evaluate(site: str, pages: Sequence[str]) -> dict[str, Any]:
    """Look at all ``pages`` of the ``site`` at an address, in every combination and state, on every processor."""
    workers = os.cpu_count() or 1
    shares = [(site, pages[nth::workers], list(STATES)[nth::workers]) for nth in range(workers)]
    with ProcessPoolExecutor(workers) as pool:
        parts = list(pool.map(_share, shares))
    wrong = sorted(line for part in parts for line in part[0])
    undecided = Counter(rule for part in parts for rule in part[1])
    same = unchanging(set(parts[0][4]))
    unseen = same.pop("unseen")  # last, as the model has it
    return {
        "day": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "browser": f"Chromium {parts[0][3]}",
        "axe": f"axe-core {VERSION}",
        "dress": dress(ROOT),
        "pages": len(pages),
        "looks": sum(part[2] for part in parts),
        "addresses": sorted(f"/{page}" for page in pages),
        **same,
        "found": wrong,
        "undecided": [f"{rule} ({count} {'looks' if count > 1 else 'look'})" for rule, count in sorted(undecided.items())],
        "unseen": unseen,
    }


def unchanging(by_axe: set[str]) -> dict[str, Any]:
    """What does not hang on a day, a version or the number of pages. ``by_axe`` are the criteria that its rules look at."""
    names = yaml.safe_load(CRITERIA.read_text(encoding="utf-8"))
    seen = by_axe | {number for promise in check(ROOT).base.records["promise"].values() for number in promise.criteria}
    return {
        "kinds": list(KINDS_OF_PAGE),
        "states": list(STATES),
        "widths": list(WIDTHS),
        "schemes": list(SCHEMES.values()),
        "unseen": [f"{number} {name}" for number, name in names.items() if number not in seen],
    }


def write(facts: dict[str, Any]) -> None:
    """Write the facts down for the statement."""
    DATA.write_text(HEAD + "\n" + yaml.safe_dump({"last-run": facts}, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")


def _share(share: tuple[str, Sequence[str], Sequence[str]]) -> tuple[Lines, Lines, int, str, Lines]:
    """One processor's share of pages and states: what is wrong, the rules that did not decide, how many looks, and by what."""
    site, pages, states = share
    wrong: Lines = []
    undecided: Lines = []
    looks = 0
    path = next(found for name in NAMES if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        page = browser.new_page(reduced_motion="reduce")
        for address in pages:
            resize(page, WIDTHS[0])
            settle(page, site + address)
            looks += _note(f"/{address}", in_every_combination(page), wrong, undecided)
        for state in states:
            for width in (width for width in WIDTHS if not (STATES[state].phone and width > PHONE)):
                fresh = browser.new_context(reduced_motion="reduce", viewport={"width": width, "height": 900}).new_page()
                STATES[state].reach(fresh, site)
                looks += _note(state, in_every_combination(fresh, (width,)), wrong, undecided, widths=1)
                fresh.context.close()
        page.goto(site)
        return wrong, undecided, looks, browser.version, sorted(criteria(page))


PHONE = 400
"""Up to this width a screen is a phone's."""


def _note(where: str, found: tuple[Iterable[str], Iterable[str]], wrong: Lines, undecided: Lines, widths: int = len(WIDTHS)) -> int:
    wrong += [f"{where} {line}" for line in found[0]]
    undecided += [line.split()[2].rstrip(":") for line in found[1]]
    return widths * len(SCHEMES)
