"""The records as data: whole, true to the files, and with addresses that the site has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handbook import published
from handbook.check import check
from handbook.computed import SIDE_BY_SIDE
from handbook.model import KINDS
from handbook.relate import Handbook, relate

NO_RECORDS = {"vocabulary.json", "finder.json", "ids.json", "fit.json", "standing.json"}


@pytest.fixture
def book(tiny: Path) -> Handbook:
    return relate(check(tiny).base)


def written(book: Handbook) -> dict[str, Any]:
    return dict(published.files(book))


def test_every_record_that_pages_show_is_published_once(book: Handbook) -> None:
    files = written(book)
    single = [content for path, content in files.items() if path.count("/") == 1]
    listed = [row for path, content in files.items() if "/" not in path and path not in NO_RECORDS for row in content]
    shown = sorted((kind.name, item.id) for kind in KINDS.values() if kind.shown for item in book.all(kind.name))
    assert sorted((row["record"], row["id"]) for row in [*single, *listed]) == shown


def test_what_only_one_page_has_use_for_is_a_file_of_its_own_and_nothing_is_lost(book: Handbook) -> None:
    files = written(book)
    apart = [path for path in files if path.count("/") == 2]
    on_shortlists = [f"{KINDS[kind].plural}/{item.id}.json" for kind in SIDE_BY_SIDE for item in book.all(kind)]
    shortlisted = {f"{name}/{path}" for name in ("comparison", "inquiries") for path in on_shortlists}
    passages = {f"passages/sources/{item.id}.json" for item in book.all("source") if item.record.passages}
    assert passages
    assert set(apart) == shortlisted | passages
    for path in apart:
        name, own = path.split("/", 1)
        assert name not in files[own]
    for item in book.all("source"):
        fields = published.as_data(item.record, _parts(book))
        assert files.get(f"passages/sources/{item.id}.json") == fields.pop("passages", None)
        assert fields.items() <= files[f"sources/{item.id}.json"].items()


def test_a_claim_says_what_it_rests_on_and_where_that_is(book: Handbook) -> None:
    claims = [claim for item in book.all("condition") for claim in [published.record(item, _parts(book))["because"]]]
    assert claims
    for claim in claims:
        assert set(claim) == {"text", "basis", "sources"}
        assert (claim["basis"] == "suggested") == (claim["sources"] == [])
        assert all(source["url"].startswith("about/") for source in claim["sources"])


def test_how_a_recommendation_stands_is_what_the_handbook_computes_with_what_it_rests_on(book: Handbook) -> None:
    found = written(book)["standing.json"]
    for item in book.all("recommendation"):
        for sector in book.all("sector"):
            state, cell = book.state(item.id, sector.id), found["recommendations"][item.id]["sectors"][sector.id]
            assert cell["state"] == state.state
            assert len(cell["uses"]) + len(cell["sources"]) + len(cell["reasons"]) == sum(max(1, len(e.uses)) for e in state.evidence)
    assert {tool: row["level"] for tool, row in found["tools"].items()} == {item.id: book.level(item.id) for item in book.all("tool")}
    assert any(row["uses"] for row in found["tools"].values())
    for item in book.all("use"):
        assert found["uses"][item.id].items() <= written(book)[f"uses/{item.id}.json"].items()
        assert {"title", "place", "when", "outcome", "sources"} < found["uses"][item.id].keys()


def _parts(book: Handbook) -> Any:
    return published.Views(book, published.Repository(), published.HOME_PAGE)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("index.md", ""),
        ("lessons/index.md", "lessons/"),
        ("lessons/bet-on-people.md", "lessons/bet-on-people/"),
        ("about/glossary.md#sme", "about/glossary/#sme"),
    ],
)
def test_addresses_are_those_that_the_builders_make(target: str, address: str) -> None:
    assert published.address(target) == address


def test_the_files_are_written_below_data(book: Handbook, tmp_path: Path) -> None:
    published.publish(book, tmp_path)
    found = {path.relative_to(tmp_path / "data").as_posix(): json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.rglob("*.json")}
    assert found == written(book)
