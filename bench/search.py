"""How long readers wait for the search, in a real browser: ours, and the one that comes with the theme, on the same pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs.utils.yaml import yaml_load
from playwright.sync_api import Browser

from bench.browser import chromium, served
from bench.generate import generate
from bench.measure import MKDOCS, build
from bench.plain import plain

SIZE = 10_000
ROUNDS, THEIR_ROUNDS = 5, 2
"""Fresh starts; the theme's search takes a minute each with 10,000 lessons."""
AIM_FIRST, AIM_NEXT = 1.0, 0.15
FIRST = "companies"
NEXT = ("living lab", "how do we get small companies to come", "no money after project", "procurment", "city partners research cluster project", "c")

# From the moment the words are in the box to the moment the answer is in the page: the line above the results says how many there are, or none.
WAIT = """async question => {
  const box = document.querySelector("input.md-search__input")
  const line = document.querySelector(".md-search-result__meta")
  line.textContent = "waiting"
  const begin = performance.now()
  box.focus()
  box.value = question
  box.dispatchEvent(new Event("keyup", { bubbles: true }))
  box.dispatchEvent(new Event("input", { bubbles: true }))
  while (!/[0-9]|No matching|Nothing found/.test(line.textContent)) await new Promise(done => setTimeout(done, 1))
  return performance.now() - begin
}"""


@dataclass(frozen=True)
class Waits:
    """Seconds to the first result on a page that has just opened, the longest wait for a next one, and MiB that were moved before the first."""

    first: float
    longest: float
    moved: float


def report(root: Path, folder: Path, size: int, say: Callable[[str], None]) -> Iterator[str]:
    """The lines of the results."""
    ours, theirs = folder / f"search-ours-{size}", folder / f"search-theme-{size}"
    say(f"{size:,} lessons: building with our search and with the theme's")
    generate(root, ours, size)
    _with_the_themes_search(ours, theirs)
    for site in (ours, theirs):
        build(site, MKDOCS)
    say(f"{size:,} lessons: searching")
    with chromium() as browser:
        mine, others = _waits(browser, ours / "site", ROUNDS), _waits(browser, theirs / "site", THEIR_ROUNDS)
    yield ""
    yield "## Searching"
    yield ""
    yield f"Seconds in Chromium from the words in the box to results in the page, the best of {ROUNDS} fresh starts, of the theme's"
    yield f"{THEIR_ROUNDS}. The first is asked as soon as the page has opened; the next is the longest wait among six questions, among"
    yield "them a single letter, a whole sentence and a misspelt word. The theme's search is given the lessons only, ours everything."
    yield ""
    yield f"| {size:,} lessons | first result | next result | moved before the first |"
    yield "|---|---:|---:|---:|"
    yield f"| the theme's search | {others.first:.2f} s | {others.longest:.2f} s | {others.moved:.1f} MiB |"
    yield f"| ours | **{mine.first:.2f} s** | **{mine.longest:.2f} s** | {mine.moved:.1f} MiB |"
    yield ""
    yield f"The aim is at most {AIM_FIRST:.0f} s and {AIM_NEXT} s."
    for site in (ours, theirs):
        shutil.rmtree(site)


def _with_the_themes_search(ours: Path, target: Path) -> None:
    """Write the same pages for MkDocs and Material alone, with the search that they come with.

    It is given the lessons only: with the lists of thousands of links that
    other pages hold, its index would be several times as large.
    """
    plain(ours, target)
    for path in (target / "docs").rglob("*.md"):
        if path.parent.name != "lessons" or path.name == "index.md":
            path.write_text(path.read_text(encoding="utf-8").replace("---\n", "---\nsearch: {exclude: true}\n", 1), encoding="utf-8")
    for path in (*(target / "overrides").glob("*.html"), *(target / "overrides").glob("partials/*.html")):
        path.unlink()
    with (target / "base.yml").open(encoding="utf-8") as file:
        config = yaml_load(file)
    config |= {"plugins": ["search"], "extra_javascript": [], "watch": [], "hooks": [], "strict": False}
    (target / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")


def _waits(browser: Browser, site: Path, rounds: int) -> Waits:
    found = []
    with served(site, "/search/") as (address, moved):
        for _ in range(rounds):
            moved.clear()
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.goto(address)
            first = page.evaluate(WAIT, FIRST)
            size = sum(moved)
            page.wait_for_timeout(3000)  # a reader looks at the first results
            found.append((first, max(page.evaluate(WAIT, question) for question in NEXT), size))
            context.close()
    return Waits(min(f[0] for f in found) / 1000, min(f[1] for f in found) / 1000, min(f[2] for f in found) / 2**20)
