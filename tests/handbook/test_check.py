"""One fault is one problem, all faults are said, and nothing that a file holds brings the check down or keeps it waiting."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.check import check
from handbook.problem import MOST
from tests.conftest import copy_tiny
from tests.handbook.examples import LESSON, SECTOR, TOOL, change, found, rules_of

# One fault, one problem ---------------------------------------------------------------


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


def cut_from(root: Path, path: str, old: str, new: str) -> None:
    """Put ``new`` in the place of all from ``old`` on."""
    text = (root / path).read_text(encoding="utf-8")
    (root / path).write_text(text[: text.index(old)] + new, encoding="utf-8")


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
    "a lesson with an unknown field that has empty parts": (
        with_change(LESSON, "title:", "colour:\n  green:\n  blue: ['']\ntitle:"),
        f"field-unknown {LESSON}",
    ),
    "a lesson with an empty id": (with_change(LESSON, "title:", "id:\ntitle:"), f"field-id {LESSON}"),
    "a lesson with a wrong id": (with_change(LESSON, "title:", "id: {a: [b]}\ntitle:"), f"field-id {LESSON}"),
    "a lesson with a field that should be a group": (
        with_change(LESSON, "  level: none\n  why: Everybody has a telephone.\n", "  - none\n"),
        f"field-not-fields {LESSON}",
    ),
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
    "recommendations that cannot be read": (
        with_change("data/recommendations.yaml", "title: ", "title: a: "),
        "yaml-colon data/recommendations.yaml",
    ),
    "sources that cannot be read": (with_change("data/sources.yaml", "study:\n", "study\n"), "yaml-not-fields data/sources.yaml"),
    "an empty list of sources": (with_bytes("data/sources.yaml", b"\n"), "yaml-empty data/sources.yaml"),
    "a source without fields": (
        lambda root: cut_from(root, "data/sources.yaml", "page:\n", "page: x\n"),
        "record-not-fields data/sources.yaml",
    ),
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
    "a lesson with an impossible day": (with_change(LESSON, "reviewed: 2026-11-22", "reviewed: 2024-02-30"), f"day-not-real {LESSON}"),
    "a lesson with an unseen character behind a mark": (
        with_change(LESSON, "{{ suggested() }}", "{{ suggested() }}\x00"),
        f"yaml-character {LESSON}",
    ),
    "a lesson with an unseen character in a call": (with_change(LESSON, "{{ suggested() }}", "{{ sugg\u200bested() }}"), f"yaml-character {LESSON}"),
    "a lesson with an unseen character in a heading": (with_change(LESSON, "## What to do", "## What\u200b to do"), f"yaml-character {LESSON}"),
    "a lesson with an unseen character in a tag": (with_change(LESSON, "kind: worked", "kind: wor\u200bked"), f"yaml-character {LESSON}"),
    "a lesson with an unseen character in a field": (with_change(LESSON, "question:", "quest\u200bion:"), f"yaml-character {LESSON}"),
    "a lesson with a mistyped reference": (
        with_change(LESSON, "builds: [telephone-list]", "builds: [telephone-lsit]"),
        f"reference-unknown {LESSON}",
    ),
    "a lesson whose optional field is mistyped": (with_change(LESSON, "builds: [", "build: ["), f"field-unknown {LESSON}"),
    "a sector's page of a mistyped name": (
        lambda root: (root / SECTOR).rename(root / "docs/sectors/foood.md") and None,
        "page-without-record docs/sectors/foood.md",
    ),
    "a page of the finder with a mistyped name": (
        lambda root: (root / "docs/find/sector/food.md").rename(root / "docs/find/sector/foood.md") and None,
        "facet-page-stray docs/find/sector/foood.md",
    ),
    "a list page with a mistyped call": (with_change("docs/toolbox/index.md", "{{ toolbox", "{{ tolbox"), "call-unknown docs/toolbox/index.md"),
    "a folder in the place of the data": (
        lambda root: (root / "data/conditions.yaml").unlink() or (root / "data/conditions.yaml").mkdir(),
        "file-folder data/conditions.yaml",
    ),
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
    assert rules_of(tiny) == ["field-missing", "tag-unknown", "reference-unknown", "day-shape"]


def test_faults_of_different_files_are_said_at_once(tiny: Path) -> None:
    change(tiny, LESSON, "title: ", "title: a: ")
    change(tiny, TOOL, "weeks_before: 2", "weeks_before: two")
    (tiny / "data/gaps.yaml").write_bytes(b"\xff")
    assert found(tiny) == ["yaml-not-utf8 data/gaps.yaml", f"yaml-colon {LESSON}", f"number-shape {TOOL}"]


NOTE = "note:\n  title: A note\n  publisher: X\n  kind: press\n  language: da\npage:\n"
ORPHAN = "tides:\n  term: Tides\n  definition: {text: Water., basis: suggested}\n  words: {}\npitch:\n"
MISSING: dict[str, tuple[Callable[[Path], None], str]] = {
    "a source that nothing cites": (with_change("data/sources.yaml", "page:\n", NOTE), "source-unused data/sources.yaml"),
    "a passage that nothing rests on": (
        with_change("data/sources.yaml", "    proposal:\n", "    tides:\n      heading: H\n      gist: Water.\n    proposal:\n"),
        "passage-uncited data/sources.yaml",
    ),
    "a term that nothing leads to": (with_change("data/glossary.yaml", "pitch:\n", ORPHAN), "record-orphan data/glossary.yaml"),
    "a condition that nothing builds": (
        with_change("docs/lessons/write-it-down.md", "builds: [telephone-list]\n", ""),
        "chain-one-way data/conditions.yaml",
    ),
    "a heading": (with_change(TOOL, "## What to watch", "### What to watch"), f"heading-missing {TOOL}"),
    "a title": (with_change(SECTOR, "title: food\n", ""), f"page-field-missing {SECTOR}"),
    "a sector's page": (without(SECTOR), "page-missing data/sectors.yaml"),
    "a sector": (lambda root: shutil.copy(root / SECTOR, root / "docs/sectors/tides.md") and None, "page-without-record docs/sectors/tides.md"),
    "a page of the finder": (without("docs/find/sector/food.md"), "facet-page-missing data/sectors.yaml"),
    "a tag that the handbook needs": (with_change("data/vocabulary.yaml", "  used-again:\n", "  tides:\n"), "vocabulary-gone data/vocabulary.yaml"),
    "a call": (with_change(SECTOR, '{{ sector("food") }}\n', "Food.\n"), f"page-opening {SECTOR}"),
}
SLIPS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a field of a lesson": (with_change("docs/lessons/ask-again.md", "title:", "tilte:"), "field-unknown docs/lessons/ask-again.md"),
    "a tag of a tool": (with_change(TOOL, "core: ", "core: x"), f"tag-unknown {TOOL}"),
    "the data of a lesson": (with_change("docs/lessons/ask-again.md", "title: ", "title: a: "), "yaml-colon docs/lessons/ask-again.md"),
    "a field of a recommendation": (with_change("data/recommendations.yaml", "  title:", "  tilte:"), "field-unknown data/recommendations.yaml"),
    "a field of a source": (with_change("data/sources.yaml", "  language:", "  langauge:"), "field-unknown data/sources.yaml"),
    "a field of a sector": (with_change("data/sectors.yaml", "  title:", "  tilte:"), "field-unknown data/sectors.yaml"),
    "a page's text": (with_change("docs/sectors/energy.md", "{{ sector", "<b>\n\n{{ sector"), "text-html docs/sectors/energy.md"),
    "a file's name": (
        lambda root: shutil.copy(root / "docs/sectors/index.md", root / "docs/sectors/Tides.md") and None,
        "file-name docs/sectors/Tides.md",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("missing", MISSING)
def test_a_slip_elsewhere_does_not_keep_the_check_from_saying_what_is_missing(missing: str, slip: str, tiny: Path) -> None:
    for spoil_it, _ in (MISSING[missing], SLIPS[slip]):
        spoil_it(tiny)
    assert set(found(tiny)) >= {MISSING[missing][1], SLIPS[slip][1]}


def test_an_unseen_character_moves_no_column(tiny: Path) -> None:
    change(tiny, LESSON, "Mail is easily", "M\u200bail <b> is easily")
    html = next(problem for problem in check(tiny).problems if problem.rule.id == "text-html")
    line = (tiny / LESSON).read_text(encoding="utf-8").split("\n")[html.place.line - 1]
    assert line[html.place.column - 1 :].startswith("<b>")


def test_a_value_that_only_the_builder_cannot_take_is_said_with_its_field(tiny: Path) -> None:
    change(tiny, LESSON, "title: Write it down", "title: 2024-02-30")
    (problem,) = check(tiny).problems
    assert problem.message.startswith(f"{LESSON}:2:8: title: '2024-02-30' looks like a date")


# What must not bring the check down ---------------------------------------------------

@pytest.mark.parametrize("seed", range(4))
def test_no_disorder_among_files_makes_the_check_raise(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311  (the same changes each time)
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
    "calls that do not exist": ("Mail is", " ".join(f"{{{{ c{'x' * (n % 4)}() }}}}" for n in range(1_500)) + "Mail is"),
    "links to nothing": ("Mail is", " ".join(f"[x](t-{n}.md)" for n in range(1_200)) + "Mail is"),
    "characters that nobody sees": ("Mail is", "Ma\u200bil is" * 1_500),
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
