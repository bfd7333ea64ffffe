"""Lay out a record with what it needs, and what comes of it.

Two panels, each as narrow as a phone's screen: the record with what it needs
below it, and what comes of it. A stylesheet puts them side by side where there
is room, so that everything is drawn once and no letter ever shrinks. Here are
only boxes, lines of text and coordinates, in units that the stylesheet makes
pixels at a browser's usual size of letters; the markup and the words are in
``templates/_diagram.md.j2``.

The lines never cross: each group has its own on its way up to the record, the
lower the group, the further to the left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from markupsafe import Markup

WIDTH = 284
BETWEEN = 24  # from panel to panel, when they stand side by side
LETTER, LINE = 14, 18  # size of letters, distance of lines
HEAD = 24  # height of a heading
SIDE, ABOVE = 10, 8  # from a box's edge to its text
GAP, BREAK = 8, 16  # between boxes, between groups
INDENT = 34  # room for three lines beside the boxes
STEM = INDENT // 2  # where the line of the second panel runs
STEP = 10  # between two lines side by side
TIP = 7  # length of an arrow's head
EDGE = 2  # half of the thickest line, which must not be cut off


@dataclass(frozen=True)
class Node:
    """What a box stands for: its label, where it leads, and what the template needs for the words that it adds."""

    label: str
    href: Markup
    builders: tuple[int, int] | None = None
    """How many lessons and how many tools build it, for a condition; they are told in a line below the label."""
    count: int = 1
    """How many records it stands for; if more than one, the template writes the label."""


@dataclass(frozen=True)
class Group:
    """Nodes that relate to the record in the same way; ``key`` is what the template calls it by."""

    key: str
    nodes: tuple[Node, ...]


class Line(NamedTuple):
    """A line of text, and whether a blank stood before it; none did if a long word was broken."""

    text: str
    blank: bool


@dataclass(frozen=True)
class Box:
    """A node in its place, and its label in lines."""

    node: Node
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> tuple[int, int]:
        """Where its first line begins: the left end of the letters' foot."""
        return self.x + SIDE, self.y + ABOVE + LETTER

    @property
    def middle(self) -> int:
        """Half its height."""
        return self.y + self.height // 2


@dataclass(frozen=True)
class Placed:
    """A group in its place: where its heading begins, its boxes, and the line that joins them to the record."""

    key: str
    head: tuple[int, int]
    boxes: tuple[Box, ...]
    line: Markup


@dataclass(frozen=True)
class Panel:
    """Groups one below the other. ``line`` and ``tips``, the heads of arrows, are the data of SVG paths."""

    height: int
    groups: tuple[Placed, ...]
    tips: Markup
    line: Markup = Markup()  # noqa: RUF009  (it cannot change)


@dataclass(frozen=True)
class Drawing:
    """The record's own box, the panel that it heads, and the panel of what comes of it."""

    this: Box
    needs: Panel
    leads: Panel
    beside: Markup
    """Where the second panel's line comes from when that panel stands beside the record: its box."""
    below: Markup
    """And when it stands below: from above."""


def draw(title: str, needs: Sequence[Group], leads: Sequence[Group]) -> Drawing:
    """Place everything. Groups without nodes are left out."""
    this = _box(Node(title, Markup()), EDGE, HEAD, WIDTH - 2 * EDGE, bold=True)
    beside = _path(f"M-{BETWEEN + EDGE} {this.middle}H{STEM}")
    below = _path(f"M{STEM} {HEAD - GAP}V{this.middle}")
    return Drawing(this, _needs(this, needs), _leads(this, leads), beside, below)


def _needs(this: Box, groups: Sequence[Group]) -> Panel:
    """Below the record, with lines that go up to it."""
    foot = this.y + this.height
    placed, tips = [], []
    for number, (key, boxes) in enumerate(_columns(groups, foot + BREAK)):
        x = INDENT - GAP - STEP * number
        line = "".join(f"M{INDENT} {box.middle}H{x}" for box in boxes) + f"M{x} {boxes[-1].middle}V{foot + TIP}"
        placed.append(_placed(key, boxes, line))
        tips.append(f"M{x} {foot}l-4 {TIP}h8z")
    return Panel(_foot(placed, foot), tuple(placed), _path(*tips))


