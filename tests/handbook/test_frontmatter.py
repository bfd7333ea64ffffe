"""The words of every rule for front matter, and that MkDocs sees the same front matter as we do."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from mkdocs.utils.meta import get_data

from handbook import frontmatter
from handbook.frontmatter import split
from handbook.problem import Rule
from handbook.yamlread import MAX_BYTES

FILE = "docs/x.md"


class Bad(NamedTuple):
    """A source with one thing wrong, and the message it gets."""

    source: bytes
    message: str


BAD = {
    "front-missing": Bad(
        b"# Smart city\n",
        "docs/x.md:1:1: the page does not begin with its data; "
        "begin it with a line '---', the data such as 'title: Meet in person first', and another line '---'",
    ),
    "front-space-before": Bad(
        b"\n---\ntitle: Smart city\n---\ntext\n",
        "docs/x.md:1:1: there is an empty line or a space before the first '---'; "
        "delete it, so that the three hyphens are the first characters of the page",
    ),
    "front-no-opening": Bad(
        b"title: Smart city\n---\ntext\n",
        "docs/x.md:1:1: the line '---' before the data is missing; write a line '---' above this one, and another one below the data",
    ),
    "front-opening-line": Bad(
        b"--- title: Smart city\n---\ntext\n",
        "docs/x.md:1:5: the first line of the page must be '---' and nothing else; move 'title: Smart city' to a line of its own, or delete it",
    ),
    "front-not-closed": Bad(
        b"---\ntitle: Smart city\n\ntext\n",
        "docs/x.md:1:1: the line '---' after the data is missing; write a line '---' between the last line of data and the text",
    ),
    "front-closing-line": Bad(
        b"---\ntitle: Smart city\n---text\n",
        "docs/x.md:3:4: the line after the data must be '---' and nothing else; move 'text' to a line of its own, or delete it",
    ),
    "front-dots": Bad(
        b"---\ntitle: Smart city\n...\ntext\n",
        "docs/x.md:3:1: the data are closed by '...'; write '---' instead",
    ),
    "front-no-line-end": Bad(
        b"---\ntitle: Smart city\n---",
        "docs/x.md:3:1: the page ends with the '---' after the data, which is then not seen as their end; "
        "begin a new line after it, and write the text of the page there",
    ),
    "front-empty": Bad(
        b"---\n\n# later\n---\ntext\n",
        "docs/x.md:1:1: there are no data between the first '---' and the second; "
        "write at least one line like 'title: Meet in person first' between them",
    ),
    "front-not-a-value": Bad(
        b"---\ntitle: Smart city\nend: 2024-02-30\n---\ntext\n",
        "docs/x.md:3:6: end: '2024-02-30' looks like a date or a number but is none, "
        "and the builder would print all the data as text; correct it, or put it in quotes",
    ),
}

PLACES: list[tuple[bytes, str]] = [
    # no front matter
    (b"", "front-missing 1:1"),
    (b"\n\n", "front-missing 1:1"),
    (b"--\ntitle: x\n--\n", "front-missing 1:1"),
    ("Überblick: x\n".encode(), "front-missing 1:1"),
    (b"   Note: x\n", "front-no-opening 1:1"),
    (b"https://example.org\n", "front-no-opening 1:1"),
    (b" ---\na: 1\n---\n", "front-space-before 1:1"),
    (b"\xef\xbb\xbf\r\n\t\r\n---\r\na: 1\r\n---\r\n", "front-space-before 1:1"),
    ("\u200b---\na: 1\n---\n".encode(), "yaml-character 1:1"),
    ("\ufeff\ufeff---\na: 1\n---\n".encode(), "yaml-character 1:1"),
    # the line that opens
    (b"----\na: 1\n----\n", "front-opening-line 1:4"),
    (b"---\t # x\na: 1\n---\n", "front-opening-line 1:6"),
    (b"---", "front-not-closed 1:1"),
    (b"---\n", "front-not-closed 1:1"),
    (b"---\na: |\n  x\n  ---\ntext\n", "front-not-closed 1:1"),
    # the line that closes
    (b"---\na: 1\na: 2\n---- \ntext\n", "yaml-duplicate 3:1 front-closing-line 4:4"),
    (b"---\na: 1\n--- # end\n", "front-closing-line 3:5"),
    (b"---\na: 1\n... \ntext\n---\n", "front-dots 3:1"),
    (b"---\n---\ntext\n\n---\n", "front-empty 1:1"),
    (b"---\n  # x\n\t\n---", "front-empty 1:1 front-no-line-end 4:1"),
    # what is between them
    (b"---\n- a\n---\n", "yaml-not-fields 2:1"),
    (b"---\nnull\n---\n", "yaml-empty 2:1"),
    (b"---\na: 1\nb: c: d\n---\n", "yaml-colon 3:5"),
    (b"---\r\na: 1\r\na: 2\r\n---\r\n", "yaml-duplicate 3:1"),
    (b"---\n%YAML 1.1\na: 1\n---\n", "yaml-directive 2:1"),
    ("---\na: x\u200b\n---\n\ntext \u202e\n".encode(), "yaml-character 2:5 yaml-character 5:6"),
    (
        b"---\na: [0b_, '0b_', =, 0000-01-01]\n---\n",
        "front-not-a-value 2:5 front-not-a-value 2:17 front-not-a-value 2:20",
    ),
    (b"---\na: 2024-02-28 24:00:00\n---\n", "front-not-a-value 2:4"),
    (b"---\na: " + b"1" * 5000 + b"\n---\n", "front-not-a-value 2:4"),
    (b"---\na: " + b"1:" * 50_000 + b"1\n---\n", "front-not-a-value 2:4"),
    # the file
    (b"---\na: 1\n---\n\ncaf\xe9", "yaml-not-utf8 5:4"),
    (b"---\na: 1\n---\n".ljust(MAX_BYTES + 1), "yaml-too-large 1:1"),
]


def found(raw: bytes) -> str:
    return " ".join(f"{p.rule.id} {p.place.line}:{p.place.column}" for p in split(raw, FILE)[3])


@pytest.mark.parametrize("rule", BAD)
def test_each_rule_says_what_is_wrong_and_how_to_mend_it(rule: str) -> None:
    raw, message = BAD[rule]
    assert [(p.rule.id, p.message) for p in split(raw, FILE)[3]] == [(rule, message)]


def test_each_rule_of_the_module_has_a_bad_example() -> None:
    assert {rule.id for rule in vars(frontmatter).values() if isinstance(rule, Rule)} == set(BAD)


@pytest.mark.parametrize(("raw", "expected"), PLACES)
def test_problems_name_their_place(raw: bytes, expected: str) -> None:
    assert found(raw) == expected


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no BOM", "BOM"])
def test_a_page_is_split_with_places_in_the_file(line_end: bytes, mark: bytes) -> None:
    page = "--- \t\n# data\ntitle: å\nneeds:\n- NO\n---\t\n\nText: å\n---\nmore\n"
    front, body, line, problems = split(mark + page.encode().replace(b"\n", line_end), FILE)
    assert not problems
    assert front is not None
    assert front == {"title": "å", "needs": ["NO"]}
    assert (front.at, front.keys_at) == ((3, 1), {"title": (3, 1), "needs": (4, 1)})
    assert (body, line) == ("\nText: å\n---\nmore\n", 7)


def test_a_page_may_have_no_text_and_an_empty_mapping() -> None:
    assert split(b"---\na: 1\n---\n", FILE) == ({"a": "1"}, "", 4, [])
    assert split(b"---\n{}\n---\nx", FILE) == ({}, "x", 4, [])


def test_front_matter_that_cannot_be_read_is_none_and_the_text_is_still_found() -> None:
    assert split(b"---\na: [\n---\ntext\n", FILE)[:3] == (None, "text\n", 4)
    assert split(b"---\n---\ntext\n", FILE)[:3] == (None, "text\n", 3)
    assert split(b"text\nmore\n", FILE)[:3] == (None, "text\nmore\n", 1)
    assert split(b"\xff", FILE)[:3] == (None, "", 1)


def test_front_matter_with_a_problem_that_does_not_end_it_is_still_read() -> None:
    assert split(b"---\na: 1\na: 2\n---\n", FILE)[0] == {"a": "1"}
    assert split(b"---\na: 1\n...\ntext\n", FILE)[:3] == ({"a": "1"}, "text\n", 4)
    assert split(b"---\na: 2024-02-30\n---\n", FILE)[0] == {"a": "2024-02-30"}


# MkDocs: what it prints as text, and what it swallows, has to be a problem here --------------------


@pytest.mark.parametrize("rule", BAD)
def test_mkdocs_misreads_what_these_rules_refuse(rule: str) -> None:
    """All but ``...``, which MkDocs accepts and other builders do not, and a title line, which it swallows."""
    _, data = get_data(BAD[rule][0].decode())
    assert bool(data) == (rule in {"front-dots", "front-no-opening"})
