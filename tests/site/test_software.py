"""The list of other people's software is whole, and the bill of materials is what programs expect."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_expression, is_supported_id
from cyclonedx.validation.json import JsonStrictValidator

from handbook import inventory, theme
from handbook.inventory import BILL, DATA, PAGE, THEMES, Software, Unknown, main, software, written
from tests.conftest import ROOT
from tests.site.conftest import clean_environment

THEME = Path(str(find_spec("material").origin)).parent / "templates"  # type: ignore[union-attr]
FOR_MAKERS = ".map"
VENDORED = tomllib.loads((ROOT / inventory.VENDORED).read_text(encoding="utf-8"))
MARKS: dict[str, str] = VENDORED["marks"]
NAMED = re.compile(r"node_modules/((?:@[^/\s]+/)?[^/\s]+)/|\\0((?:@[\w.-]+\+)?[\w.-]+)(?:@[\d.]+)?/")
"""How a program that packs libraries into one file says whose part follows."""
COMMENT = re.compile(r"/\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)
NOTICE = re.compile(r"^/\*!|@license|@preserve|licen[cs]|copyright|\(c\)|©", re.IGNORECASE)
WORDS = {
    "MIT": "Permission is hereby granted, free of charge",
    "0BSD": "Permission to use, copy, modify, and/or distribute",
    "Apache-2.0": "Apache License",
    "MPL-2.0": "Mozilla Public License",
    "W3C-20150513": "The full text of this NOTICE",
}
"""What stands in the text of each licence."""
HEADING = re.compile(r"^([@a-z][a-z/@, -]*): ", re.MULTILINE)
PICTURE = re.compile(r'<svg xmlns="[^"]+" viewBox="0 0 24 24">.*?</svg>')
OF_A_PAGE = (".html", ".xml", ".xml.gz")


@pytest.fixture(scope="module")
def found() -> list[Software]:
    return software(ROOT)


def test_the_bill_of_materials_is_valid_by_the_official_schema_of_cyclonedx() -> None:
    text = (ROOT / BILL).read_text(encoding="utf-8")
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(text) is None
    assert json.loads(text)["specVersion"] == "1.6"
    assert validator.validate_str(text.replace('"type": "library"', '"type": "book"', 1)) is not None


@pytest.mark.parametrize("path", [BILL, PAGE])
def test_the_list_is_the_one_that_make_lock_writes(path: str) -> None:
    assert written(ROOT)[path] == (ROOT / path).read_text(encoding="utf-8"), "run 'make software'"


def test_the_list_holds_no_time_and_no_chance() -> None:
    program = "import pathlib; from handbook.inventory import written; print(written(pathlib.Path()))"
    said = set()
    for seed in "12":
        environ = {**clean_environment(), "PYTHONHASHSEED": seed, "TZ": f"Etc/GMT+{seed}"}
        said.add(subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environ, capture_output=True, text=True, check=True).stdout)
    assert len(said) == 1
    assert "timestamp" not in (ROOT / BILL).read_text(encoding="utf-8")


def test_every_package_of_both_lock_files_is_listed_with_its_version(found: list[Software]) -> None:
    locked = {
        tuple(line.split(" ")[0].partition("[")[0].split("=="))
        for name in (inventory.BUILDS, inventory.TESTS)
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if re.match(r"[a-z0-9.-]+==", line)
    }
    assert len(locked) > 60
    assert {(part.name, part.version) for part in found if part.use in {inventory.BUILDING, inventory.TESTING}} == locked
    listed = {(part["name"], part.get("version")) for part in json.loads((ROOT / BILL).read_text(encoding="utf-8"))["components"]}
    assert locked <= listed


def test_every_licence_is_one_that_programs_know_but_for_what_is_in_the_public_domain(found: list[Software]) -> None:
    strange = [part for part in found if not is_supported_id(part.licence) and not is_expression(part.licence)]
    assert [(part.use, part.licence) for part in strange] == [(DATA, "Public domain")]


def test_a_licence_is_written_by_hand_only_where_the_package_does_not_say_it() -> None:
    names = tomllib.loads((ROOT / inventory.VENDORED).read_text(encoding="utf-8"))["licences"]
    assert list(names) == sorted(names)
    locked = {part.name for part in software(ROOT)}
    for name in names:
        assert name in locked
        with pytest.raises(Unknown):
            inventory._said(name)


def test_what_the_bill_says_depends_on_something_is_in_the_bill_and_everything_is_asked_for_by_something() -> None:
    bill = json.loads((ROOT / BILL).read_text(encoding="utf-8"))
    known = {part["bom-ref"] for part in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    asked = {reference for entry in bill["dependencies"] for reference in entry.get("dependsOn", ())}
    assert asked <= known
    of_the_pages = {part.reference for part in software(ROOT) if part.use in {inventory.SHOWN, DATA}}
    assert known - asked - of_the_pages == {bill["metadata"]["component"]["bom-ref"]}


def test_a_package_without_a_known_licence_stops_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (inventory.PROJECT, inventory.BUILDS, inventory.TESTS, inventory.VENDORED):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    with (tmp_path / inventory.BUILDS).open("a", encoding="utf-8") as lock:
        lock.write("\nnobody-has-this==1.0 \\\n    --hash=sha256:00\n    # via mkdocs\n")
    assert main(["--root", str(tmp_path)]) == 1
    assert "nobody-has-this is not installed" in capsys.readouterr().err
    assert not (tmp_path / "docs").exists()


# -- what the theme brings ---------------------------------------------------------------------


def test_every_library_that_the_theme_s_scripts_and_styles_are_made_of_is_listed(site: Path, found: list[Software]) -> None:
    maps = [THEME / f"{path}{FOR_MAKERS}" for path in theme.published() if (site / path).exists()]
    sources = [name for path in maps for name in json.loads(path.read_text(encoding="utf-8"))["sources"]]
    names = {match[1] for name in sources if (match := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", name))}
    assert len(names) > 5
    assert names <= {part.name for part in found if part.use == THEMES}


def test_what_the_theme_brings_and_no_page_asks_for_is_not_in_the_site(site: Path) -> None:
    assert all(map(theme.is_left_out, ("assets/javascripts/lunr/wordcut.js", "assets/images/favicon.png")))
    there = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    assert not [path for path in there if theme.is_left_out(path)]
    assert not there & {"assets/javascripts/lunr", "assets/javascripts/workers"}
    assert not [path for path in there if path.endswith(FOR_MAKERS)]
    home = (site / "index.html").read_text(encoding="utf-8")
    assert [path for path in there & theme.published().keys() if f'"{path}"' not in home] == []


def test_every_file_in_the_site_is_ours_or_the_theme_s_own_or_listed(site: Path, found: list[Software]) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    ours = {path.relative_to(site.parent / "docs").as_posix() for path in (site.parent / "docs/assets").rglob("*")}
    listed = [part.file for part in found if part.use == THEMES]
    left = {path for path in files - ours if not path.endswith(OF_A_PAGE) and not path.startswith(("data/", "search/"))}
    left = {path for path in left if not any(fnmatch(path, pattern) for pattern in listed)}
    assert {re.sub(r"\.[0-9a-f]{8}\.", ".", path) for path in left} == {"assets/stylesheets/palette.min.css"}
    assert [pattern for pattern in listed if not any(fnmatch(path, pattern) for path in files)] == []


# -- libraries inside of other files ----------------------------------------------------------


def named(text: str) -> set[str]:
    """The libraries that the program which made a script says it has put there."""
    return {(match[1] or match[2]).replace("+", "/") for match in NAMED.finditer(text)}


def marked(text: str) -> set[str]:
    """The libraries that are known by what stands in a script."""
    return {name for name, mark in MARKS.items() if re.search(mark, text)}


def notices(text: str) -> list[str]:
    """The comments that say whose something is and how it may be used."""
    return [comment for comment in COMMENT.findall(text) if NOTICE.search(comment)]


def scripts(site: Path, *suffixes: str) -> dict[str, str]:
    files = sorted(path for path in site.rglob("*") if path.suffix in suffixes)
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in files}


def listed_for(path: str, found: list[Software]) -> set[str]:
    return {part.name for part in found if fnmatch(path, part.file.removeprefix("docs/"))}


def test_every_library_that_can_be_known_in_a_script_of_the_site_is_listed_with_that_file(site: Path, found: list[Software]) -> None:
    seen = {path: named(text) | marked(text) for path, text in scripts(site, ".js").items()}
    assert len(seen) > 20
    assert sum(map(len, seen.values())) > 15
    assert {path: names - listed_for(path, found) for path, names in seen.items() if names - listed_for(path, found)} == {}


def test_every_notice_of_a_licence_in_a_script_or_stylesheet_of_the_site_is_that_of_a_listed_library(site: Path, found: list[Software]) -> None:
    said = [(path, notice) for path, text in scripts(site, ".js", ".css").items() for notice in notices(text)]
    assert len(said) > 3
    assert [(path, notice) for path, notice in said if not marked(notice) & listed_for(path, found)] == []


def test_every_listed_library_stands_in_the_script_that_the_list_names_in_the_version_that_this_says(site: Path, found: list[Software]) -> None:
    texts = scripts(site, ".js")
    inside = [part for part in found if part.use in {inventory.SHOWN, THEMES} and part.file.endswith(".js")]
    assert len(inside) > 15
    assert {part.name for part in inside} <= MARKS.keys()
    assert {part["of"] for part in VENDORED["part"]} <= {part.name for part in inside if not part.holder}
    for part in inside:
        matches = [match for path, text in texts.items() if part.name in listed_for(path, found) for match in re.finditer(MARKS[part.name], text)]
        assert matches, part.name
        assert {version for match in matches for version in match.groups()} <= {part.version}, part.name


def test_a_library_would_be_seen_that_is_named_or_marked_or_has_a_notice() -> None:
    left_out = {path: (THEME / path).read_text(encoding="utf-8") for path in theme.files() if "/javascripts/" in path and (THEME / path).exists()}
    words = left_out["assets/javascripts/lunr/wordcut.js"]
    assert {"underscore", "glob", "minimatch", "inherits", "process"} <= marked(words)
    search = next(text for path, text in left_out.items() if re.search(r"/workers/.*\.js$", path))
    assert "lunr" in marked(search)
    assert len(notices(search)) > 5
    assert named("// node_modules/@scope/some-name/index.js\n// \\0@oxc-project+runtime@0.155.0/helpers/x.js") == {
        "@scope/some-name",
        "@oxc-project/runtime",
    }
    assert notices("a=1\n  // (c) 2020 Somebody\n/*! x */ /* nothing */") == ["  // (c) 2020 Somebody", "/*! x */"]


def test_the_text_of_every_licence_of_what_readers_are_sent_is_in_the_site(site: Path, found: list[Software]) -> None:
    sent = [part for part in found if part.use in {inventory.SHOWN, THEMES}]
    assert len(sent) > 15
    for part in sent:
        text = (site / part.text.removeprefix("docs/")).read_text(encoding="utf-8")
        of_its_own = HEADING.split(text)
        texts = {name: words for names, words in zip(of_its_own[1::2], of_its_own[2::2], strict=True) for name in names.split(", ")}
        own_file = part.use == inventory.SHOWN and not part.holder
        assert WORDS[part.licence] in (of_its_own[0] if own_file else texts[part.name]), part.name


def test_every_picture_that_the_theme_draws_in_a_page_is_of_the_collection_that_is_listed(site: Path, found: list[Software]) -> None:
    assert "@mdi/svg" in {part.name for part in found}
    files = [*(THEME / ".icons/material").glob("*.svg"), *(ROOT / "overrides/.icons/handbook").glob("*.svg")]
    collection = {path.read_text(encoding="utf-8").strip() for path in files}
    drawn = {svg for path in site.rglob("*.html") for svg in PICTURE.findall(path.read_text(encoding="utf-8"))}
    assert len(drawn) > 4
    assert drawn <= collection
