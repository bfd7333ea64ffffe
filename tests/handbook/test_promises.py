"""What the handbook promises is proved by tests that exist, and stands on the page it belongs to."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache

import pytest

from handbook.check import check
from handbook.load import DOCS
from handbook.model import Promise
from tests.conftest import ROOT

PAGES = ("security", "privacy", "accessibility")


@cache
def promises() -> dict[str, Promise]:
    return check(ROOT).base.records["promise"]


@pytest.fixture(scope="module")
def collected() -> set[str]:
    """Every test that there is, by its name without what stands in brackets. Tests that are skipped or expected to fail prove nothing."""
    files = sorted({test.partition("::")[0] for promise in promises().values() for test in promise.tests})
    there = [file for file in files if (ROOT / file).exists()]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", "not skip and not xfail", *there]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    return {line.partition("[")[0] for line in run.stdout.splitlines() if "::" in line}


def test_each_test_that_a_promise_names_exists(collected: set[str]) -> None:
    named = {test: name for name, promise in promises().items() for test in promise.tests}
    assert {name: test for test, name in named.items() if test not in collected} == {}


def test_a_test_that_is_not_there_would_be_missed(collected: set[str]) -> None:
    assert len(collected) > 50
    assert "tests/browser/test_private.py::test_nothing_of_the_kind" not in collected


@pytest.mark.parametrize("topic", PAGES)
def test_each_page_shows_the_promises_on_its_topic_and_there_are_some(topic: str) -> None:
    assert f'{{{{ promises("{topic}") }}}}' in (ROOT / DOCS / "about" / f"{topic}.md").read_text(encoding="utf-8")
    assert [name for name, promise in promises().items() if promise.topic == topic]


def test_a_promise_has_a_page() -> None:
    assert {promise.topic for promise in promises().values()} <= set(PAGES)
    assert tuple(check(ROOT).base.vocabulary["promise"]) == PAGES


@pytest.mark.parametrize("name", list(promises()))
def test_a_promise_is_whole_sentences_that_nobody_needs_a_programmer_for(name: str) -> None:
    promise = promises()[name]
    for text in filter(None, (promise.sentence, promise.limit)):
        assert text[0].isupper()
        assert text.endswith(".")
        assert not re.search(r"\b(DOM|CSP|API|xss|pytest|assert|fixture|viewport|localStorage|regression)\b", text)
