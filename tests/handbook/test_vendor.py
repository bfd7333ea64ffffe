"""Each library of other people is recorded, unchanged, and comes with its licence."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from handbook.inventory import BILL
from handbook.machinery import THEMES_LICENCES
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "assets" / "vendor"
LIBRARIES: list[dict[str, Any]] = tomllib.loads((ROOT / "vendor.toml").read_text(encoding="utf-8"))["library"]


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library["name"])
def test_the_file_is_the_one_recorded(library: dict[str, Any]) -> None:
    assert hashlib.sha256((ROOT / library["file"]).read_bytes()).hexdigest() == library["sha256"]


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library["name"])
def test_the_licence_comes_with_it(library: dict[str, Any]) -> None:
    assert library["licence"]
    text = (ROOT / library["text"]).read_text(encoding="utf-8")
    assert "Permission" in text or "Mozilla Public License" in text


def test_no_file_is_there_without_a_record() -> None:
    recorded = {ROOT / library[name] for library in LIBRARIES for name in ("file", "text")}
    assert recorded | {ROOT / BILL, ROOT / "docs" / THEMES_LICENCES} == {path for path in Path(FOLDER).rglob("*") if path.is_file()}
