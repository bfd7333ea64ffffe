"""Each rule is broken by an example, says so in words, and nothing that the files hold gets past the check or brings it down."""

from __future__ import annotations

import os
import random
import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic_core import core_schema

from handbook import model, records, rules
from handbook.__main__ import main
from handbook.base import Base
from handbook.check import check
from handbook.load import load
from handbook.model import KINDS
from handbook.problem import LONGEST_VALUE, MOST, RULES, Problem
from tests.conftest import ROOT, copy_tiny
from tests.handbook.examples import BAD, EXAMPLES, expected, spoil

ELSEWHERE = ("yaml-", "front-")
"""Rules that begin so have their examples in test_yamlread.py and test_frontmatter.py."""

LESSON = "docs/lessons/write-it-down.md"
TOOL = "docs/toolbox/telephone-round.md"
SECTOR = "docs/sectors/food.md"


def change(root: Path, path: str, old: str, new: str) -> None:
    """Put ``new`` in the place of ``old``, which must be there."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8", errors="surrogateescape")


def found(root: Path) -> list[str]:
    """The rules that are broken, each with its file."""
    return [f"{problem.rule.id} {problem.place.path}" for problem in check(root).problems]


# Examples ---------------------------------------------------------------------


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_check_says_exactly_what_is_expected_of(
    example: str, tiny: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    spoil(tiny, example)
    assert main(["--root", str(tiny), "check"]) == 1
    assert capsys.readouterr().out == expected(example)
    assert any(problem.rule.id == example and problem.message in expected(example).splitlines() for problem in check(tiny).problems)


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert {rule for rule in RULES if not rule.startswith(ELSEWHERE)} == set(EXAMPLES)


def test_the_handbook_that_the_examples_spoil_has_no_problem(tiny: Path) -> None:
    assert check(tiny).problems == ()


def test_the_real_handbook_has_no_problem() -> None:
    assert [problem.message for problem in check(ROOT).problems] == []


def test_whatever_rule_is_removed_an_example_is_judged_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breakers: dict[str, str] = {}  # an example that each function has something to say about

    def noting(rule: Callable[[Base], Iterator[Problem]], example: str) -> Callable[[Base], Iterator[Problem]]:
        def judge(base: Base) -> Iterator[Problem]:
            for problem in rule(base):
                breakers.setdefault(rule.__name__, example)
                yield problem

        return judge

    def messages(example: str, leave_out: str = "") -> str:
        for name in ("PRESENT", "ABSENT"):
            kept = [noting(rule, example) for rule in tiers[name] if rule.__name__ != leave_out]
            monkeypatch.setattr(rules, name, kept)
        return "".join(problem.message + "\n" for problem in check(folders[example]).problems)

    tiers = {name: getattr(rules, name) for name in ("PRESENT", "ABSENT")}
    folders = {example: copy_tiny(tmp_path / example) for example in EXAMPLES}
    for example, folder in folders.items():
        spoil(folder, example)
        messages(example)
    assert set(breakers) == {rule.__name__ for rule in rules.ALL}
    assert [rule for rule, example in breakers.items() if messages(example, leave_out=rule) == expected(example)] == []


# Words --------------------------------------------------------------------------

JARGON = re.compile(
    r"\b(null|bool(ean)?|mapping|dict(ionary)?|scalar|regex|pars(e|er|ing)|strings?|integer|float|array|object|syntax|schema"
    r"|invalid|token|node|error|exception|attribute|parameter|argument|enum|whitespace|indent level|slug|utf8|frontmatter)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: str(rule.id))
def test_no_message_needs_a_programmer_to_understand_it(rule: object) -> None:
    assert isinstance(rule, type(RULES["file-link"]))
    words = re.sub(r"\{.*?\}", "", rule.wrong + "; " + rule.mend)
    assert not JARGON.search(words)
    assert rule.mend
    assert words[0].islower() or not words[0].isalpha()
    assert not words.endswith(".")


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_message_is_one_line_with_what_is_wrong_and_how_to_mend_it(example: str) -> None:
    for line in expected(example).splitlines():
        assert re.fullmatch(r"[^:]+:[0-9]+:[0-9]+: [^;]+; .+[^.;]", line)
        assert line.isprintable()
        assert "''" not in line
        assert "{" not in line.replace("{{ ", "").replace("call such as {", "")


def test_the_words_that_describe_a_needed_field_fit_into_a_message() -> None:
    parts = [part for part in vars(model).values() if isinstance(part, type) and issubclass(part, model.Part)]
    needed = [info for part in parts for info in part.model_fields.values() if info.is_required()]
    assert len(needed) > 50
    assert [info.description for info in needed if not 0 < len(info.description or "") <= LONGEST_VALUE] == []


def test_every_way_in_which_a_value_may_not_fit_has_words() -> None:
    """A list or a group of fields where a text should be is what the rest means."""
    verdicts = {
        "any": set(),
        "bool": {"bool_type"},
        "date": {"date_type"},
        "default": set(),
        "definition-ref": set(),
        "definitions": set(),
        "dict": {"dict_type"},
        "function-after": {"unknown_tag", "unknown_id"},
        "function-before": {"bad_day", "bad_when", "no_such_day", "bad_yes_no"},
        "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float", "greater_than_equal", "less_than_equal"},
        "model": {"model_type"},
        "model-field": set(),
        "model-fields": {"missing", "extra_forbidden"},
        "nullable": set(),
        "str": {"string_type", "string_too_short", "string_too_long", "string_pattern_mismatch"},
        "tuple": {"tuple_type", "too_short"},
    }
    said_of_each_value = {"string_too_short"}  # an empty text, whatever the field
    not_a_text = {"bool_type", "date_type", "int_type", "string_type"}
    used: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("type"), str) and node["type"] in core_schema_types:
                used.add(node["type"])
            for key, value in node.items():
                if key not in {"metadata", "serialization"}:
                    walk(value)
        elif isinstance(node, list | tuple):
            for value in node:
                walk(value)

    core_schema_types = set(core_schema.CoreSchemaType.__args__) | {"model-field"}  # type: ignore[attr-defined]
    for kind in KINDS.values():
        walk(kind.model.__pydantic_core_schema__)
    assert used <= set(verdicts)
    assert {verdict for name in used for verdict in verdicts[name]} - not_a_text - said_of_each_value == set(records._WORDS)


# One fault, one problem ------------------------------------------------------------


def without(*paths: str) -> Callable[[Path], None]:
    def spoil_it(root: Path) -> None:
        for path in paths:
            if (root / path).is_dir():
                shutil.rmtree(root / path)
            else:
                (root / path).unlink()

    return spoil_it


def with_change(path: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda root: change(root, path, old, new)


def with_bytes(path: str, raw: bytes) -> Callable[[Path], None]:
    def spoil_it(root: Path) -> None:
        (root / path).write_bytes(raw)

    return spoil_it


SINGLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "a lesson whose data cannot be read": (with_change(LESSON, "title: ", "title: a: "), f"yaml-colon {LESSON}"),
    "a lesson whose data do not end": (with_change(LESSON, "---\n\n", "\n"), f"front-not-closed {LESSON}"),
    "a lesson without its data": (with_bytes(LESSON, b"# Write it down\n"), f"front-missing {LESSON}"),
    "an empty lesson": (with_bytes(LESSON, b""), f"front-missing {LESSON}"),
    "a lesson in another encoding": (with_change(LESSON, "Mail", "M\udce4il"), f"yaml-not-utf8 {LESSON}"),
    "a lesson with a wrong tag": (with_change(LESSON, "kind: worked", "kind: great"), f"tag-unknown {LESSON}"),
    "a lesson with an empty field": (with_change(LESSON, "field: companies", "field:"), f"field-empty {LESSON}"),
    "a lesson with a mistyped field": (with_change(LESSON, "question:", "qestion:"), f"field-unknown {LESSON}"),
    "a lesson whose list has a wrong entry": (with_change(LESSON, "needs: [win-companies]", "needs: [win]"), f"tag-unknown {LESSON}"),
    "a lesson with an anchor": (with_change(LESSON, "title: Write", "title: &x Write"), f"yaml-anchor {LESSON}"),
    "a lesson with an alias": (with_change(LESSON, "title: Write it down", "title: *x"), f"yaml-alias {LESSON}"),
    "a lesson with a tag of YAML": (with_change(LESSON, "title: Write", "title: !x Write"), f"yaml-tag {LESSON}"),
    "a lesson that copies fields": (with_change(LESSON, "title: Write it down\n", "<<: {title: x}\n"), f"yaml-merge {LESSON}"),
    "a lesson that cites a mistyped passage": (with_change(LESSON, "passage: start", "passage: strat"), f"passage-unknown {LESSON}"),
    "a lesson with a mistyped mark": (with_change(LESSON, "{{ suggested() }}", "{{ sugested() }}"), f"call-unknown {LESSON}"),
    "a lesson with a mark in other quotes": (with_change(LESSON, '{{ cite("page") }}', "{{ cite('page') }}"), f"call-shape {LESSON}"),
    "a lesson with a mistyped heading": (with_change(LESSON, "## What to do", "## What to to"), f"heading-unknown {LESSON}"),
    "a lesson with the facts of another": (with_change(LESSON, '_facts("write-it-down")', '_facts("ask-again")'), f"call-elsewhere {LESSON}"),
    "a tool whose data cannot be read": (with_change(TOOL, "title: ", "title: a: "), f"yaml-colon {TOOL}"),
    "a tool with a number that is none": (with_change(TOOL, "weeks_before: 2", "weeks_before: [2]"), f"field-not-text {TOOL}"),
    "a recommendation with a wrong tag": (
        with_change("data/recommendations.yaml", "with: [smes]", "with: [smees]"),
        "tag-unknown data/recommendations.yaml",
    ),
    "recommendations that cannot be read": (with_bytes("data/recommendations.yaml", b"a: b: c\n"), "yaml-colon data/recommendations.yaml"),
    "sources that cannot be read": (with_change("data/sources.yaml", "study:\n", "study\n"), "yaml-not-fields data/sources.yaml"),
    "an empty list of sources": (with_bytes("data/sources.yaml", b"\n"), "yaml-empty data/sources.yaml"),
    "a source without fields": (with_change("data/sources.yaml", "page:\n  title", "page: x\nother:\n  title"), "record-not-fields data/sources.yaml"),
    "a source with a wrong date": (with_change("data/sources.yaml", "accessed: 2026-11", "accessed: 2026-13"), "day-not-real data/sources.yaml"),
    "a condition with a capital in its id": (with_change("data/conditions.yaml", "spare-hours:", "Spare-hours:"), "record-id data/conditions.yaml"),
    "a sector that is not marked well": (with_change("data/sectors.yaml", "home: true", "home: True"), "yes-no data/sectors.yaml"),
    "a cluster without fields": (
        with_change("data/clusters.yaml", "first-cluster:\n", "first-cluster: x\nsecond-cluster:\n"),
        "record-not-fields data/clusters.yaml",
    ),
    "a vocabulary that cannot be read": (with_bytes("data/vocabulary.yaml", b"a: b: c\n"), "yaml-colon data/vocabulary.yaml"),
    "a vocabulary with a mangled tag": (
        with_change("data/vocabulary.yaml", "  companies:\n    label: ", "  companies:\n    lable: "),
        "vocabulary-shape data/vocabulary.yaml",
    ),
    "a vocabulary with a mistyped group": (with_change("data/vocabulary.yaml", "\nneed:\n", "\nneeds:\n"), "vocabulary-group data/vocabulary.yaml"),
    "no vocabulary": (without("data/vocabulary.yaml"), "file-missing data/vocabulary.yaml"),
    "no sources": (without("data/sources.yaml"), "file-missing data/sources.yaml"),
    "no data": (without("data"), "file-missing data"),
    "no pages": (without("docs"), "file-missing docs"),
    "no home page": (without("docs/index.md"), "file-missing docs/index.md"),
    "a sector's page that does not begin well": (with_change(SECTOR, "---\ntitle", "--\ntitle"), f"front-missing {SECTOR}"),
    "a page with a mistyped title": (with_change(SECTOR, "title:", "titel:"), f"page-field {SECTOR}"),
    "a sector's page of an unwritable name": (
        lambda root: (root / SECTOR).rename(root / "docs/sectors/Food.md") and None,
        "file-name docs/sectors/Food.md",
    ),
    "a lesson of an unwritable name": (
        lambda root: (root / LESSON).rename(root / "docs/lessons/Write_it_down.md") and None,
        "file-name docs/lessons/Write_it_down.md",
    ),
    "a lesson with another ending": (
        lambda root: (root / LESSON).rename(root / "docs/lessons/write-it-down.markdown") and None,
        "file-unexpected docs/lessons/write-it-down.markdown",
    ),
}


@pytest.mark.parametrize("fault", SINGLE)
def test_one_problem_is_all_that_is_said_of(fault: str, tiny: Path) -> None:
    spoil_it, problem = SINGLE[fault]
    spoil_it(tiny)
    assert found(tiny) == [problem]


def test_all_faults_of_a_record_are_said_at_once(tiny: Path) -> None:
    for old, new in (("kind: worked", "kind: great"), ("needs: [win-companies]\n", ""), ("terms: [pitch]", "terms: [pitches]"), ("2026-11-22", "x")):
        change(tiny, LESSON, old, new)
    assert [entry.split()[0] for entry in found(tiny)] == ["field-missing", "tag-unknown", "reference-unknown", "day-shape"]


def test_faults_of_different_files_are_said_at_once(tiny: Path) -> None:
    change(tiny, LESSON, "title: ", "title: a: ")
    change(tiny, TOOL, "weeks_before: 2", "weeks_before: two")
    (tiny / "data/gaps.yaml").write_bytes(b"\xff")
    assert found(tiny) == ["yaml-not-utf8 data/gaps.yaml", f"yaml-colon {LESSON}", f"number-shape {TOOL}"]


def test_what_is_missing_is_said_when_everything_else_is_mended(tiny: Path) -> None:
    change(tiny, "data/sources.yaml", "page:\n", "note:\n  title: A note\n  publisher: X\n  kind: press\n  language: da\npage:\n")
    change(tiny, LESSON, "kind: worked", "kind: great")
    assert found(tiny) == [f"tag-unknown {LESSON}"]
    change(tiny, LESSON, "kind: great", "kind: worked")
    assert found(tiny) == ["source-unused data/sources.yaml"]


# Single rules --------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["", " ~", " null", " ''", ' "  "', " '\u3000'"])
@pytest.mark.parametrize("field", ["question", "dissent", "tools", "sector_dependence", "reviewed"])
def test_a_field_without_a_value_is_refused_once(field: str, value: str, tiny: Path) -> None:
    text = re.sub(rf"^{field}:.*\n(?: .*\n|- .*\n)*", "", (tiny / LESSON).read_text(encoding="utf-8"), flags=re.MULTILINE)
    (tiny / LESSON).write_text(text.replace("title:", f"{field}:{value}\ntitle:", 1), encoding="utf-8")
    assert found(tiny) == [("text-empty " if value[-1:] in {"'", '"'} else "field-empty ") + LESSON]


@pytest.mark.parametrize("value", ["x", "[x, [y]]", "{a: b}", "[Write]", "[write-it-down]"])
def test_old_ids_are_a_list_of_ids_that_nothing_else_has(value: str, tiny: Path) -> None:
    change(tiny, LESSON, "title:", f"aliases: {value}\ntitle:")
    assert [entry.split()[0] for entry in found(tiny)] in (["field-not-list"], ["field-not-text"], ["id-shape"], ["alias-taken"])


def test_an_old_id_may_be_an_id_of_another_kind(tiny: Path) -> None:
    change(tiny, LESSON, "title:", "aliases: [telephone-round, pitch, note-it]\ntitle:")
    assert found(tiny) == []


def test_two_records_cannot_have_the_same_old_id(tiny: Path) -> None:
    for lesson in (LESSON, "docs/lessons/ask-again.md"):
        change(tiny, lesson, "title:", "aliases: [note-it]\ntitle:")
    assert found(tiny) == [f"alias-taken {LESSON}"]


def test_an_old_id_that_is_listed_twice_is_one_problem(tiny: Path) -> None:
    change(tiny, LESSON, "title:", "aliases: [note-it, note-it]\ntitle:")
    assert found(tiny) == [f"listed-twice {LESSON}"]


def test_a_file_whose_name_differs_in_capitals_only_is_refused(tiny: Path) -> None:
    shutil.copy(tiny / LESSON, tiny / "docs/lessons/Write-It-Down.md")
    shutil.copytree(tiny / "docs/lessons", tiny / "docs/Lessons")
    assert found(tiny) == ["file-name docs/Lessons", "file-name docs/lessons/Write-It-Down.md"]


def test_two_keys_that_differ_in_capitals_only_are_not_both_ids(tiny: Path) -> None:
    text = (tiny / "data/gaps.yaml").read_text(encoding="utf-8")
    (tiny / "data/gaps.yaml").write_text(text + text.replace("who-answered:", "Who-answered:"), encoding="utf-8")
    assert found(tiny) == ["record-id data/gaps.yaml"]


@pytest.mark.parametrize("name", ["a" * 61, "con--tact", "-x", "x-", "ärger", "a b", "x.y", "%2e", "x\n"])
def test_a_name_that_cannot_be_an_id_is_refused(name: str, tiny: Path) -> None:
    shutil.copy(tiny / "data/uses/calls-2019.yaml", tiny / "data/uses" / f"{name}.yaml")
    assert [entry.split()[0] for entry in found(tiny)] == ["file-name"]


CIRCLES = {
    "two in a circle": ("a:b b:a", ["a b"]),
    "three in a circle": ("a:b b:c c:a", ["a b c"]),
    "two circles": ("a:b b:a c:d d:c", ["a b", "c d"]),
    "one that only hangs on a circle": ("a:b b:a c:a", ["a b"]),
    "a circle with a way in": ("a:b b:a b:", []),
    "two circles, one of which would open the other": ("a:b b:a b:c c:d d:c", ["a b", "c d"]),
    "a chain": ("a:b b:c c:", []),
}


@pytest.mark.parametrize("case", CIRCLES)
def test_who_could_never_begin_is_told_once_for_each_circle(case: str, tiny: Path) -> None:
    chains, circles = CIRCLES[case]
    builders = [link.split(":") for link in chains.split()]
    entry = (tiny / "data/conditions.yaml").read_text(encoding="utf-8").split("spare-hours:")[0]
    names = sorted({name for link in builders for name in link if name})
    with (tiny / "data/conditions.yaml").open("a", encoding="utf-8") as file:
        file.writelines(entry.replace("telephone-list:", f"{n}:").replace("A list of numbers", f"Condition {n}") for n in names)
    lesson = (tiny / LESSON).read_text(encoding="utf-8").replace("builds: [telephone-list]\n", "")
    for number, (built, needed) in enumerate(builders):
        requires = f"requires:\n  - condition: {needed}\n    strength: must\n" if needed else ""
        text = lesson.replace("write-it-down", f"l-{number}").replace("title: Write it down\n", f"title: {number}\nbuilds: [{built}]\n{requires}")
        (tiny / f"docs/lessons/l-{number}.md").write_text(text, encoding="utf-8")
    for name in names:  # so that none is an orphan
        change(tiny, TOOL, "requires:\n", f"requires:\n  - condition: {name}\n    strength: helps\n")
    problems = [problem for problem in check(tiny).problems if problem.rule.id == "chain-circle"]
    members = [" ".join(sorted({built for n, (built, _) in enumerate(builders) if f"l-{n}" in str(p.values["circle"])})) for p in problems]
    assert sorted(members) == circles
    assert [problem.rule.id for problem in check(tiny).problems if problem not in problems] == []


def test_a_reference_to_an_old_id_is_told_the_new_one(tiny: Path) -> None:
    change(tiny, LESSON, "title:", "aliases: [note-it]\ntitle:")
    change(tiny, "data/sectors.yaml", "write-it-down", "note-it")
    (problem,) = check(tiny).problems
    assert "did you mean 'write-it-down'? Otherwise " in problem.message


MARKED = {
    "Mail. {{ suggested() }}": 0,
    'Mail. {{ suggested() }} {{ cite("page") }}': 0,
    "Mail.\n{{suggested()}}": 0,
    "Mail. {{ suggested() }}.": 1,
    "{{ suggested() }} Mail.": 1,
    "Mail. {{ suggested() }}\n\nMore.": 1,
    "- One\n- Two {{ suggested() }}\n- Three": 2,
    "- One {{ suggested() }}\n    - Deeper": 1,
    "1. One {{ suggested() }}\n2) Two": 1,
    "### Smaller\nMail.": 1,
    "### Smaller\n\nMail. {{ suggested() }}": 0,
    "Mail. {{ toolbox() }}": 1,
    "> Mail.": 1,
}


@pytest.mark.parametrize("text", MARKED)
def test_each_paragraph_and_list_item_ends_with_what_it_rests_on(text: str, tiny: Path) -> None:
    change(tiny, LESSON, 'Mail is easily missed. {{ inferred("study", "start") }}', text)
    assert [entry.split()[0] for entry in found(tiny)] == ["prose-without-mark"] * MARKED[text]


LINKS = {
    "[words](../index.md)": "",
    "[words\nover two lines](../index.md)": "",
    "[a [b] c](../index.md)": "",
    "[words](<../index.md>)": "",
    "[words](index.md)": "",
    "[words](#what-to-do)": "",
    "[words](https://example.org/a?b=c#d)": "",
    "[words](mailto:a@example.org)": "",
    "<https://example.org/>": "",
    "- [ ] a task": "",
    "words [sic] more": "",
    "[words](../index.html)": "link-shape",
    "[words](/index.md)": "link-shape",
    "[words](//example.org)": "link-shape",
    "[words](ftp://example.org)": "link-shape",
    "[words](JavaScript:x)": "link-shape",
    "[words](\njavascript:x)": "link-shape",
    '[words](../index.md "title")': "link-shape",
    "[words](../index.md": "link-shape",
    "[words](https://example.org/a b)": "link-shape",
    "[words](data:text/html,x)": "link-shape",
    "[words]()": "link-shape",
    "[words](../nosuch.md)": "link-broken",
    "[words](../../data/gaps.yaml)": "link-broken",
    "[](../index.md)": "link-empty",
    "![](../index.md)": "picture-words",
    "[words][name]": "link-by-name",
    "[words]: https://example.org": "link-by-name",
    "> [two\nlines]: javascript:x": "link-by-name",
    "        [deep]: javascript:x": "link-by-name",
    "[^1]: note": "link-by-name",
    "[words] (../index.md)": "link-apart",
    "<javascript:x>": "text-html",
    "<https://example.org/\"onclick=>": "text-html",
    "<!-- words -->": "text-html",
    "`<b>`": "text-html",
    "a < b": "",
}


@pytest.mark.parametrize("text", LINKS)
def test_a_link_leads_to_what_is_there_or_to_the_web(text: str, tiny: Path) -> None:
    change(tiny, "docs/about/evidence.md", "{{ evidence() }}", f"{text}\n\n{{{{ evidence() }}}}")
    (tiny / "docs/about/index.md").write_text("---\ntitle: x\ndescription: x\n---\n", encoding="utf-8")
    assert [entry.split()[0] for entry in found(tiny)] == ([LINKS[text]] if LINKS[text] else [])


HEADINGS = {
    "## One\n\n### Two\n\n## Three": "",
    "##One": "",
    "## C# and more ##": "",
    "#One": "heading-one",
    "   # One # two": "heading-one",
    "#1 is best": "heading-one",
    "## One\n\n#### Two": "heading-jump",
    "One\n===": "heading-underlined",
    "One\n-": "heading-underlined",
    "- one\n  ---": "heading-underlined",
    "> One\n> ===": "heading-underlined",
    "one\n\n---\n\ntwo": "",
    "| a | b |\n|---|---|\n| c | d |": "",
    "a | b\n--- | ---\nc | d": "",
}


@pytest.mark.parametrize("text", HEADINGS)
def test_headings_make_an_outline(text: str, tiny: Path) -> None:
    change(tiny, "docs/about/evidence.md", "{{ evidence() }}", f"{text}\n\n{{{{ evidence() }}}}")
    assert [entry.split()[0] for entry in found(tiny)] == ([HEADINGS[text]] if HEADINGS[text] else [])


def test_a_page_may_hide_its_menu_and_its_table_of_contents(tiny: Path) -> None:
    change(tiny, SECTOR, "title:", "hide: [navigation, toc]\ntitle:")
    assert found(tiny) == []


@pytest.mark.parametrize("value", ["", " toc", " {a: b}", " [[toc]]", " [toc, ~]"])
def test_nothing_else_can_be_hidden(value: str, tiny: Path) -> None:
    change(tiny, SECTOR, "title:", f"hide:{value}\ntitle:")
    assert found(tiny) == [f"page-field-hide {SECTOR}"]


CURLY = ["{{ 7*7 }}", "{% raw %}", "{# x #}", "{", "}", "{{", '{{ cite("page" }}', '{{ cite("a{b") }}', "{: onclick=x }", '{{ cite("page").x }}']


@pytest.mark.parametrize("text", CURLY)
def test_curly_brackets_hold_calls_and_nothing_else(text: str, tiny: Path) -> None:
    change(tiny, SECTOR, "{{ sector", text + "\n\n{{ sector")
    assert found(tiny) == [f"call-shape {SECTOR}"]


# Files that are none -------------------------------------------------------------------


def test_a_folder_that_is_named_like_a_page_is_refused(tiny: Path) -> None:
    (tiny / "docs/lessons/x.md").mkdir()
    (tiny / "docs/lessons/x.md/y.md").write_text("x", encoding="utf-8")
    assert found(tiny) == ["file-name docs/lessons/x.md"]


def test_a_pipe_or_a_socket_does_not_keep_the_check_waiting(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tiny / "docs/assets").mkdir()
    for path in ("data/uses/x.yaml", "docs/lessons/x.md", "docs/assets/x.png"):
        os.mkfifo(tiny / path)
    monkeypatch.chdir(tiny)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("data/gap.yaml")
        assert found(tiny) == [
            "file-unreadable data/gap.yaml",
            "file-unreadable data/uses/x.yaml",
            "file-unreadable docs/assets/x.png",
            "file-unreadable docs/lessons/x.md",
        ]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to this user")
@pytest.mark.parametrize("path", ["data/uses", LESSON, "data/sources.yaml"])
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_what_may_not_be_opened_is_one_problem(path: str, mode: int, tiny: Path) -> None:
    (tiny / path).chmod(mode & ~0o444 if (tiny / path).is_file() else mode)
    try:
        assert [entry.split()[0] for entry in found(tiny)] == ["file-unreadable"]
    finally:
        (tiny / path).chmod(0o755)


@pytest.mark.parametrize("path", [LESSON, "data/sources.yaml", "data/uses/calls-2019.yaml"])
def test_a_file_that_the_system_does_not_give_is_one_problem(path: str, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        if self == tiny / path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert found(tiny) == [f"file-unreadable {path}"]


def test_a_folder_that_the_system_does_not_give_is_one_problem(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned = os.scandir

    def refuse(path: Path) -> object:
        if path == tiny / "docs/lessons":
            raise PermissionError(13, "Permission denied")
        return scanned(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tiny) == ["file-unreadable docs/lessons"]


@pytest.mark.parametrize("path", ["data", "docs", "docs/lessons", "data/uses", LESSON, "data/sources.yaml", "docs/assets"])
def test_a_link_is_never_followed(path: str, tiny: Path, tmp_path: Path) -> None:
    if (tiny / path).exists():
        (tiny / path).rename(tmp_path / "elsewhere")
    (tiny / path).symlink_to(tmp_path / "elsewhere")
    assert found(tiny) == [f"file-link {path}"]


def test_a_file_of_great_size_is_not_read(tiny: Path) -> None:
    with (tiny / LESSON).open("r+b") as file:
        file.truncate(10**12)
    started = time.process_time()
    assert found(tiny) == [f"yaml-too-large {LESSON}"]
    assert time.process_time() - started < 1


def test_a_name_that_is_no_text_is_shown_all_the_same(tiny: Path) -> None:
    (tiny / os.fsdecode(b"docs/lessons/\xff\n\x1b.md")).write_bytes(b"")
    (problem,) = check(tiny).problems
    assert problem.message.startswith("docs/lessons/\\udcff\\n\\x1b.md:1:1: '\\udcff\\n\\x1b' cannot be part of a web address")


def test_every_file_is_read_or_refused_or_an_asset(tiny: Path) -> None:
    (tiny / "docs/assets/deep.er").mkdir(parents=True)
    for path in ("docs/assets/deep.er/x.png", "docs/assets/x.exe", "docs/x.yaml", "data/x.md", "data/.hidden", "docs/lessons/.x.md", "docs/x"):
        (tiny / path).write_bytes(b"x")
    files = load(tiny)
    there = {p.relative_to(tiny).as_posix() for top in ("data", "docs") for p in (tiny / top).rglob("*") if p.is_file()}
    assert there == {*files.checked, *files.assets, *files.unread, "data/outlines.geojson"}
    assert files.assets == {"docs/assets/deep.er/x.png"}


# What must not bring the check down -------------------------------------------------------

PIECES = [
    *"\n \t:-'\"[]{}()&*!|>%@#,?~<=\\`_aåé0\x00\x85\u2028\u200b\ufeff\xa0",
    *("\n\n", "- ", ": ", "\n  ", "\n---\n", "\n...\n", "<<: ", "\r\n", "{{ ", " }}", "](", "\n## ", "\n# ", '("page")', "&a ", "*a"),
    *("title: [a]\n", "title: {a: b}\n", "aliases: x\n", "aliases: [[x]]\n", "id: x\n", "x: y\n", "sources: x\n", "hide: x\n", "null", "~"),
    *("999999999999999999999999999", "-1", "1e9", "NaN", "2024-02-30", "0000-00-00", "true", "NO", "[" * 40, "{a: " * 15, "x" * 2000),
]


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """The same file with one to four changes: pieces put in, taken out, doubled, exchanged, values of another type, another encoding."""
    for _ in range(chance.randint(1, 4)):
        here, length = chance.randrange(len(raw) + 1), chance.choice((1, 1, 3, 10, 100))
        piece = chance.choice(PIECES).encode()
        values = [match.span(1) for match in re.finditer(rb": *([^\n:]+)\n", raw)]
        lines = raw.split(b"\n")
        match chance.randrange(9):
            case 0:
                raw = raw[:here] + raw[here + length :]
            case 1:
                raw = raw[:here] + piece + raw[here:]
            case 2:
                raw = raw[:here] + raw[here : here + length] + raw[here:]
            case 3:
                raw = raw[:here] + chance.randbytes(length % 7) + raw[here:]
            case 4 if values:
                start, end = chance.choice(values)
                new = chance.choice((b"[a]", b"{a: b}", b"", b"[]", b"{}", b"[{a: [b]}]", b"'", b"1" * 5000, b"x" * 2000, b"[" * 30, piece))
                raw = raw[:start] + new + raw[end:]
            case 5:
                chance.shuffle(lines)
                raw = b"\n".join(lines)
            case 6:
                del lines[chance.randrange(len(lines))]
                raw = b"\n".join(lines)
            case 7:
                line = chance.randrange(len(lines))
                lines[line] = chance.choice((b"  ", b"    ", b"- ", b"# ", b"\t")) + lines[line]
                raw = b"\n".join(lines)
            case _ if chance.random() < 0.1:
                raw = raw.decode("utf-8", "replace").encode(chance.choice(("utf-16", "latin-1", "utf-8-sig", "utf-32")), "replace")
    return raw


@pytest.mark.parametrize("seed", range(8))
def test_no_change_to_a_file_makes_the_check_raise_or_wait(seed: int, tiny: Path) -> None:
    chance = random.Random(seed)
    paths = sorted(path for top in ("data", "docs") for path in (tiny / top).rglob("*") if path.suffix in {".md", ".yaml"})
    silent = 0
    for _ in range(400):
        path = chance.choice(paths)
        before = path.read_bytes()
        path.write_bytes(mutated(before, chance))
        started = time.process_time()
        problems = check(tiny).problems
        assert time.process_time() - started < 1
        path.write_bytes(before)
        silent += not problems
        assert list(problems) == sorted(problems)
        for problem in problems:
            assert problem.message.isprintable()
            assert problem.place.line >= 1
            assert problem.place.column >= 1
    assert 20 < silent < 380  # else the changes are too tame or too wild to prove anything


@pytest.mark.parametrize("seed", range(4))
def test_no_disorder_among_files_makes_the_check_raise(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    for number in range(40):
        root = copy_tiny(tmp_path / str(number))
        for _ in range(chance.randint(1, 5)):
            path, other = (chance.choice(sorted(p for top in ("data", "docs") for p in (root / top).rglob("*"))) for _ in range(2))
            match chance.randrange(5):
                case 0 if path.is_dir():
                    shutil.rmtree(path)
                case 1 if path.is_file():
                    path.write_bytes(b"")
                case 2 if path.is_file():
                    path.unlink()
                    path.mkdir()
                case 3 if path.is_file() and other.is_file():
                    path.write_bytes(other.read_bytes())
                case 4 if path.is_file():
                    path.rename(path.with_name(chance.choice(("x", "X", "index", "a b", ".")) + path.suffix))
        assert all(problem.message.isprintable() for problem in check(root).problems)


UNITS = [
    *("[", "]", "(", "<", ">", "`", "#", "*", "_", "|", "=", "-", "~", "{", "}", '"', "'", ":", "&", "!", "\\", " ", "\t", "\n", "\xa0", "a", "é"),
    *("- ", "1. ", "> ", ">", "](", "[](", "[x](", "[x]", "[x]:", "![", "] (", "] ", "][", "[a](b", "[a](<", "<a ", "<!--", "<https://", "< "),
    *("## ", "# ", "\n#", "\n## x\n", "a\n=\n", "a\n-\n", "\n \n", "{{ ", "{{ a(", '{{ a("b"', '{{ a("b") }}', '{{ cite("x", "y") }}', "}}", "{%"),
    *("x: ", "x:\n", "- x\n", "- [", "? ", "| a ", "|-", "```\n", "a b ", "word\n", "https://", "a@b", "\u200b", "\r", "\x00", "1"),
]


@pytest.mark.parametrize("size", [19_000, 100_000, 250_000])
@pytest.mark.parametrize("place", ["prose", "lines of prose", "a field", "data"])
def test_no_text_of_a_contributor_costs_more_than_a_second(place: str, size: int, tiny: Path) -> None:
    page = (tiny / LESSON).read_text(encoding="utf-8")
    data = (tiny / "data/gaps.yaml").read_text(encoding="utf-8")
    slow = []
    for unit in UNITS:
        text = unit * (size // len(unit.encode()))
        if place == "lines of prose":
            text = "\n".join(text[here : here + 2900] for here in range(0, len(text), 2900))
        if place == "data":
            (tiny / "data/gaps.yaml").write_text(data + text, encoding="utf-8")
        elif place == "a field":
            (tiny / LESSON).write_text(page.replace("title: ", f"title: {text}", 1), encoding="utf-8")
        else:
            (tiny / LESSON).write_text(page.replace("Mail is", f"Mail is {text}", 1), encoding="utf-8")
        started = time.process_time()
        for problem in check(tiny).problems:
            assert problem.message
        if time.process_time() - started > 1:
            slow.append(unit)
    assert slow == []


MANY = {
    "references to nothing": ("tools: [telephone-round]", "tools: [" + ", ".join(f"telephone-{n}" for n in range(15_000)) + "]"),
    "tags that do not exist": ("needs: [win-companies]", "needs: [" + ", ".join(f"win-{n}" for n in range(15_000)) + "]"),
    "fields that do not exist": ("title:", "\n".join(f"titel-{n}: x" for n in range(10_000)) + "\ntitle:"),
    "citations of nothing": ("sources:\n", "sources:\n" + "".join(f"  - source: study\n    passage: p-{n}\n" for n in range(6_000))),
    "empty entries": ("tools: [telephone-round]", "tools: [" + "'', " * 18_000 + "]"),
    "calls that do not exist": ("Mail is", " ".join(f"{{{{ cyte{'x' * (n % 9)}() }}}}" for n in range(1_300)) + "Mail is"),
    "links to nothing": ("Mail is", " ".join(f"[x](telephone-{n}.md)" for n in range(800)) + "Mail is"),
    "paragraphs that rest on nothing": ("Mail is", "Mail.\n\n" * 2_500 + "Mail is"),
}


@pytest.mark.parametrize("many", MANY)
def test_many_faults_in_a_file_cost_no_more_than_a_second_and_are_not_all_listed(many: str, tiny: Path) -> None:
    change(tiny, LESSON, *MANY[many])
    started = time.process_time()
    problems = [problem for problem in check(tiny).problems if problem.message]
    assert time.process_time() - started < 1
    assert {problem.place.path for problem in problems} == {LESSON}
    assert len(problems) == MOST + 1
    assert problems[-1].rule.id == "file-more"


def test_there_is_no_example_without_what_it_changes() -> None:
    assert [name for name in EXAMPLES if not any(path.name != "expected.txt" for path in (BAD / name).iterdir())] == []
