"""The list of other people's software is whole, and the bill of materials is what programs expect."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from base64 import b64decode, b64encode
from dataclasses import replace
from fnmatch import fnmatch
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, unquote

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
COLLECTIONS: dict[str, str] = VENDORED["pictures"]
NAMED = re.compile(r"node_modules/((?:@[^/\s]+/)?[^/\s]+)/|\\0((?:@[\w.-]+\+)?[\w.-]+)(?:@[\d.]+)?/")
"""How a program that packs libraries into one file says whose part follows."""
COMMENTS = (re.compile(r"/\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE), re.compile(r"<!--.*?-->", re.DOTALL))
NOTICE = re.compile(r"^/\*!|@license|@preserve|licen[cs]|copyright|\(c\)|©", re.IGNORECASE)
WORDS = {
    "MIT": "Permission is hereby granted, free of charge",
    "0BSD": "Permission to use, copy, modify, and/or distribute",
    "Apache-2.0": "Apache License",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "MPL-2.0": "Mozilla Public License",
    "W3C-20150513": "The full text of this NOTICE",
}
"""What stands in the text of each licence."""
HEADING = re.compile(r"^([@a-z][a-z/@, -]*): ", re.MULTILINE)
ICONS = THEME / ".icons"
FONT_AWESOME = "@fortawesome/fontawesome-free"
ESCAPED = re.compile(r"\\(?:x|u00|0{0,4})(2[27]|3[ce])[ \n]?", re.IGNORECASE)
"""A quotation mark or an angle bracket as stylesheets and scripts write them where the sign itself would mean something."""
PACKED = re.compile(r"data:image/svg\+xml[^,\"'()]*;base64,([\w+/=]+)")
PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
OUTLINE = re.compile(r"""\sd=\\?["']([^"'\\]+)""")
DRAWN_BY_US = re.compile(r'<figure class="hb-(?:map|diagram)">.*?</figure>', re.DOTALL)
"""What templates/map.md.j2 and templates/_diagram.md.j2 draw from data."""
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
    listed = [path for part in found if part.use == THEMES for path in part.files]
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
    """The comments that say whose something is and how it may be used, those inside of pictures among them."""
    plain = unpacked(text)
    return [comment for kind in COMMENTS for comment in kind.findall(plain) if NOTICE.search(comment)]


def unpacked(text: str) -> str:
    """A text with the pictures in it as they are drawn, however they are written in an address or a string."""
    text = PACKED.sub(lambda match: b64decode(match[1]).decode("utf-8"), text)
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), unquote(unescape(text)))


def scripts(site: Path, *suffixes: str) -> dict[str, str]:
    files = sorted(path for path in site.rglob("*") if path.suffix in suffixes)
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in files}


def listed_for(path: str, found: list[Software]) -> set[str]:
    return {part.name for part in found for pattern in part.files if fnmatch(path, pattern.removeprefix("docs/"))}


def test_every_library_that_can_be_known_in_a_script_of_the_site_is_listed_with_that_file(site: Path, found: list[Software]) -> None:
    seen = {path: named(text) | marked(text) for path, text in scripts(site, ".js").items()}
    assert len(seen) > 20
    assert sum(map(len, seen.values())) > 15
    assert {path: names - listed_for(path, found) for path, names in seen.items() if names - listed_for(path, found)} == {}


def test_every_notice_of_a_licence_in_the_site_is_that_of_a_listed_library(site: Path, found: list[Software]) -> None:
    said = [(path, notice) for path, text in scripts(site, ".js", ".css", ".html", ".svg").items() for notice in notices(text)]
    assert len(said) > 3
    assert any("Font Awesome" in notice for _, notice in said)
    assert [(path, notice) for path, notice in said if not marked(notice) & listed_for(path, found)] == []


def test_every_listed_library_stands_in_the_file_that_the_list_names_in_the_version_that_this_says(site: Path, found: list[Software]) -> None:
    texts = scripts(site, ".js", ".css")
    sent = [part for part in found if part.use in {inventory.SHOWN, THEMES}]
    in_scripts = {part.name for part in sent if any(path.endswith(".js") for path in part.files)}
    assert in_scripts <= MARKS.keys()
    inside = [part for part in sent if part.name in in_scripts | {FONT_AWESOME}]
    assert len(inside) > 15
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
    assert notices("<p><!-- Copyright Somebody --><!-- nothing -->") == ["<!-- Copyright Somebody -->"]
    assert notices(r"url(\"data:image/svg+xml,<svg>\3c !--! Licence: mine --></svg>\")") == ["<!--! Licence: mine -->"]


def test_the_text_of_every_licence_of_what_readers_are_sent_is_in_the_site(site: Path, found: list[Software]) -> None:
    sent = [part for part in found if part.use in {inventory.SHOWN, THEMES}]
    assert len(sent) > 15
    for part in sent:
        text = (site / part.text.removeprefix("docs/")).read_text(encoding="utf-8")
        of_its_own = HEADING.split(text)
        texts = {name: words for names, words in zip(of_its_own[1::2], of_its_own[2::2], strict=True) for name in names.split(", ")}
        own_file = part.use == inventory.SHOWN and not part.holder
        assert WORDS[part.licence] in (of_its_own[0] if own_file else texts[part.name]), part.name