def _leads(this: Box, groups: Sequence[Group]) -> Panel:
    """With a line from the height of the record's box to an arrow at each box."""
    placed = [_placed(key, boxes) for key, boxes in _columns(groups, HEAD)]
    middles = [box.middle for group in placed for box in group.boxes]
    if not middles:
        return Panel(HEAD, (), Markup())
    ends = (this.middle, *middles)
    line = f"M{STEM} {min(ends)}V{max(ends)}" + "".join(f"M{STEM} {middle}H{INDENT - TIP}" for middle in middles)
    return Panel(_foot(placed, this.middle), tuple(placed), _path(*(f"M{INDENT} {middle}l-{TIP} -4v8z" for middle in middles)), _path(line))


def _columns(groups: Iterable[Group], y: int) -> Iterator[tuple[str, tuple[Box, ...]]]:
    """The boxes of all groups that have any, one below the other, beginning at ``y``."""
    for group in groups:
        boxes: list[Box] = []
        y += HEAD
        for node in group.nodes:
            boxes.append(_box(node, INDENT, y, WIDTH - INDENT - EDGE))
            y += boxes[-1].height + GAP
        y += BREAK - GAP if boxes else -HEAD
        if boxes:
            yield group.key, tuple(boxes)


def _box(node: Node, x: int, y: int, width: int, *, bold: bool = False) -> Box:
    lines = wrap(node.label, width - 2 * SIDE, bold=bold)
    return Box(node, x, y, width, 2 * ABOVE + LINE * (len(lines) + (node.builders is not None)), lines)


def _placed(key: str, boxes: tuple[Box, ...], line: str = "") -> Placed:
    return Placed(key, (boxes[0].x, boxes[0].y - GAP), boxes, _path(line))


def _foot(groups: Sequence[Placed], least: int) -> int:
    return max([least, *(box.y + box.height for group in groups for box in group.boxes)]) + EDGE


def _path(*parts: str) -> Markup:
    return Markup("".join(parts))  # noqa: S704  (digits and letters made here)


# -- text -----------------------------------------------------------------------------------

# Widths of DejaVu Sans in hundredths of the letters' size. No system's usual
# letters are wider, so a line that fits with these fits everywhere.
_BY_WIDTH = {
    29: "'ijlIJ",
    36: " ,./:;\\|f-",
    41: "()[]t!r",
    53: '"*_`sz?’‘',
    57: "cLFk",
    61: "vxyPTYaoe“”–",
    64: "ESbdghnpqu0123456789$" + "{}äöüåéèáíóúßñ",
    70: "KAVBRXZCøæ",
    79: "UHNDG&OQÄÖÜÅØ",
    86: "w#+<=>^~M",
    100: "%mW@—…Æ",
}
_WIDTHS = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_WIDEST = 160
"""Any other letter: some of those that join, and pictures, are wider than they are high."""
_BOLD = 1.14


@cache
def _width(letter: str) -> int:
    return _WIDTHS.get(letter, _WIDEST)


def measure(text: str, *, bold: bool = False) -> float:
    """How wide ``text`` is at most, in units of the drawing."""
    return sum(map(_width, text)) * LETTER / 100 * (_BOLD if bold else 1)


@lru_cache(8192)  # the same conditions and tools stand on many pages
def wrap(text: str, room: int, *, bold: bool = False) -> tuple[Line, ...]:
    """``text`` in as few lines as fit into ``room``, of about the same length. A word that is too long is broken."""
    lines = _filled(text, room, bold=bold)
    for less in range(room - STEP, room // 2, -STEP):
        closer = _filled(text, less, bold=bold)
        if len(closer) > len(lines):
            break
        lines = closer
    return tuple(lines)


def _filled(text: str, room: int, *, bold: bool) -> list[Line]:
    lines: list[Line] = []
    for word in text.split():
        longer = f"{lines[-1].text} {word}" if lines else word
        if lines and measure(longer, bold=bold) <= room:
            lines[-1] = Line(longer, lines[-1].blank)
        else:
            lines += [Line(part, not number) for number, part in enumerate(_broken(word, room, bold=bold))]
    return lines or [Line("", blank=False)]


def _broken(word: str, room: int, *, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and measure(parts[-1] + letter, bold=bold) > room:
            parts.append("")
        parts[-1] += letter
    return parts
