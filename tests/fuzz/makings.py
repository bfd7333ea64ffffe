"""What the tests of this folder make up: how much of it, texts of every sort, and files with small changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from hypothesis import settings
from hypothesis import strategies as st

from tests.hostile import HOSTILE, REFUSED

SIGNS = (
    *"\n \t:-'\"[]{}()&*!|>%@#,?~<=\\`_aåé0.",
    *("\x00", "\x07", "\x85", "\u2028", "\u200b", "\u202e", "\ufeff", "\xa0", "\x0c", "\r", "\r\n", "😀", "e\u0301"),
    *("\n\n", "- ", ": ", "\n  ", "\n---\n", "\n...\n", "--- \n", " ---", "---"),
    *("<<: ", "&a ", "*a", "!t ", "? ", "| ", ">-\n", "\\x07", "\\UFFFFFFFF"),
    *("{{ ", " }}", "](", "\n## ", "\n# ", "\n### ", '("page")', "[x](y.md)", "- [x] ", "```\n", "<b>", "_No response_"),
    *("title: [a]\n", "title: {a: b}\n", "aliases: x\n", "aliases: [[x]]\n", "id: x\n", "x: y\n"),
    *("sources: x\n", "hide: x\n", "null", "~", "=", "<<"),
    *("999999999999999999999999999", "-1", "1e9", "NaN", "2024-02-30", "0000-00-00", "0x_", "1:20:30", "true", "NO"),
    *("[" * 40, "{a: " * 15, "x" * 2000, "[a]", "{a: b}", "[]", "{}", "[{a: [b]}]", "1" * 5000),
)
"""Pieces of text that mean something to YAML, Markdown, the templates or the forms."""

ENCODINGS = ("utf-16", "latin-1", "utf-8-sig", "utf-32")


def examples(number: int) -> settings:
    """So many examples in each run of the tests, and twenty times as many for ``make fuzz``."""
    return settings(max_examples=number * settings.default.max_examples // 100)


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """A sign that means something, a hostile text, or any letters."""
    return draw(st.one_of(st.sampled_from(SIGNS), st.sampled_from((*HOSTILE, *REFUSED.values())), st.text(max_size=12)))


def texts(most: int = 12) -> st.SearchStrategy[str]:
    """Pieces in a row."""
    return st.lists(pieces(), max_size=most).map("".join)


Change = Callable[[str], str]


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    """One to four small changes to a text."""
    place, piece, length = st.floats(0, 1, exclude_max=True), st.sampled_from(SIGNS) | st.text(max_size=4), st.sampled_from((0, 0, 1, 3, 10, 100))
    line = st.sampled_from((_gone, _doubled, _indented, _to_the_end))
    change = st.one_of(
        st.builds(_put, place, piece, length),
        st.builds(_put, place, piece, length),
        st.builds(_repeat, place, length),
        st.builds(_value, place, piece),
        st.builds(_line, place, line),
    )
    return draw(st.lists(change, min_size=1, max_size=4))


def changed(text: str, by: Sequence[Change]) -> str:
    """``text`` after some changes."""
    for change in by:
        text = change(text)
    return text


def _put(place: float, piece: str, length: int) -> Change:
    """Put a piece in the place of some characters, or between them."""

    def change(text: str) -> str:
        here = round(place * len(text))
        return text[:here] + piece + text[here + length :]

    return change


def _repeat(place: float, length: int) -> Change:
    def change(text: str) -> str:
        here = round(place * len(text))
        return text[: here + length] + text[here:]

    return change


def _value(place: float, piece: str) -> Change:
    """Put a piece in the place of a field's value."""

    def change(text: str) -> str:
        values = [match.span(1) for match in re.finditer(r": *([^\n:]+)\n", text)]
        start, end = values[int(place * len(values))] if values else (0, 0)
        return text[:start] + piece + text[end:]

    return change


def _line(place: float, what: Callable[[list[str], int], list[str]]) -> Change:
    def change(text: str) -> str:
        lines = text.split("\n")
        return "\n".join(what(lines, int(place * len(lines))))

    return change


def _gone(lines: list[str], here: int) -> list[str]:
    return [*lines[:here], *lines[here + 1 :]]


def _doubled(lines: list[str], here: int) -> list[str]:
    return [*lines[: here + 1], *lines[here:]]


def _indented(lines: list[str], here: int) -> list[str]:
    return [*lines[:here], f"  {lines[here]}", *lines[here + 1 :]]


def _to_the_end(lines: list[str], here: int) -> list[str]:
    return [*lines[:here], *lines[here + 1 :], lines[here]]


def raw(text: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """``text`` as the bytes of a file: mostly as it should be, sometimes in another encoding or with bytes of its own."""
    plain = text.map(lambda made: made.encode("utf-8", "surrogatepass"))
    return st.one_of(
        *[plain] * 6,
        st.builds(lambda made, encoding: made.encode(encoding, "replace"), text, st.sampled_from(ENCODINGS)),
        st.builds(_put_bytes, plain, st.floats(0, 1), st.binary(max_size=4)),
    )


def _put_bytes(made: bytes, place: float, more: bytes) -> bytes:
    here = round(place * len(made))
    return made[:here] + more + made[here + len(more) :]
