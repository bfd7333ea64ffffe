"""How long the finder takes to filter, count and sort, in a real browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench.browser import chromium, served
from bench.generate import generate
from handbook import published
from handbook.check import check
from handbook.relate import relate

SIZE = 10_000
ROUNDS = 30
AIM = 50

# Seven sets of choices, from none to all that the finder asks for; the time of each is that of one press of a box.
TIME = """async ([module, data, rounds]) => {
  const { filter, sorted } = await import(module)
  const { entries, facets, reasons } = await (await fetch(data)).json()
  const names = [...facets.map(({ id }) => id), "record"]
  const besides = { sector: "food", reasons: Object.keys(reasons) }
  const choices = [
    {}, { sector: ["food"] }, { need: ["keep-going"] }, { with: ["smes", "clusters"] },
    { sector: ["food"], with: ["cities-regions"], need: ["find-time-and-money", "win-the-city"] },
    { kind: ["worked", "mixed"], breadth: ["some", "several", "many", "most", "all"] },
    { sector: ["food"], with: ["smes"], need: ["win-companies"], kind: ["worked"], breadth: ["some"], "outcome-known": ["yes"], record: ["lesson"] },
  ].map((chosen) => new Map(Object.entries(chosen).map(([facet, values]) => [facet, new Set(values)])))
  const times = []
  for (const chosen of choices) {
    const found = []
    for (let round = 0; round < rounds; round += 1) {
      const begin = performance.now()
      sorted(filter(entries, chosen, names).found, chosen.has("sector") ? "sector" : "title", besides)
      found.push(performance.now() - begin)
    }
    times.push(found)
  }
  return [entries.length, times]
}"""


def report(root: Path, folder: Path, size: int, say: Callable[[str], None]) -> Iterator[str]:
    """The lines of the results."""
    target = folder / f"finding-{size}"
    say(f"{size:,} lessons: finding")
    generate(root, target, size)
    site = folder / "finding"
    shutil.copytree(target / "docs" / "assets", site / "assets")
    (site / "data").mkdir()
    (site / "index.html").write_text("<!doctype html><title>Finder</title>", encoding="utf-8")
    content = dict(published.files(relate(check(target).base)))["finder.json"]
    (site / "data" / "finder.json").write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    with chromium() as browser, served(site) as (address, _):
        page = browser.new_page()
        page.goto(address)
        entries, times = page.evaluate(TIME, [f"{address}assets/javascripts/find/filter.js", f"{address}data/finder.json", ROUNDS])
    yield ""
    yield "## Finding"
    yield ""
    yield f"Milliseconds in Chromium to filter, count and sort {entries:,} entries; for each of {len(times)} sets of choices the median of {ROUNDS}."
    yield ""
    yield "| quickest choice | slowest choice |"
    yield "|---:|---:|"
    yield f"| {min(map(median, times)):.0f} ms | **{max(map(median, times)):.0f} ms** |"
    yield ""
    yield f"The aim is under {AIM} ms."
    shutil.rmtree(site)
    shutil.rmtree(target)
