"""A picture that contributors bring can do no more than be looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import pictures
from handbook.check import check
from handbook.load import OWN_ASSETS
from tests.conftest import ROOT
from tests.handbook.examples import found

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">{}</svg>'
PLAIN = [
    '<path d="M0 0h1"/>',
    '<title>Map</title><g fill="url(#paint)" style="fill: url(\'#paint\')"><use href="#a" xlink:href="#a"/></g>',
    "<style>.a { fill: red } .b { fill: url(#c) }</style><text>url(x) and on</text>",
    "<!-- drawn by hand --><linearGradient id='a'><stop offset='1'/></linearGradient>",
]
UNSAFE = {
    "<script>alert(1)</script>": "<script>",
    "<script/>": "<script>",
    '<x:script xmlns:x="http://www.w3.org/2000/svg"/>': "<x:script>",
    '<path onclick="alert(1)"/>': 'onclick="alert(1)"',
    '<path ONLOAD="x"/>': 'ONLOAD="x"',
    '<a href="https://example.org/">x</a>': "<a>",
    '<image href="photo.png"/>': "<image>",
    "<foreignObject/>": "<foreignObject>",
    '<set attributeName="href" to="javascript:x"/>': "<set>",
    '<animate attributeName="x"/>': "<animate>",
    '<use href="other.svg#a"/>': 'href="other.svg#a"',
    '<use xlink:href="data:image/svg+xml;x"/>': 'xlink:href="data:image/svg+xml;x"',
    '<path fill="url(https://example.org/x)"/>': 'fill="url(https://example.org/x)"',
    '<path style="fill: u\\72l(//example.org)"/>': 'style="fill: u\\72l(//example.org)"',
    '<g xml:base="https://example.org/"/>': 'xml:base="https://example.org/"',
    "<style>@import '//example.org/x.css';</style>": "@import",
    "<style>.a { fill: <![CDATA[url(]]>//example.org) }</style>": "url(",
    "<g>" * 41: "<g> inside more than 40 others",
    "<style><g/>@import '//example.org/x.css';</style>": "<g>",
    "<style>@im<style>x</style>port '//example.org/x.css';</style>": "<style>",
}


@pytest.mark.parametrize("inside", PLAIN)
def test_what_draws_may_stand_in_a_picture(inside: str) -> None:
    assert pictures.problems(SVG.format(inside).encode(), "docs/assets/a.svg") == []


@pytest.mark.parametrize("inside", UNSAFE)
def test_what_runs_or_leads_elsewhere_may_not(inside: str) -> None:
    (problem,) = pictures.problems(SVG.format(inside).encode(), "docs/assets/a.svg")
    assert (problem.rule, problem.values) == (pictures.UNSAFE, {"part": UNSAFE[inside]})


def test_a_part_that_is_drawn_again_counts_with_all_that_is_in_it() -> None:
    group = '<g id="a"><g id="b">{}</g></g>'.format("<path/>" * 98)
    twice, named = pictures.MAX_REPEATED // 100, pictures.MAX_REPEATED // 99
    for text in (group + '<use href="#a"/>' * twice, group + '<use href="#b"/>' * named, group.replace("b", "a")):
        assert pictures.problems(SVG.format(text).encode(), "docs/assets/a.svg") == []
    for text in (group + '<use href="#a"/>' * (twice + 1), group + '<use href="#b"/>' * (named + 1), group.replace("<path/>", '<use href="#a"/>')):
        assert [problem.rule for problem in pictures.problems(SVG.format(text).encode(), "docs/assets/a.svg")] == [pictures.REPEATS]


@pytest.mark.parametrize("before", ["<!DOCTYPE svg>", '<!DOCTYPE s [<!ENTITY a "b">]>', '<?xml-stylesheet href="x.css"?>'])
def test_nothing_may_stand_before_the_picture(before: str) -> None:
    (problem,) = pictures.problems((before + SVG.format("")).encode(), "docs/assets/a.svg")
    assert problem.rule is pictures.UNSAFE


def test_a_picture_may_say_how_it_is_written() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + SVG.format("<title>é</title>")
    assert pictures.problems(text.encode("utf-16"), "docs/assets/a.svg") == []


@pytest.mark.parametrize(
    ("name", "raw", "whole"),
    [
        ("a.svg", b"", False),
        ("a.svg", b"<svg>", False),
        ("a.svg", b"\xff\x00", False),
        ("a.png", b"\x89PNG\r\n\x1a\n...", True),
        ("a.png", b"<svg/>", False),
        ("a.jpg", b"\xff\xd8\xff\xe0", True),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", False),
        ("a.webp", b"RIFF\x00\x01\x02\nWEBP", True),
        ("a.webp", b"RIFF", False),
    ],
)
def test_a_picture_is_of_the_kind_that_its_name_says(name: str, raw: bytes, whole: bool) -> None:
    assert [problem.rule.id for problem in pictures.problems(raw, f"docs/assets/{name}")] == ["picture-broken"] * (not whole)


@pytest.mark.parametrize("name", ["a.js", "a.css", "a.html", "a.json", "a.txt", "a.woff2", "javascripts.js", "images/a.js", "javascripts/a.html"])
def test_a_file_that_a_browser_obeys_is_refused_outside_the_handbooks_own_folders(name: str, tiny: Path) -> None:
    path = tiny / "docs/assets" / name
    path.parent.mkdir(parents=True)
    path.write_text("x", encoding="utf-8")
    assert found(tiny) == [f"file-unexpected docs/assets/{name}"]


@pytest.mark.parametrize("name", ["docs/a.js", "docs/lessons/a.svg", "docs/a.html", "data/a.png"])
def test_no_asset_is_taken_outside_its_folder(name: str, tiny: Path) -> None:
    (tiny / name).write_text("x", encoding="utf-8")
    assert found(tiny) == [f"file-unexpected {name}"]


STRAY = "machinery-stray docs/assets/"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("fonts/a.woff2", []),
        ("javascripts/handbook.js", []),
        ("javascripts/a.js", [f"{STRAY}javascripts/a.js"]),
        ("javascripts/deep/a.js", [f"{STRAY}javascripts/deep/a.js"]),
        ("stylesheets/a.css", [f"{STRAY}stylesheets/a.css"]),
        ("vendor/a.js", [f"{STRAY}vendor/a.js"]),
    ],
)
def test_what_the_handbook_brings_is_taken_from_its_own_folders_if_something_asks_for_it(name: str, said: list[str], tiny: Path) -> None:
    path = tiny / "docs/assets" / name
    path.parent.mkdir(parents=True)
    path.write_text("x", encoding="utf-8")
    assert found(tiny) == said


def test_a_picture_has_a_name_that_a_link_can_hold_and_a_size_that_a_telephone_can_load(tiny: Path) -> None:
    (tiny / "docs/assets").mkdir()
    (tiny / "docs/assets/My map.svg").write_text(SVG.format(""), encoding="utf-8")
    (tiny / "docs/assets/large.jpg").write_bytes(b"\xff\xd8\xff" + bytes(pictures.MAX_PICTURE))
    (tiny / "docs/assets/map.jpg").write_bytes(b"\xff\xd8\xff" + bytes(pictures.MAX_PICTURE - 3))
    assert found(tiny) == ["file-name docs/assets/My map.svg", "picture-too-large docs/assets/large.jpg"]


def test_each_file_of_the_real_handbook_that_is_not_looked_into_is_in_a_folder_of_its_own() -> None:
    files = check(ROOT).base.files
    unread = files.assets.difference(files.checked)
    assert unread
    assert all(path.startswith(tuple(f"{folder}/" for folder in OWN_ASSETS)) for path in unread)
