"""The program axe, run in a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
_VERSION = re.search(r"axe v([0-9.]+)", AXE)
VERSION = _VERSION[1] if _VERSION else "unknown"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose verdict can depend on the colour scheme."""

WIDTHS = (1280, 390, 320)
SCHEMES = {"default": "light", "slate": "dark"}

_RUN = """async only => { const found = await axe.run(document, { runOnly: only, resultTypes: ["violations", "incomplete"], preload: false })
  const told = all => all.map(rule => rule.id + ": " + rule.nodes.map(node => node.target.join(" ")).slice(0, 4).join(" | "))
  return [told(found.violations), told(found.incomplete)] }"""
_CRITERIA = """tags => [...new Set(axe.getRules(tags).flatMap(rule => rule.tags).filter(tag => /^wcag\\d{3,}$/.test(tag)))]
  .map(tag => tag.replace(/^wcag(\\d)(\\d)(\\d+)$/, "$1.$2.$3"))"""


def look(page: Any, *, colours_only: bool = False) -> tuple[list[str], list[str]]:
    """What is wrong with the page as it is, and what the program cannot decide: a line for each rule."""
    _load(page)
    only = {"type": "rule", "values": COLOURS} if colours_only else {"type": "tag", "values": TAGS}
    wrong, undecided = page.evaluate(_RUN, only)
    return wrong, undecided


def violations(page: Any) -> list[str]:
    """What is wrong with the page as it is."""
    return look(page)[0]


def paint(page: Any, scheme: str) -> None:
    """Show the page in a colour scheme, as the reader's switch would, and store nothing."""
    page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)


def resize(page: Any, width: int) -> None:
    """Give the window a width, and the theme the frames in which it measures its columns anew."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("async () => { for (let n = 0; n < 4; n += 1) await new Promise(requestAnimationFrame) }")


def in_every_combination(page: Any, widths: tuple[int, ...] = WIDTHS) -> tuple[list[str], list[str]]:
    """What :func:`look` gives at each width in each scheme. In the second scheme only what a colour can change is asked."""
    wrong, undecided = [], []
    for width in widths:
        resize(page, width)
        for nth, scheme in enumerate(SCHEMES):
            paint(page, scheme)
            found = look(page, colours_only=nth > 0)
            for all_found, lines in zip((wrong, undecided), found, strict=True):
                all_found += [f"{width} {SCHEMES[scheme]} {line}" for line in lines]
    paint(page, next(iter(SCHEMES)))
    return wrong, undecided


def criteria(page: Any) -> set[str]:
    """The numbers of the WCAG success criteria that its rules look at."""
    _load(page)
    return set(page.evaluate(_CRITERIA, TAGS))


def _load(page: Any) -> None:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
