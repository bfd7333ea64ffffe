"""What is mechanical is mended, once and for all; what has a meaning stays."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from handbook.__main__ import main
from handbook.base import Base
from handbook.check import check
from handbook.fix.command import mend
from handbook.model import Known
from handbook.yamlread import read
from tests.conftest import ROOT
from tests.handbook.examples import BAD, EXAMPLES, LESSON, spoil
from tests.handbook.hosted import snapshot

USE = "data/uses/calls-2019.yaml"
SOURCES = "data/sources.yaml"


@pytest.fixture(scope="module")
def base() -> Base:
    return check(ROOT).base


def fixed(text: str, path: str, root: Path) -> str:
    return mend(text, path, check(root).base.known)[0]


def test_the_real_handbook_needs_no_mending(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(ROOT), "fix", "--dry-run"]) == 0
    assert capsys.readouterr().out == "0 files to mend\n"


SLIPS = [
    (USE, "when: 2019-03", "when: 7.3.2019", "when: 2019-03-07"),
    (USE, "when: 2019-03", "when: 'March 2019'  # about", "when: '2019-03'  # about"),
    (USE, "outcome: worked", "Outcome: Worked", "outcome: worked"),
    (USE, "judged_by: organiser", "judged-by: organiser", "judged_by: organiser"),
    (USE, "judged_by: organiser", "juged_by: Organiser", "judged_by: organiser"),
    (USE, "country: NO", "country: no", "country: NO"),
    (USE, "- source: page\ncha", "- sourse: page\ncha", "- source: page\ncha"),
    (LESSON, "reviewed: 2026-11-22", "reviewed: 22 November 2026", "reviewed: 2026-11-22"),
    (LESSON, "outcome_known: partly", "outcome known: partly", "outcome_known: partly"),
    (SOURCES, "accessed: 2026-11", "accesed: 11.2026", "accessed: 2026-11"),
]


@pytest.mark.parametrize(("path", "right", "wrong", "mended"), SLIPS)
def test_a_slip_that_can_mean_one_thing_only_is_mended(path: str, right: str, wrong: str, mended: str, tiny: Path) -> None:
    text = (tiny / path).read_text(encoding="utf-8")
    assert right in text
    assert fixed(text.replace(right, wrong, 1), path, tiny) == text.replace(right, mended, 1)


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        (USE, "when: 2019-03", "when: 3/4/2019"),
        (USE, "when: 2019-03", "when: 31.2.2019"),
        (USE, "when: 2019-03", "when: soon"),
        (USE, "outcome: worked", "outcome: wrked"),
        (USE, "outcome: worked", "result_of_it: worked"),
        (USE, "country: NO", "country: XX"),
        (USE, "tool: telephone-round", "tool: telephone-rund"),
    ],
)
def test_what_could_mean_something_else_stays_for_a_person_to_mend(path: str, right: str, wrong: str, tiny: Path) -> None:
    text = (tiny / path).read_text(encoding="utf-8").replace(right, wrong, 1)
    assert fixed(text, path, tiny) == text


def test_fields_get_their_order_and_their_notes_go_with_them(tiny: Path) -> None:
    text = "# The whole file.\nsector: food\n# Its name.\ntitle: >-\n  A long\n  title\nplace: Here\ntool: telephone-round # note\n\n# The end.\n"
    assert fixed(text, "data/uses/x.yaml", tiny) == (
        "# Its name.\ntitle: >-\n  A long\n  title\ntool: telephone-round # note\n# The whole file.\nsector: food\nplace: Here\n\n# The end.\n"
    )


def test_an_empty_line_that_comes_to_stand_at_the_end_is_mended_at_once(tiny: Path) -> None:
    once = fixed("sector: food\n\ntitle: a\n", "data/uses/x.yaml", tiny)
    assert once == "title: a\nsector: food\n"
    assert fixed(once, "data/uses/x.yaml", tiny) == once


def scrambled(text: str, dice: random.Random, indent: str) -> str:
    """Fields in another order, with notes between them and blanks behind."""
    lead, *fields = re.split(rf"^(?={indent}[a-z_]+:)", text, flags=re.MULTILINE)
    if fields and not fields[-1].endswith("\n"):
        fields[-1] += "\n"
    dice.shuffle(fields)
    marked = [f"{indent}# note {number}\n{part}" if dice.random() < 0.3 else part for number, part in enumerate(fields)]
    return lead + "".join(part.replace("\n", "  \n", 1) if dice.random() < 0.1 and "|" not in part and ">" not in part else part for part in marked)


def says(text: str, path: str) -> str:
    """What a file says, whatever its order and its apostrophes."""
    values, problems = read(text, path)
    assert problems == []
    return json.dumps(values, ensure_ascii=False, sort_keys=True).replace("’", "'")


@pytest.mark.parametrize("path", [*(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "data/uses").glob("*.yaml"))), "data/clusters.yaml"])
def test_a_scrambled_file_says_the_same_after_it_was_mended_and_keeps_its_notes(path: str, base: Base) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    for seed in range(5):
        dice = random.Random(seed)  # noqa: S311  (the same files in each run)
        parts = re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE) if path == "data/clusters.yaml" else []
        bad = "".join(scrambled(part, dice, "  ") for part in parts) or scrambled(text, dice, "")
        bad = bad.replace("’", "'").replace("\n", "\r\n" if seed % 2 else "\n")
        good = mend(bad, path, base.known)[0]
        assert says(good, path) == says(text, path)
        assert sorted(re.findall("# note [0-9]+", good)) == sorted(re.findall("# note [0-9]+", bad))
        assert mend(good, path, base.known)[0] == good


def test_entries_of_a_list_file_get_their_order_each_in_its_place(tiny: Path) -> None:
    text = (tiny / SOURCES).read_text(encoding="utf-8")
    mixed = text.replace("  title: How we telephoned\n  publisher: Example Cluster\n", "  publisher: Example Cluster\n  title: How we telephoned\n")
    assert mixed != text
    assert fixed(mixed, SOURCES, tiny) == text


@pytest.mark.parametrize("text", ["{title: a, sector: b, place: c}\n", "sector: b\nnosuch: 1\ntitle: a\n", "sector: [a\n", "- a\n- b\n", "", "\n"])
def test_what_cannot_be_put_in_order_without_doubt_is_left(text: str, tiny: Path) -> None:
    assert fixed(text, "data/uses/x.yaml", tiny) == text


def test_the_outer_form_is_mended_and_said() -> None:
    text, said = mend("\ufefftitle: a  \r\nsector: food\t\r\n\r\n\r\n", "data/uses/x.yaml", Known())
    assert text == "title: a\nsector: food\n"
    assert [words.split(" ")[0] for words in said] == ["removed", "made", "removed", "ended"]


def test_two_blanks_that_break_a_line_of_a_page_stay(tiny: Path) -> None:
    text = "---\ntitle: a\ndescription: b \n---\n\nOne  \ntwo \nthree  \n\nfour   "
    assert fixed(text, "docs/about/x.md", tiny) == "---\ntitle: a\ndescription: b\n---\n\nOne  \ntwo\nthree\n\nfour\n"


QUOTES = [
    ("It's \"here\".", "It’s “here”."),
    ('("so") "a" and "b"', "(“so”) “a” and “b”"),
    ("Don't `don't` \"x\"", "Don’t `don't` “x”"),
    ("{{ cite(“study”, “start”) }}", '{{ cite("study", "start") }}'),
    ('Said. {{ cite("study", "start") }}', 'Said. {{ cite("study", "start") }}'),
    ("[it's](https://x.example/it's)", "[it’s](https://x.example/it's)"),
    ('one " only', 'one " only'),
    ('a" b "c', 'a" b "c'),
    ("'single'", "'single'"),
    ("```\nit's \"code\"\n```", "```\nit's \"code\"\n```"),
    ("5' 6\"", "5' 6\""),
]


@pytest.mark.parametrize(("written", "mended"), QUOTES)
def test_quotation_marks_of_texts_are_typographic_and_those_of_calls_straight(written: str, mended: str, tiny: Path) -> None:
    head = "---\ntitle: a\ndescription: b\n---\n\n"
    assert fixed(f"{head}{written}\n", "docs/about/x.md", tiny) == f"{head}{mended}\n"


def test_quotation_marks_in_data_are_mended_where_they_are_text(tiny: Path) -> None:
    text = "title: It's \"us\"\nplace: 'it''s'\nchallenge:\n  text: >-\n    They said \"no\", and didn't.\n  basis: \"reported\"\n  # don't\n"
    assert fixed(text, "data/uses/x.yaml", tiny) == (
        "title: It’s “us”\nplace: 'it''s'\nchallenge:\n  text: >-\n    They said “no”, and didn’t.\n  basis: \"reported\"\n  # don't\n"
    )


@pytest.mark.parametrize("path", ["data/wordings.yaml", "data/faults.yaml"])
def test_what_people_type_stays_as_they_type_it(path: str, tiny: Path) -> None:
    text = (tiny / path).read_text(encoding="utf-8") + "\nsome-words:\n  tools: [telephone-round]\n  said:\n    en: [don't call]\n"
    assert fixed(text, path, tiny) == text


@pytest.mark.parametrize("example", [name for name in EXAMPLES if (BAD / name / "change.yaml").exists()])
def test_whatever_was_mended_stays_as_it_is_and_no_new_fault_comes_of_it(example: str, tiny: Path) -> None:
    spoil(tiny, example)
    before = len(check(tiny).problems)
    assert main(["--root", str(tiny), "fix"]) == 0
    once = snapshot(tiny / "docs") | snapshot(tiny / "data") if (tiny / "data").exists() and (tiny / "docs").exists() else {}
    assert len(check(tiny).problems) <= before
    assert main(["--root", str(tiny), "fix"]) == 0
    again = snapshot(tiny / "docs") | snapshot(tiny / "data") if once else {}
    assert again == once


def test_the_command_shows_each_line_that_it_changed(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tiny / USE
    path.write_text(path.read_text(encoding="utf-8").replace("when: 2019-03", "when: 7.3.2019"), encoding="utf-8")
    assert main(["--root", str(tiny), "fix", "data/uses"]) == 0
    out = capsys.readouterr().out
    assert "-when: 7.3.2019\n+when: 2019-03-07\n" in out
    assert out.endswith("1 file mended\n")
    assert "when: 2019-03-07" in path.read_text(encoding="utf-8")


def test_only_the_files_that_are_named_are_mended(tiny: Path) -> None:
    for path in (USE, LESSON):
        (tiny / path).write_text((tiny / path).read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    before = (tiny / USE).read_bytes()
    assert main(["--root", str(tiny), "fix", LESSON]) == 0
    assert (tiny / USE).read_bytes() == before
    assert not (tiny / LESSON).read_text(encoding="utf-8").endswith("\n\n")


def test_a_dry_run_changes_nothing(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny / USE).write_bytes((tiny / USE).read_bytes() + b"\r\n\r\n")
    before = snapshot(tiny)
    assert main(["--root", str(tiny), "fix", "--dry-run"]) == 0
    assert capsys.readouterr().out.endswith("1 file to mend\n")
    assert snapshot(tiny) == before


def test_indented_code_keeps_its_quotation_marks_and_an_indented_paragraph_of_a_list_does_not(tiny: Path) -> None:
    head = "---\ntitle: a\ndescription: b\n---\n\n"
    code = "Type this:\n\n    new lesson \"it's mine\"\n\nIt's done.\n\n- A point\n\n    it's one\n"
    assert fixed(head + code, "docs/about/x.md", tiny) == head + code.replace("It's", "It’s").replace("it's one", "it’s one")