# -- pictures inside of other files ------------------------------------------------------------


@pytest.fixture(scope="module")
def outlines() -> dict[str, str]:
    """The package that each outline is from, of all pictures that the theme could draw."""
    files = [(name, path) for folder, name in COLLECTIONS.items() for path in (ICONS / folder).rglob("*.svg")]
    return {outline: name for name, path in files for outline in OUTLINE.findall(path.read_text(encoding="utf-8"))}


def pictures(text: str) -> list[str]:
    """The pictures in a text, each as it is drawn."""
    return PICTURE.findall(unpacked(text))


def collections(text: str, outlines: dict[str, str]) -> set[str]:
    """The collections that pictures in a text are from."""
    return {outlines[line] for picture in pictures(text) for line in OUTLINE.findall(picture) if line in outlines}


def is_of_a_collection(picture: str, outlines: dict[str, str]) -> bool:
    """Whether all of a picture is from collections that the theme has."""
    lines = OUTLINE.findall(picture)
    return bool(lines) and all(line in outlines for line in lines)


def unlisted(texts: dict[str, str], outlines: dict[str, str], found: list[Software]) -> dict[str, set[str]]:
    """The collections that files hold pictures of, without being listed with that file."""
    missed = {path: collections(text, outlines) - listed_for(path, found) for path, text in texts.items()}
    return {path: names for path, names in missed.items() if names}


def test_every_collection_of_pictures_in_the_theme_is_known_by_its_package() -> None:
    assert {path.name for path in ICONS.iterdir() if path.is_dir()} == COLLECTIONS.keys()


def test_every_picture_of_the_site_is_ours_or_of_a_collection_that_is_listed_with_that_file(
    site: Path, outlines: dict[str, str], found: list[Software]
) -> None:
    texts = scripts(site, ".html", ".css", ".js", ".svg")
    assert unlisted(texts, outlines, found) == {}
    ours = {path.read_text(encoding="utf-8").strip() for path in (ROOT / "overrides/.icons/handbook").glob("*.svg")}
    not_ours = {path: DRAWN_BY_US.sub("", text) for path, text in texts.items() if path.endswith(".html") or path in theme.published()}
    drawn = {picture for text in not_ours.values() for picture in pictures(text)} - ours
    assert len(drawn) > 40
    assert [picture for picture in sorted(drawn) if not is_of_a_collection(picture, outlines)] == []


def test_every_listed_collection_is_in_the_files_that_the_list_names(site: Path, outlines: dict[str, str], found: list[Software]) -> None:
    seen = {path: collections(text, outlines) for path, text in scripts(site, ".html", ".css", ".js", ".svg").items()}
    named_in = [(part.name, pattern) for part in found if part.name in COLLECTIONS.values() for pattern in part.files]
    assert len(named_in) > 3
    assert [(name, pattern) for name, pattern in named_in if not any(name in names for path, names in seen.items() if fnmatch(path, pattern))] == []


def test_a_picture_of_a_collection_that_is_not_listed_is_missed_by_name_in_a_page_and_in_a_stylesheet(
    site: Path, outlines: dict[str, str], found: list[Software]
) -> None:
    caret, tag = ((ICONS / path).read_text(encoding="utf-8") for path in ("fontawesome/solid/caret-down.svg", "octicons/tag-16.svg"))
    written = {
        "lessons/a/index.html": f'<h1>A</h1><span class="twemoji">{caret}</span>',
        "lessons/b/index.html": f"<p style='--icon: url(data:image/svg+xml,{quote(caret)})'>",
        "assets/stylesheets/a.css": f"p{{mask:url('data:image/svg+xml;utf8,{quote(caret)}')}}",
        "assets/stylesheets/b.css": f"p{{mask:url(data:image/svg+xml;base64,{b64encode(caret.encode()).decode()})}}",
        "assets/stylesheets/c.css": 'p{mask:url("data:image/svg+xml,' + caret.replace("<", r"\3c ").replace('"', r"\22 ") + '")}',
        "assets/javascripts/a.js": f"const caret = {json.dumps(caret)}",
    }
    assert unlisted(written, outlines, found) == {path: {FONT_AWESOME} for path in written}
    assert all("Font Awesome" in notices(text)[0] for text in written.values())
    assert unlisted({"index.html": tag}, outlines, found) == {"index.html": {"@primer/octicons"}}
    styles = {path: text for path, text in scripts(site, ".css").items() if path in theme.published()}
    [(path, names)] = unlisted(styles, outlines, []).items()
    assert names == {FONT_AWESOME, "@primer/octicons", "@mdi/svg"}
    for name in names:
        assert unlisted(styles, outlines, [part for part in found if part.name != name]) == {path: {name}}
    only_in_pages = [replace(part, files=("*.html",)) if part.name == "@mdi/svg" else part for part in found]
    assert unlisted(styles, outlines, only_in_pages) == {path: {"@mdi/svg"}}
