"""Pages past their day say so, editors get a list, and the same sources give the same pages on any day."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from handbook import made
from handbook.__main__ import main
from handbook.check import check
from handbook.freshness import due, later, today
from handbook.relate import relate
from handbook.render import Renderer
from handbook.views import Repository
from tests.handbook.examples import LESSON, change

ASK = "docs/lessons/ask-again.md"
NOTE = "**Last checked on 22 November 2026; a check was due in November 2028.**"


def shown(root: Path, call: str, record: str, page: str, day: dt.date | None) -> str:
    return Renderer(relate(check(root).base, day)).call(page, call, record)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-22", 24, "2028-11-22"),
        ("2026-11-22", 1, "2026-12-22"),
        ("2026-12-22", 1, "2027-01-22"),
        ("2027-01-31", 1, "2027-03-01"),
        ("2024-02-29", 12, "2025-03-01"),
        ("2026-10-31", 120, "2036-10-31"),
        ("2026-08-31", 1, "2026-10-01"),
    ],
)
def test_months_later_is_the_same_day_or_the_first_after_it(day: str, months: int, expected: str) -> None:
    assert later(dt.date.fromisoformat(day), months).isoformat() == expected


def test_the_day_of_a_build_is_that_of_the_last_change_if_it_is_given() -> None:
    assert today({"SOURCE_DATE_EPOCH": "86400"}) == dt.date(1970, 1, 2)
    assert abs(today({}) - dt.datetime.now(dt.UTC).date()) <= dt.timedelta(days=1)


@pytest.mark.parametrize(("day", "late"), [(None, False), ("2028-11-22", False), ("2028-11-23", True)])
def test_a_page_says_that_it_is_late_from_the_day_after(day: str | None, late: bool, tiny: Path) -> None:
    text = shown(tiny, "lesson_facts", "ask-again", "lessons/ask-again.md", dt.date.fromisoformat(day) if day else None)
    assert (NOTE in text) is late


def test_a_record_says_itself_when_it_is_due_again(tiny: Path) -> None:
    change(tiny, ASK, "reviewed: 2026-11-22", "reviewed: 2026-11-22\nreview_in: 6")
    assert "a check was due in May 2027" in shown(tiny, "lesson_facts", "ask-again", "lessons/ask-again.md", dt.date(2027, 6, 1))


def test_the_usual_time_is_a_setting(tiny: Path) -> None:
    change(tiny, "data/settings.yaml", "months: 24", "months: 3")
    assert "a check was due in February 2027" in shown(tiny, "lesson_facts", "ask-again", "lessons/ask-again.md", dt.date(2027, 6, 1))


@pytest.mark.parametrize(
    ("call", "page", "path"),
    [
        ("tool_facts", "toolbox/telephone-round.md", "docs/toolbox/telephone-round.md"),
        ("recommendation", "transfer/call-your-members.md", "data/recommendations.yaml"),
        ("sector", "sectors/energy.md", "data/sectors.yaml"),
    ],
)
def test_every_kind_that_is_checked_says_at_its_top_that_it_is_late(call: str, page: str, path: str, tiny: Path) -> None:
    record, at = Path(page).stem, "title:" if path.endswith(".md") else "  title:"
    if "reviewed:" not in (tiny / path).read_text(encoding="utf-8"):
        change(tiny, path, at, f"{at.replace('title', 'reviewed')} 2026-11-22\n{at}")
    shown_then = shown(tiny, call, record, page, dt.date(2030, 1, 1))
    assert NOTE in shown_then
    assert shown_then.index(NOTE) < shown_then.index("{ .hb-lead }")
    assert "Last checked" not in shown(tiny, call, record, page, None)


def test_what_was_never_checked_is_not_called_late(tiny: Path) -> None:
    change(tiny, ASK, "reviewed: 2026-11-22\n", "")
    book = relate(check(tiny).base, dt.date(2040, 1, 1))
    assert due(book, book.get("lesson", "ask-again")) is None
    assert "Last checked" not in shown(tiny, "lesson_facts", "ask-again", "lessons/ask-again.md", dt.date(2040, 1, 1))


def test_a_build_judges_by_its_day(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    assert made.renderer(tiny, Repository()).handbook.day == dt.date(2033, 5, 18)


def test_a_setting_that_is_no_number_is_a_problem_in_words(tiny: Path) -> None:
    change(tiny, "data/settings.yaml", "months: 24", "months: two years")
    assert [problem.rule.id for problem in check(tiny).problems] == ["number-shape"]


def test_the_list_for_editors_names_what_is_late_and_what_nobody_checked(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(tiny, LESSON, "title: Write it down", "title: Write it @down")
    change(tiny, ASK, "reviewed: 2026-11-22\n", "reviewed: 2026-11-22\nreview_in: 1\n")
    assert main(["--root", str(tiny), "overdue", "--on", "2027-01-01"]) == 0
    listed = capsys.readouterr().out
    assert "check on 1 January 2027" in listed
    assert "- [ ] Ask again (docs/lessons/ask-again.md): last checked on 22 November 2026, due since 22 December 2026" in listed
    assert "Call your members" in listed.partition("without the day")[2]
    assert "@down" not in listed


def test_what_nobody_checked_is_listed_without_a_list_of_what_is_late(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tiny), "overdue", "--on", "2026-12-01"]) == 0
    assert capsys.readouterr().out.startswith("### Pages without the day of a check on 1 December 2026\n")


def test_nothing_is_printed_when_nothing_is_due_so_that_the_issue_is_closed(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("recommendations", "sectors"):
        path = tiny / f"data/{name}.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub("^(  title: .*)$", r"\1\n  reviewed: 2026-11-22", text, flags=re.MULTILINE), encoding="utf-8")
    assert main(["--root", str(tiny), "overdue", "--on", "2026-12-01"]) == 0
    assert capsys.readouterr().out == ""


def test_a_handbook_with_problems_gives_no_list(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(tiny, LESSON, "kind: worked", "kind: great")
    assert main(["--root", str(tiny), "overdue"]) == 1
    shown_then = capsys.readouterr()
    assert shown_then.out == ""
    assert "[tag-unknown]" in shown_then.err
