"""What ``make lighthouse`` reads, judges and writes, and the host that it measures at. Lighthouse itself is not needed here."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from bench.host import BELOW, file_of, hosted, moved
from bench.lighthouse import KINDS, NOT_TO_BE_FOUND, Measured, missed, read, table, typical

GOOD = Measured({"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 99}, 1000, 1500, 10, 0.0, 25, 110_000, ())


def report(score: float) -> dict[str, Any]:
    """A report of Lighthouse with a fault in the link texts, as far as it is read."""
    weighed = [{"id": "link-text", "weight": 1}, {"id": "hreflang", "weight": 1}, {"id": "canonical", "weight": 0}]
    numbers = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
    return {
        "categories": {name: {"score": score, "auditRefs": weighed} for name in ("accessibility", "best-practices", "seo", "performance")},
        "audits": {
            "link-text": {"score": 0, "scoreDisplayMode": "binary"},
            "hreflang": {"score": None, "scoreDisplayMode": "notApplicable"},
            "canonical": {"score": 0, "scoreDisplayMode": "binary"},
            "network-requests": {
                "details": {
                    "items": [
                        {"url": "http://127.0.0.1/", "transferSize": 1000},
                        {"url": "http://127.0.0.1/a.css", "transferSize": 500},
                        {"url": "data:image/svg+xml,x", "transferSize": 0},
                    ]
                }
            },
            **{name: {"numericValue": 1200.0} for name in numbers},
        },
    }


def test_a_report_is_read_with_its_scores_bytes_and_faults() -> None:
    found = read(report(0.91))
    assert found.scores["seo"] == 91
    assert (found.requests, found.moved) == (2, 1500)
    assert found.faults == ("link-text",)


def test_a_page_that_could_not_be_measured_is_an_error_and_no_number() -> None:
    with pytest.raises(ValueError, match="no such page"):
        read({**report(1), "runtimeError": {"message": "no such page"}})


def test_of_several_rounds_the_median_counts_but_every_fault_and_the_most_bytes() -> None:
    slow = Measured({**GOOD.scores, "performance": 50}, 9000, 9000, 900, 0.0, 26, 120_000, ("link-text",))
    found = typical([GOOD, slow, GOOD])
    assert found.scores == GOOD.scores
    assert (found.first, found.moved, found.faults) == (1000, 120_000, ("link-text",))


@pytest.mark.parametrize(
    ("scores", "size", "wanted"),
    [
        ({}, 110_000, []),
        ({"performance": 97}, 110_000, ["performance"]),
        ({"accessibility": 99}, 110_000, ["accessibility"]),
        ({}, 200_001, ["first visit"]),
    ],
)
def test_an_aim_is_missed_by_one(scores: dict[str, int], size: int, wanted: list[str]) -> None:
    found = Measured({**GOOD.scores, **scores}, 1, 1, 1, 0, 1, size, ())
    assert missed("home", found) == wanted


def test_only_the_page_that_is_not_to_be_found_may_miss_what_search_engines_want() -> None:
    found = Measured({**GOOD.scores, "seo": 60}, 1, 1, 1, 0, 1, 1, ())
    assert missed(NOT_TO_BE_FOUND, found) == []
    assert missed("home", found) == ["seo"]


def test_the_table_names_each_page_and_what_it_misses() -> None:
    bad = Measured({**GOOD.scores, "seo": 91}, 1, 1, 1, 0, 1, 1, ("link-text",))
    lines = list(table({"home": GOOD, "lesson": bad}, 3, "a machine"))
    assert [line.split(" | ")[0] for line in lines if line.startswith("| ")] == ["| page", "| home", "| lesson"]
    assert lines[-1] == "- lesson misses: seo (link-text)"
    assert list(table({"home": GOOD}, 3, "a machine"))[-1] == "Every kind of page reaches all of them."


def test_every_kind_of_page_that_is_measured_is_in_the_site(site: Path) -> None:
    assert {kind: file_of(site, BELOW + path) for kind, path in KINDS.items() if not file_of(site, BELOW + path)} == {}


def test_the_host_compresses_as_github_pages_does_keeps_for_ten_minutes_and_answers_wrong_addresses_with_our_page(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("home" * 100, encoding="utf-8")
    (tmp_path / "404.html").write_text("no such page", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"png" * 100)
    with hosted(tmp_path) as address, urllib.request.urlopen(address) as answer:  # noqa: S310
        assert answer.headers["Cache-Control"] == "max-age=600"
        assert answer.headers["Content-Encoding"] == "gzip"
        body = answer.read()
        assert (gzip.decompress(body), body) == (b"home" * 100, moved(tmp_path, "index.html"))
        with urllib.request.urlopen(f"{address}picture.png") as picture:  # noqa: S310
            assert picture.headers["Content-Encoding"] is None
        for wrong in (f"{address}nowhere/", f"{address}../../etc/passwd", address.replace(BELOW, "/")):
            with pytest.raises(urllib.error.HTTPError) as error:
                urllib.request.urlopen(wrong)  # noqa: S310
            assert (error.value.code, gzip.decompress(error.value.read())) == (404, b"no such page")
