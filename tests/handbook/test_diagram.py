"""The layout of drawings: nothing overlaps, everything is inside, whatever the words; and what is drawn is what is on record."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest
from markupsafe import Markup

from handbook.check import check
from handbook.diagram import EDGE, INDENT, SIDE, WIDTH, Box, Drawing, Group, Node, draw, measure, wrap
from handbook.relate import Handbook, relate
from handbook.views import Repository, Views
from handbook.views.relations import MOST
from tests.conftest import ROOT
from tests.hostile import HOSTILE

ROOM = WIDTH - INDENT - EDGE - 2 * SIDE
WORDS = "An owner with a real problem and the means to act"
PAGES = {"lesson": "lessons/", "tool": "toolbox/", "recommendation": "transfer/"}


def node(label: str, builders: tuple[int, int] | None = None) -> Node:
    return Node(label, Markup("../x.md"), builders)


def some(count: int, label: str = WORDS) -> tuple[Node, ...]:
    return tuple(node(f"{label} {number}", (1, 0) if number % 2 else None) for number in range(count))


def boxes(drawing: Drawing) -> tuple[list[Box], list[Box]]:
    """The boxes of either panel."""
    return [drawing.this, *(b for g in drawing.needs.groups for b in g.boxes)], [b for g in drawing.leads.groups for b in g.boxes]


DRAWINGS = {
    "nothing": ([], []),
    "groups without nodes": ([Group("must", ())], [Group("builds", ())]),
    "only needs": ([Group("must", some(3))], []),
    "only what follows": ([], [Group("tools", some(1))]),
    "everything": (
        [Group("must", some(5)), Group("helps", some(5)), Group("lessons", some(6))],
        [Group("builds", some(2)), Group("recommendations", some(6)), Group("uses", some(6))],
    ),
    "one word each": ([Group("must", some(1, "a"))], [Group("tools", some(2, "b"))]),
    "hostile": ([Group("must", tuple(map(node, HOSTILE)))], [Group("tools", tuple(map(node, HOSTILE)))]),
}


@cache
def drawn(name: str) -> Drawing:
    return draw("Word the need, not the solution, and say who decides and by when they do", *DRAWINGS[name])


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_box_overlaps_another_or_sticks_out_of_its_panel(name: str) -> None:
    drawing = drawn(name)
    for panel, inside in zip((drawing.needs, drawing.leads), boxes(drawing), strict=True):
        for one, other in combinations(inside, 2):
            assert one.y + one.height <= other.y or other.y + other.height <= one.y
        for box in inside:
            assert 0 < box.x < box.x + box.width < WIDTH
            assert 0 < box.y < box.y + box.height <= panel.height - EDGE


@pytest.mark.parametrize("name", DRAWINGS)
def test_all_text_is_inside_its_box(name: str) -> None:
    drawing = drawn(name)
    for box in (box for panel in boxes(drawing) for box in panel):
        x, y = box.text
        for line in box.lines:
            assert x + measure(line.text, bold=box is drawing.this) <= box.x + box.width - SIDE
        last = y + 18 * (len(box.lines) - 1) + (17 if box.node.builders else 0)
        assert box.y < y - 14
        assert last < box.y + box.height - 4


@pytest.mark.parametrize("name", DRAWINGS)
def test_headings_have_room_above_their_boxes(name: str) -> None:
    drawing = drawn(name)
    for panel in (drawing.needs, drawing.leads):
        for before, group in pairwise(panel.groups):
            foot = before.boxes[-1].y + before.boxes[-1].height
            assert foot + 10 <= group.head[1] < group.boxes[0].y


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_box_is_joined_to_the_record_by_a_line_and_no_two_lines_cross(name: str) -> None:
    drawing = drawn(name)
    lines = [_segments(group.line) for group in drawing.needs.groups]
    for group, found in zip(drawing.needs.groups, lines, strict=True):
        assert {box.middle for box in group.boxes} == {y for (_, y), (_, end) in found if y == end}
    for one, other in combinations(lines, 2):
        assert not any(_cross(a, b) for a in one for b in other)
    assert {y for (_, y), (_, end) in _segments(drawing.leads.line) if y == end} == {box.middle for box in boxes(drawing)[1]}
    assert drawing.leads.tips.count("z") == len(boxes(drawing)[1])
    assert drawing.needs.tips.count("z") == len(drawing.needs.groups)


Segment = tuple[tuple[int, int], tuple[int, int]]


def _segments(path: str) -> list[Segment]:
    found, here = [], (0, 0)
    for sign, numbers in re.findall(r"([MHV])([-\d ]+)", path):
        values = [int(number) for number in numbers.split()]
        there = (values[0], values[1]) if sign == "M" else (values[0], here[1]) if sign == "H" else (here[0], values[0])
        if sign != "M":
            found.append((here, there))
        here = there
    return found


def _cross(one: Segment, other: Segment) -> bool:
    (left, right), (top, bottom) = (sorted((a[axis], b[axis]) for a, b in (one, other)) for axis in (0, 1))
    return left[1] >= right[0] and top[1] >= bottom[0]


def test_lines_that_cross_would_be_found() -> None:
    assert _cross(((0, 5), (10, 5)), ((5, 0), (5, 10)))
    assert not _cross(((0, 5), (4, 5)), ((5, 0), (5, 10)))


@pytest.mark.parametrize("text", HOSTILE)
def test_wrapped_words_are_the_same_words(text: str) -> None:
    lines = wrap(text, ROOM)
    assert "".join(f"{' ' if line.blank and number else ''}{line.text}" for number, line in enumerate(lines)) == " ".join(text.split())


def test_wrapped_lines_are_about_as_long_as_each_other_and_no_more_than_needed() -> None:
    assert [line.text for line in wrap("Staff with hours to run it every week", 160)] == ["Staff with hours to", "run it every week"]
    assert [line.text for line in wrap("Staff", 160)] == ["Staff"]


def test_a_drawing_is_the_same_each_time_and_keeps_the_order_of_its_nodes() -> None:
    groups = [Group("must", some(4))], [Group("tools", some(3))]
    assert draw("x", *groups) == draw("x", *groups)
    assert [box.node for box in boxes(draw("x", *groups))[1]] == list(groups[1][0].nodes)


# -- what is drawn ------------------------------------------------------------------------


@cache
def book() -> Handbook:
    return relate(check(ROOT).base)


def relations(kind: str, record_id: str) -> dict[str, Any]:
    views = Views(book(), Repository(), f"{PAGES[kind]}{record_id}.md")
    found: dict[str, Any] = getattr(views, f"_{kind}_relations")(book().get(kind, record_id))
    return found


def on_record(kind: str, record_id: str) -> dict[str, list[tuple[str, str]]]:
    """Every relation that the drawing has to show: kind and id by group."""
    item = book().get(kind, record_id)
    record = item.record
    found = {s: [("condition", r.condition) for r in record.requires if r.strength == s] for s in ("must", "helps")}
    found["builds"] = [("condition", c) for c in getattr(record, "builds", ())]
    found["lessons"] = [("lesson", i) for i in (*getattr(record, "lessons", ()), *item.back.get("lessons", ()))]
    found["tools"] = [("tool", i) for i in getattr(record, "tools", ())]
    found["recommendations"] = [("recommendation", i) for i in item.back.get("recommendations", ())]
    found["uses"] = [("use", i) for i in item.back.get("uses", ())]
    return {key: ids for key, ids in found.items() if ids}


@pytest.mark.parametrize("kind", PAGES)
def test_every_relation_on_record_is_drawn_exactly_once_and_nothing_else(kind: str) -> None:
    folded = 0
    for item in book().all(kind):
        drawing = relations(kind, item.id)["drawing"]
        groups = {g.key: g for panel in (drawing.needs, drawing.leads) for g in panel.groups}
        wanted = on_record(kind, item.id)
        assert groups.keys() == wanted.keys(), item.id
        for key, ids in wanted.items():
            nodes = [box.node for box in groups[key].boxes]
            if len(nodes) == 1 and nodes[0].count > 1:
                assert nodes[0].count == len(ids) > MOST
                folded += 1
            else:
                assert Counter(node.label for node in nodes) == Counter(book().get(*pair).title for pair in ids), (item.id, key)
                assert [node.label for node in nodes] == [book().get(*pair).title for pair in ids]
    assert folded or kind == "lesson"


def test_conditions_say_how_many_lessons_and_tools_build_them() -> None:
    drawing = relations("tool", "living-lab")["drawing"]
    owner = drawing.needs.groups[0].boxes[0].node
    back = book().get("condition", "challenge-owner").back
    assert owner.label == book().get("condition", "challenge-owner").title
    assert owner.builders == (len(back["built_by_lessons"]), len(back["built_by_tools"]))
    assert all(box.node.builders is None for group in drawing.leads.groups for box in group.boxes)


def test_what_has_no_list_of_its_own_on_the_page_is_said_in_words_once() -> None:
    found = relations("tool", "living-lab")
    told = [*(g["key"] for g in found["listed"]), *(g["key"] for g in found["folded"])]
    assert sorted(told) == ["builds", "helps", "lessons", "must", "recommendations"]
    assert {g["key"] for g in found["folded"]} == {"lessons", "recommendations"}
    assert relations("recommendation", "run-a-living-lab")["listed"] == []
