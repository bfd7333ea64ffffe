"""What is taken for a page's data and text is what MkDocs takes for them, whatever the page holds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils import meta

from handbook import frontmatter
from handbook.frontmatter import split
from tests.conftest import TINY
from tests.fuzz.makings import changed, changes, examples, raw, texts
from tests.fuzz.test_loader import documents, lines_of, same, texts_only

FILE = "docs/x.md"
REAL = tuple(sorted((*TINY.glob("docs/lessons/*.md"), *TINY.glob("docs/toolbox/*.md"), *TINY.glob("docs/sectors/*.md"))))
PLAIN = """\
---
title: "Meet first"
needs: [a, b]
sources:
  - {source: x, date: 2024-02-29}
text: >-
  some
  words
---

Text: x

---

more
"""


def pages() -> st.SearchStrategy[str]:
    """Data of a grammar with a text below them, real pages with small changes, and no pages at all."""
    lines = st.sampled_from(("---\n", "---\n", "---\n", "--- \n", "----\n", " ---\n", "---", "...\n", "--- x\n", "", "\ufeff---\n", "---\r\n"))
    made = st.builds(lambda first, data, last, text: f"{first}{data.strip()}\n{last}{text}", lines, documents(), lines, texts(4))
    real = st.sampled_from(REAL).map(lambda path: path.read_text(encoding="utf-8")) | st.just(PLAIN)
    return st.one_of(made, st.builds(changed, made, changes()), st.builds(changed, real, changes()), texts())


def as_mkdocs_reads(page: str) -> str:
    """What MkDocs hands to its reader of front matter: it opens pages as ``utf-8-sig``, with Python's line ends."""
    return page.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def texts_of(page: str) -> tuple[str, dict[str, Any]]:
    """The text and the fields that MkDocs finds, if it left all scalars text as we do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meta, "SafeLoader", texts_only(meta.SafeLoader))
        return meta.get_data(page)


@examples(300)
@given(pages())
@example("---\ntitle: a\n---")  # the text was said to begin on a line that is not there, and so was what is missing in it
def test_a_page_without_a_problem_is_read_by_mkdocs_to_the_same_fields_and_the_same_text(page: str) -> None:
    judge(page.encode("utf-8", "surrogatepass"))


@examples(100)
@given(raw(pages()) | st.binary(max_size=60).map(b"---\n".__add__))
def test_no_bytes_make_a_page_raise(page: bytes) -> None:
    judge(page)


def judge(page: bytes) -> None:
    front, body, line, problems = split(page, FILE)
    lines = lines_of(page)
    assert problems == sorted(problems)
    assert 1 <= line <= len(lines)
    for problem in problems:
        assert problem.message.isprintable()
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
    if not problems:
        seen = as_mkdocs_reads(page.decode())
        assert seen.split("\n", line - 1)[-1] == body
        text, fields = texts_of(seen)
        assert same(front, fields)
        assert text == body.lstrip("\n")
        assert len(meta.get_data(seen)[1]) > 0 or not front


# -- values that MkDocs converts ------------------------------------------------------------

VALUES = ("2024-02-30", "2024-1-1 1:1:1", "2024-12-31T23:59:59Z", "2024-01-01 00:00:00 +9:30", "0000-01-01", "017", "0x1f", "0b101", "-0b_", "0x_")
VALUES += ("1:20:30", "190:20:30.15", "1.5e+3", ".inf", "1_000", "=", "<<", "~", "no", "9999-12-31T23:59:59-23:59")
TOO_LONG = 4_000
"""So many signs of a number are refused, because MkDocs takes long for them or gives up."""
PLACES = ("a: {}", "a: [x, {}]", "a:\n  - {}", "a: {{b: {}}}", "{}: a")


@st.composite
def values(draw: st.DrawFn) -> str:
    """Values that look like dates and numbers, most of them spoilt a little."""
    value = draw(st.sampled_from(VALUES))
    change = st.tuples(st.floats(0, 1), st.sampled_from("0123456789-:._xbTtZ=+<~ e"), st.sampled_from((0, 1)))
    for place, sign, length in draw(st.lists(change, max_size=3)):
        here = round(place * len(value))
        value = value[:here] + sign + value[here + length :]
    return value


@examples(300)
@given(values(), st.sampled_from(PLACES))
@example("1" * 4_301, "a: {}")
@example("1:" * 2_000 + "1", "a: {}")
def test_a_value_is_refused_if_and_only_if_mkdocs_cannot_convert_it(value: str, place: str) -> None:
    page = f"---\n{place.format(value)}\n---\ntext\n"
    problems = split(page.encode(), FILE)[3]
    if all(problem.rule is frontmatter.NOT_A_VALUE for problem in problems) and not (problems and len(value) > TOO_LONG):
        assert bool(meta.get_data(page)[1]) == (not problems)
