"""A picture that contributors bring can do no more than be looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook import pictures, raster
from handbook.check import check
from handbook.load import OWN_ASSETS
from tests.conftest import ROOT
from tests.handbook.examples import found
from tests.photographs import extended, jpeg, lossless, lossy, png, webp

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
        ("a.png", png(), True),
        ("a.png", png(end=False), False),
        ("a.png", png(0), False),
        ("a.png", b"\x89PNG\r\n\x1a\n...", False),
        ("a.png", b"<svg/>", False),
        ("a.jpg", jpeg(), True),
        ("a.jpg", jpeg(end=False), False),
        ("a.jpg", b"\xff\xd8\xff", False),
        ("a.jpg", b"\xff\xd8" + b"\xff" * 1000, False),
        ("a.jpg", png(), False),
        ("a.webp", webp(lossy()), True),
        ("a.webp", webp(lossless()), True),
        ("a.webp", webp(extended(), lossy()), True),
        ("a.webp", webp(lossy())[:-5], False),
        ("a.webp", b"RIFF\x00\x01\x02\nWEBP", False),
        ("a.webp", b"RIFF", False),
    ],
)
def test_a_picture_is_of_the_kind_that_its_name_says(name: str, raw: bytes, whole: bool) -> None:
    assert [problem.rule.id for problem in pictures.problems(raw, f"docs/assets/{name}")] == ["picture-broken"] * (not whole)


AROUND = pictures.MAX_DOTS // 4000


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.png", png(4000, AROUND), []),
        ("a.png", png(4000, AROUND + 1), ["picture-dots"]),
        ("a.jpg", jpeg(4000, AROUND), []),
        ("a.jpg", jpeg(4000, AROUND + 1), ["picture-dots"]),
        ("a.webp", webp(lossy(4000, AROUND)), []),
        ("a.webp", webp(lossy(4000, AROUND + 1)), ["picture-dots"]),
        ("a.webp", webp(lossless(4000, AROUND)), []),
        ("a.webp", webp(lossless(4000, AROUND + 1)), ["picture-dots"]),
        ("a.webp", webp(extended(4000, AROUND + 1), lossy()), ["picture-dots"]),
        ("a.png", png(8, 8, (b"acTL", bytes(8))), ["picture-moves"]),
        ("a.webp", webp(extended(), (b"ANIM", bytes(6)), (b"ANMF", bytes(16))), ["picture-moves"]),
        ("a.png", png(8, 8, (b"tEXt", b"Software\x00a program")), []),
        ("a.png", png(8, 8, (b"tEXt", b"Author\x00somebody")), ["picture-tells"]),
        ("a.png", png(8, 8, (b"eXIf", b"II*")), ["picture-tells"]),
        ("a.jpg", jpeg(8, 8, (0xE1, b"Exif\x00\x00II*")), ["picture-tells"]),
        ("a.jpg", jpeg(8, 8, (0xED, b"Photoshop 3.0\x00")), ["picture-tells"]),
        ("a.jpg", jpeg(8, 8, (0xFE, b"made by somebody")), ["picture-tells"]),
        ("a.jpg", jpeg(8, 8, (0xE2, b"ICC_PROFILE\x00")), []),
        ("a.webp", webp(extended(), lossy(), (b"EXIF", b"II*")), ["picture-tells"]),
        ("a.webp", webp(extended(), lossy(), (b"ICCP", b"x")), []),
    ],
)
def test_a_photograph_has_a_size_stands_still_and_tells_no_more_than_it_shows(name: str, raw: bytes, said: list[str]) -> None:
    assert [problem.rule.id for problem in pictures.problems(raw, f"docs/assets/{name}")] == said


@given(st.sampled_from([png(), jpeg(), webp(extended(), lossy()), webp(lossless())]), st.lists(st.tuples(st.integers(0, 99), st.binary(max_size=4))))
def test_whatever_a_photograph_holds_it_is_read_without_an_error(raw: bytes, changes: list[tuple[int, bytes]]) -> None:
    for at, some in changes:
        raw = raw[:at] + some + raw[at + len(some) :]
    for reader in raster.READERS.values():
        assert isinstance(reader(raw), raster.Found)


@pytest.mark.parametrize(
    "held",
    [
        "<style>@keyframes a{to{fill:red}}rect{animation:a .1s infinite}</style><rect/>",
        "<style>@-webkit-keyframes a{to{fill:red}}</style>",
        '<rect style="animation: a 1s"/>',
        '<rect style="transition:fill 1s"/>',
        '<rect style="transition/**/: fill 1s"/>',
        "<style>rect{animation-name:a}</style>",
    ],
)
def test_a_drawing_stands_still(held: str) -> None:
    assert [problem.rule.id for problem in pictures.problems(SVG.replace("{}", held).encode(), "docs/assets/a.svg")] == ["picture-moves"]


def chain(parts: int, times: int) -> str:
    """Masks of so many parts, each of which shows the next mask."""
    inner = "".join(f'<mask id="m{at}">' + f'<rect mask="url(#m{at + 1})"/>' * times + "</mask>" for at in range(parts))
    return inner + '<rect mask="url(#m0)"/>'


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (chain(12, 10), ["picture-repeats"]),
        (chain(3, 10), []),
        (chain(2, 1000), ["picture-repeats"]),
        (chain(60, 1), ["picture-repeats"]),
        ('<mask id="a"><rect mask="url(#b)"/></mask><mask id="b"><rect mask="url(#a)"/></mask>', ["picture-repeats"]),
        ('<marker id="a">' + "<path/>" * 300 + '</marker><path marker-mid="url(#a)" d="M' + "1 2 " * 300 + '"/>', ["picture-repeats"]),
        ('<marker id="a"><path/></marker><path marker-mid="url(#a)" d="M' + "1 2 " * 300 + '"/>', []),
        ('<linearGradient id="a">' + "<stop/>" * 9 + "</linearGradient>" + '<rect fill="url(#a)"/>' * 9000, []),
        ('<linearGradient id="a"><stop/></linearGradient><mask id="b"><rect fill="url(#a)"/></mask><g mask="url(#b)"/>', []),
        ("<style>rect{mask:url(#a)}</style>" + '<mask id="a">' + "<path/>" * 150 + "</mask>" + "<rect/>" * 150, ["picture-repeats"]),
    ],
)
def test_a_drawing_does_not_multiply_itself(held: str, said: list[str]) -> None:
    raw = b'<svg xmlns="http://www.w3.org/2000/svg">' + held.encode() + b"</svg>"
    assert [problem.rule.id for problem in pictures.problems(raw, "docs/assets/a.svg")] == said


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
    (tiny / "docs/assets/map.jpg").write_bytes(jpeg() + bytes(pictures.MAX_PICTURE - len(jpeg())))
    assert found(tiny) == ["file-name docs/assets/My map.svg", "picture-too-large docs/assets/large.jpg"]


def test_each_file_of_the_real_handbook_that_is_not_looked_into_is_in_a_folder_of_its_own() -> None:
    files = check(ROOT).base.files
    unread = files.assets.difference(files.checked)
    assert unread
    assert all(path.startswith(tuple(f"{folder}/" for folder in OWN_ASSETS)) for path in unread)
