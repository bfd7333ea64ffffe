"""Whatever stands behind the # of an address, the reader of it says nothing wrong and never gives up."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.fuzz.makings import examples

SOURCE = (ROOT / "docs/assets/javascripts/lib/state.js").read_text(encoding="utf-8")
KEYS = re.findall(r'^  "?([a-z-]+)"?: \{ travels', SOURCE, re.MULTILINE)
LONGEST = 6_000
# Texts go to and fro as numbers, because halves of characters do not survive the way otherwise.
READ = """async ([module, numbers]) => { const { parse, format } = await import(module)
  const codes = text => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  const plain = ({ anchor, values, notes }) => ({
    anchor: codes(anchor), values: [...values].map(([key, found]) => [key, found.map(codes)]), notes: notes.map(codes) })
  const fragment = String.fromCharCode(...numbers)
  try {
    const first = parse(fragment), written = format(first.values, first.anchor)
    const second = parse("#" + written), again = format(second.values, second.anchor)
    return { first: plain(first), written: codes(written), second: plain(second), again: codes(again) }
  } catch (error) { return { raised: String(error) } } }"""

GARBAGE = ("%", "%%", "+", " ", "<b>", "&amp;", "😀")
GARBAGE += ( "%E0%A4%A", "%C0%80", "%ED%A0%80", "%00", "%0A", "%E2%80%AE", "%26", "%3D", "%2C", "%21", "%23", "%25")
NAMES = ("__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "length", "", "PICK", "pick ", "p%69ck", "then", "0")
HALVES = ("\ud800", "\udc00", "\udfff\ud800", "a\ud83d")
STATE = (
    "monday!pick=lesson.bet-on-people,tool.living-lab&fit=staff-time.have&sector=food&date=2027-06-10"
    "&note=Ten%20weeks%2C%20not%20twelve%21&lead=a.3"
)


@st.composite
def fragments(draw: st.DrawFn) -> str:
    """A fragment: pairs of keys and values of any sort, a good state that was spoilt, or no state at all."""
    signs = st.sampled_from((",", "=", "&", "!", "#", "a.b", "food"))
    piece = st.one_of(st.sampled_from(GARBAGE), st.sampled_from(HALVES), st.text(max_size=6), signs)
    words = st.lists(piece, max_size=5).map("".join)
    pair = st.builds("{}={}".format, st.sampled_from((*KEYS, *NAMES)) | words, words)
    made = "&".join(draw(st.lists(pair, max_size=8)))
    shape = draw(st.integers(0, 5))
    if shape == 0:
        return draw(words)
    if shape == 1:
        here = draw(st.integers(0, len(STATE)))
        return "#" + STATE[:here] + draw(piece) + STATE[here + draw(st.integers(0, 4)) :]
    if shape == 2:
        return f"#!note={draw(piece) * draw(st.sampled_from((10, 500, 1_000, 2_999, 7_000)))}&{made}"
    if shape == 3:
        return f"#!{'&'.join([draw(pair)] * draw(st.sampled_from((2, 50, 700))))}"
    return f"{draw(st.sampled_from(('#', '', '##')))}{draw(words)}!{made}"


@pytest.fixture(scope="module")
def ask(address: str, chromium: Any) -> Any:
    """A function that hands fragments to the reader of a page of the site, and gives back what it made of each."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)

    def asked(fragment: str) -> dict[str, Any]:
        found: dict[str, Any] = page.evaluate(READ, [f"{address}assets/javascripts/lib/state.js", units(fragment)])
        return found

    yield asked
    context.close()


def units(text: str) -> list[int]:
    """The numbers by which JavaScript knows the characters of a text."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[at] + 256 * raw[at + 1] for at in range(0, len(raw), 2)]


def words(numbers: list[int]) -> str:
    return b"".join(number.to_bytes(2, "little") for number in numbers).decode("utf-16-le", "surrogatepass")


def wholly(text: str) -> str:
    """``text`` without halves of characters."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def test_the_keys_are_those_of_the_reader() -> None:
    assert len(KEYS) > 15
    assert {"pick", "fit", "note", "outcome-known"} < set(KEYS)


@examples(300)
@given(fragments())
@example("#!note=\ud800")  # half of a character could be read and not be written again
@example("#!" + "z" * 39 + "😀" + "z")  # the sentence about it ended with half of a character
@example("#!" + "&".join(f"{number}=x" for number in range(999)))  # a thousand sentences stood on the page
@example("#!" + "x=y&" * 700)  # and the same one 700 times
def test_whatever_a_link_carries_is_read_in_a_few_sentences_and_comes_out_as_it_went_in(ask: Callable[[str], dict[str, Any]], fragment: str) -> None:
    found = ask(fragment)
    assert "raised" not in found
    first, second = found["first"], found["second"]
    text = fragment.removeprefix("#")
    assert words(first["anchor"]) == wholly(text.partition("!")[0])
    assert {key for key, _ in first["values"]} <= set(KEYS)
    for key, values in first["values"]:
        assert len({tuple(value) for value in values}) == len(values), (key, fragment)
    if len(units(text)) > LONGEST:
        assert first["values"] == []
    notes = [words(note) for note in first["notes"]]
    for note in notes:
        assert re.fullmatch(r"(The link|What the link) .{,150}\.", note, re.DOTALL), note
        note.encode("utf-8")  # no half of a character
    assert len(notes) == len(set(notes)) <= 6
    if len(found["written"]) <= LONGEST:
        assert found["again"] == found["written"]
        assert sorted(second["values"]) == sorted([key, values] for key, values in first["values"] if values)
        assert second["notes"] == []
    else:
        assert second["values"] == []
        assert len(second["notes"]) == 1
