"""What the check lets through is cheap to build: no page takes more than two seconds, whatever stands on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import mkdocs
from tests.handbook.examples import change
from tests.heavy import ENDS, RECORDS, TEXTS
from tests.site.conftest import Once
from tests.small_project import small_project

MOST = 2.0  # seconds of processor time
HOOK = """
import json, time
from pathlib import Path
from mkdocs.plugins import event_priority

spent, begun = {}, {}

@event_priority(100)
def on_pre_page(page, **_):
    begun[page.file.src_uri] = time.process_time()

def end(page):
    name = page.file.src_uri
    spent[name] = spent.get(name, 0) + time.process_time() - begun.pop(name)

@event_priority(-100)
def on_page_content(html, page, **_):
    end(page)

@event_priority(100)
def on_page_context(context, page, **_):
    begun[page.file.src_uri] = time.process_time()

@event_priority(-100)
def on_post_page(output, page, **_):
    end(page)

def on_page_markdown(markdown, page, **_):
    if "Burn" in markdown:
        until = time.process_time() + 2.5
        while time.process_time() < until:
            pass

def on_post_build(config):
    Path(config.config_file_path).with_name("spent.json").write_text(json.dumps(spent))
"""
BURNS = "about/burns.md"


def page(number: int) -> str:
    return f"about/heavy-{number}.md"


@pytest.fixture(scope="module")
def spent(once: Once) -> dict[str, float]:
    """The seconds of processor time that each page of a small handbook takes to build, by the page."""

    def make(target: Path) -> None:
        texts = {**{page(number): text for number, text in enumerate(TEXTS.values())}, BURNS: "Burn."}
        small_project(target, texts)
        for path, text in texts.items():
            (target / "docs" / path).write_text(f"---\ntitle: {path}\ndescription: The page {path}.\n---\n\n{text}\n", encoding="utf-8")
        for path, (old, new) in RECORDS.items():
            change(target, path, old, new)
        for path, end in ENDS.items():
            (target / path).write_text((target / path).read_text(encoding="utf-8") + end, encoding="utf-8")
        (target / "hook.py").write_text(HOOK, encoding="utf-8")
        for settings in ("mkdocs.yml", "handbook/settings.yaml"):  # or the check would refuse the hook
            change(target, settings, "hooks:\n", "hooks:\n  - hook.py\n")
        built = mkdocs(target, "build")
        assert built.returncode == 0, built.stdout + built.stderr

    found: dict[str, float] = json.loads((once("heavy", make) / "spent.json").read_text(encoding="utf-8"))
    return found


def test_no_page_that_the_check_lets_through_takes_more_than_two_seconds_to_build(spent: dict[str, float]) -> None:
    names = {page(number): name for number, name in enumerate(TEXTS)}
    assert spent.keys() > names.keys()
    slow = {names.get(path, path): seconds for path, seconds in spent.items() if seconds > MOST and path != BURNS}
    assert slow == {}


def test_a_page_that_takes_longer_would_be_seen(spent: dict[str, float]) -> None:
    assert spent[BURNS] > MOST
