"""The plan for the board: filled in from the link, editable, dated, printed on two pages, and taken away in three forms."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

import docx
import icalendar
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from handbook.check import check
from tests.browser.test_accessible import violations
from tests.browser.test_private import STORED, told
from tests.conftest import ROOT
from tests.reading import parse, to_html

PLAN = "plan/"
MODULES = "assets/javascripts/plan/"
TODAY = "2026-11-22"
ANSWERS = "challenge-owner.not,fitting-members.have,staff-time.can,public-backing.unknown"
CHOSEN = "pick=recommendation.run-a-living-lab,recommendation.ask-your-city,tool.challenge-identification"
FULL = f"#!{CHOSEN}&fit={ANSWERS}&sector=food&date=2027-06-10"
HOSTILE = (
    '<img src=x onerror=alert(1)> & "quoted", ‘sharp’ ; \\ *bold* [a](javascript:alert(1)) | {{ x }} ]]> \x07'
    ' Blåbærgrød für Straße 🚲 日本語 ' + "é" * 90
)

SECTIONS = ["propose", "why", "conditions", "who", "first", "try", "signs", "unknown", "dissent", "when", "sources"]


@pytest.fixture
def open_plan(address: str, open_page: Any) -> Any:
    """A function that opens the plan with a fragment, on a fixed day, and waits until it is there."""

    def opened(fragment: str = "", **options: Any) -> Any:
        watched = open_page(**options)
        page = watched.page()
        page.clock.set_fixed_time(f"{TODAY}T12:00:00")
        page.goto(address + PLAN + fragment)
        page.locator(".hb-plan-live, .hb-plan-empty").first.wait_for()
        page.watched = watched
        return page

    return opened


def run(page: Any, address: str, file: str, script: str, *arguments: Any) -> Any:
    """What ``script`` gives, a function of the module's contents and the arguments."""
    text = f"async ([module, given]) => ({script})(await import(module), ...given)"
    return page.evaluate(text, [address + MODULES + file, list(arguments)])


def block(page: Any, name: str) -> Any:
    return page.locator(f"[data-block={name}]")


def lines(page: Any, name: str) -> list[str]:
    found: list[str] = block(page, name).locator(".hb-plan-body li").all_inner_texts()
    return found


def note(fragment: str, *notes: str) -> str:
    return f"{fragment}&note={','.join(quote(text, safe='') for text in notes)}"


# -- days ---------------------------------------------------------------------------------


WEEKS = [
    ("2027-06-10", -26, "2026-12-10"),
    ("2027-03-01", -1, "2027-02-22"),
    ("2028-03-01", -1, "2028-02-23"),  # a leap year
    ("2028-03-07", -1, "2028-02-29"),
    ("2100-03-07", -1, "2100-02-28"),  # none
    ("2027-01-01", -1, "2026-12-25"),
    ("2026-12-31", 1, "2027-01-07"),
    ("2027-04-01", -1, "2027-03-25"),  # summer time begins in between
    ("2027-11-04", -1, "2027-10-28"),  # and ends
    ("1000-01-01", -1, "0999-12-25"),
    ("2027-06-10", 0, "2027-06-10"),
]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"])
def test_weeks_are_counted_over_the_ends_of_months_and_years_whatever_the_time_zone(zone: str, address: str, open_page: Any) -> None:
    page = open_page(timezone_id=zone).page()
    page.goto(address + "404.html")
    found = run(page, address, "dates.js", "({ addWeeks }, rows) => rows.map(([day, weeks]) => addWeeks(day, weeks))", WEEKS)
    assert found == [then for _, _, then in WEEKS]


def test_only_days_that_exist_are_days(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + "404.html")
    days = {
        "2028-02-29": True, "2027-02-29": False, "2027-13-01": False, "2027-00-10": False, "2027-06-31": False, "2027-6-1": False, "": False,
        "0999-12-31": False, "9999-01-01": False, "2027-06-10T00:00": False, " 2027-06-10": False, "<b>": False, "1000-01-01": True,
    }  # fmt: skip
    assert run(page, address, "dates.js", "({ isDay }, days) => days.map(isDay)", list(days)) == list(days.values())


def test_today_is_the_reader_s_day_and_not_that_of_greenwich(address: str, open_page: Any) -> None:
    page = open_page(timezone_id="Pacific/Kiritimati").page()
    page.goto(address + "404.html")
    assert run(page, address, "dates.js", "({ today }) => today(new Date(Date.UTC(2026, 11, 31, 12)))") == "2027-01-01"


def test_a_step_without_a_lead_time_gets_no_date_and_one_that_is_past_says_so(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + "404.html")
    step = {"phase": "before", "role": "matchmaker", "do": {"text": "x", "basis": "suggested", "sources": []}}
    tool = {
        "id": "t", "title": "T",
        "steps": [{**step, "name": "Ring them!", "weeks_before": 4}, {**step, "name": "Wait"}, {**step, "name": "Über", "weeks_before": 30},
                  {**step, "name": "Do", "phase": "during"}, {**step, "name": "Ask", "phase": "after"}],
    }  # fmt: skip
    script = """({ schedule, earliest }, tool, now) => {
      const steps = schedule([tool], "2027-03-01", new Map([["t.wait", 2]]), now)
      return [steps, earliest(steps)] }"""
    steps, earliest = run(page, address, "schedule.js", script, tool, "2026-12-01")
    assert [(s["key"], s["weeks"], s["onRecord"], s["date"], s["passed"], s["move"]) for s in steps] == [
        ("t.uber", 30, 30, "2026-08-03", True, "2027-06-29"),
        ("t.ring-them", 4, 4, "2027-02-01", False, None),
        ("t.wait", 2, None, "2027-02-15", False, None),
        ("t.do", None, None, "2027-03-01", False, None),
        ("t.ask", None, None, None, False, None),
    ]
    assert earliest == "2027-06-29"
    none = run(page, address, "schedule.js", "({ schedule }, tool) => schedule([tool], null, new Map(), '2026-12-01').map(s => s.date)", tool)
    assert none == [None] * 5


# -- what the link carries ----------------------------------------------------------------


def test_what_the_reader_wrote_is_read_back_and_unchanged_lines_keep_their_sources(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + "404.html")
    handbook = [{"text": "One.", "basis": "reported", "sources": [1]}, {"text": "Two.", "basis": "suggested", "sources": []}]
    script = "({ pack, unpack }, text, lines, later) => { const p = pack(text, lines); return [p, p && unpack(p, later ?? lines)] }"
    assert run(page, address, "edits.js", script, "One.\nTwo.", handbook) == [None, None]
    _, read = run(page, address, "edits.js", script, "Two.\n\n =1x2y\nOne!\r\nOne.\u0007\n", handbook)
    found = [(line["text"], line["basis"]) for line in read["lines"]]
    assert found == [("Two.", "suggested"), ("=1x2y", "own"), ("One!", "own"), ("One.", "reported")]
    assert read["outdated"] is False
    _, read = run(page, address, "edits.js", script, "Two.\nMine", handbook, handbook[:1])
    assert [line["text"] for line in read["lines"]] == ["Mine"]
    assert read["outdated"] is True


def test_a_link_with_everything_in_it_opens_fresh_as_it_was(open_plan: Any) -> None:
    page = open_plan(FULL)
    page.get_by_label("Title").press_sequentially("Labs for food")
    page.get_by_label("Your organisation").press_sequentially("Køkken & Co")
    page.get_by_label("Day of this plan").fill("2026-11-30")
    page.get_by_label("Weeks before: Write the long list").press("Control+A")
    page.get_by_label("Weeks before: Write the long list").press_sequentially("15")
    block(page, "why").get_by_role("button", name="Edit").click()
    area = block(page, "why").get_by_role("textbox")
    area.press("Control+Home")
    area.press_sequentially("Our members asked twice.\n")
    page.wait_for_function("location.hash.includes('asked%20twice')")
    again = open_plan(page.evaluate("location.hash"))
    for name in SECTIONS:
        assert block(again, name).locator(".hb-plan-body").inner_text() == block(page, name).locator(".hb-plan-body").inner_text(), name
    assert again.locator(".hb-plan-title").inner_text() == page.locator(".hb-plan-title").inner_text()
    assert "Labs for food" in again.locator(".hb-plan-name").inner_text()
    assert "Køkken & Co · Food · event on Thu 10 June 2027 · written on 30 November 2026" in again.locator(".hb-plan-under").inner_text()
    assert again.get_by_label("Weeks before: Write the long list").input_value() == "15"
    assert lines(again, "why")[0] == "Our members asked twice. ours"
    assert again.locator(".hb-notice").filter(has_text="link").count() == 0


@pytest.mark.parametrize(
    ("fragment", "told"),
    [
        (f"#!{CHOSEN}&date=2027-02-30", "The day of the event in the link is not a day."),
        (f"#!{CHOSEN}&date=<script>", "The day of the event in the link is not a day."),
        (f"#!{CHOSEN}&sector=atlantis", "sector that this handbook does not have"),
        (f"#!{CHOSEN}&fit=nosuch.have", "question that this handbook does not have"),
        (f"#!{CHOSEN}&fit=challenge-owner.maybe", "damaged or cut off"),
        (f"#!{CHOSEN}&lead=challenge-identification.write-the-long-list.999", "A changed lead time in the link is damaged."),
        (f"#!{CHOSEN}&lead=challenge-identification.gone.3", "the lead time of a step that is not in this plan"),
        (f"#!{CHOSEN}&lead=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "A changed lead time in the link is damaged."),
        (note(f"#!{CHOSEN}", "nosuch:text"), "text for a part that a plan does not have"),
        (note(f"#!{CHOSEN}", "__proto__:x"), "text for a part that a plan does not have"),
        (f"#!{CHOSEN}&note=why%3A%E0%A4%A", "What the link carries as “note” is damaged."),
        (f"#!{CHOSEN},tool.gone", "The handbook has no tool called “gone”."),
        (f"#!{CHOSEN}&evil=<b>", "The link carries “evil”, which this handbook does not know."),
    ],
)
def test_what_cannot_be_used_is_left_out_in_words_and_the_rest_is_shown(fragment: str, told: str, open_plan: Any) -> None:
    page = open_plan(fragment)
    assert told in page.locator(".hb-notice").first.inner_text()
    assert len(lines(page, "propose")) == 3
    assert page.locator("article img, article script").count() == 0
    assert page.watched.errors == []


def test_text_of_any_kind_stays_text(open_plan: Any) -> None:
    page = open_plan(note(FULL, f"title:{HOSTILE}", f"org:{HOSTILE}", f"why:x\n{HOSTILE}\n=zzz"))
    page.on("dialog", lambda _: pytest.fail("a script ran"))
    assert page.locator(".hb-plan img, .hb-plan script").count() == 0
    assert "<img src=x onerror=alert(1)>" in page.locator(".hb-plan-name").inner_text()
    assert "<img src=x onerror=alert(1)>" in lines(page, "why")[0]
    assert "has changed since you edited it" in block(page, "why").inner_text()


@pytest.mark.parametrize("length", range(20, len(FULL), 13))
def test_a_link_that_was_cut_off_anywhere_still_opens(length: int, open_plan: Any) -> None:
    page = open_plan(FULL[:length])
    assert page.locator("article h1").is_visible()
    assert page.watched.errors == []


def test_what_is_too_long_for_the_link_stays_in_the_page_and_the_reader_is_told(open_plan: Any) -> None:
    page = open_plan(FULL)
    block(page, "unknown").get_by_role("button", name="Edit").click()
    area = block(page, "unknown").get_by_role("textbox")
    area.evaluate("area => { area.value = 'word '.repeat(2000); area.dispatchEvent(new Event('input')) }")
    page.get_by_text("too long for a link").wait_for()
    assert "word word" in lines(page, "unknown")[0]
    page.locator(".hb-plan .hb-mark.hb-basis-reported").first.click()  # a place in the page is no other address
    page.wait_for_function("location.hash.startsWith('#source-1!')")
    assert "word word" in lines(page, "unknown")[0]
    assert "note=" not in page.evaluate("location.hash")
    with page.expect_download() as got:
        page.get_by_role("button", name="Markdown").click()
    assert "word word" in Path(got.value.path()).read_text(encoding="utf-8")
    area.evaluate("area => { area.value = 'short'; area.dispatchEvent(new Event('input')) }")
    page.wait_for_function("location.hash.includes('short')")
    assert page.get_by_text("too long for a link").count() == 0


# -- what the plan says ---------------------------------------------------------------------


def test_the_plan_says_what_is_missing_and_what_builds_it_and_what_nobody_has_tried(open_plan: Any) -> None:
    page = open_plan(FULL)
    table = block(page, "conditions").locator("tbody tr")
    first = table.first.inner_text()
    assert "An owner with a real problem and the means to act" in first
    assert "do not have" in first
    assert "Build it first with “" in first
    verdict = block(page, "propose").locator("tbody tr").first.inner_text()
    assert "Not now" in verdict
    assert "What decides: “An owner with a real problem" in verdict
    assert "Nobody is on record there as having tried “Run a living lab with an owner who has a real problem”" in lines(page, "unknown")[0]
    assert any("We do not know ourselves: “Local political and administrative backing”" in line for line in lines(page, "unknown"))
    assert any(line.startswith("When to stop: Stop if, eight weeks before the day") for line in lines(page, "try"))
    assert any(line.startswith("Cities and regions as buyer, partly:") for line in lines(page, "who"))


NO_MONEY = (
    "#!pick=recommendation.ask-your-city,recommendation.run-a-living-lab&sector=food"
    "&fit=challenge-owner.can,staff-time.can,city-link.can,fitting-members.have,lead-time.have,funding.not"
)


def test_what_only_helps_and_is_missing_is_a_risk_beside_the_verdict_and_no_first_task_in_each_form_of_the_plan(open_plan: Any) -> None:
    page = open_plan(NO_MONEY)
    verdict = block(page, "propose").locator("tbody tr").filter(has_text="Run a living lab").inner_text()
    assert "We do not have “Money for the labour”." in verdict
    rows = block(page, "conditions").locator("tbody tr").all_inner_texts()
    strengths = ["Helps" in row for row in rows]
    assert strengths == sorted(strengths), "what must be in place stands first"
    money = next(row for row in rows if "Money for the labour" in row)
    assert "Would help; not needed to start. See “Fund the labour before you promise another lab”" in money
    assert "Build it first" not in money
    reason = "Risk: we do not have “Money for the labour”: Several clusters would like to go on holding international living labs."
    assert any(line.startswith(reason) for line in lines(page, "conditions"))
    doubt = "Doubt: We do not have “Money for the labour”. What the handbook has on it is “Fund the labour before you promise another lab”, and"
    assert any(line.startswith(f"{doubt} the source leaves open whether that works.") for line in lines(page, "dissent"))
    markdown = download(page, "Markdown")[1].decode("utf-8")
    document = docx.Document(io.BytesIO(download(page, "Word document")[1]))
    assert "We do not have “Money for the labour”." in markdown
    assert any("We do not have “Money for the labour”." in row.cells[3].text for row in document.tables[0].rows)


TALKS = (
    "#!pick=recommendation.ask-your-city,recommendation.agree-aims,recommendation.link-three-sides"
    "&fit=city-link.can,common-aims.unknown,staff-time.can,funding.not&sector=food"
)


def test_the_plan_says_what_only_the_board_can_decide_and_how_to_find_out_what_is_not_answered(open_plan: Any) -> None:
    page = open_plan(TALKS)
    rows = block(page, "conditions").locator("tbody tr")
    hours = rows.filter(has_text="Staff with hours").inner_text()
    assert "Get it. No lesson or tool can free hours in your organisation. Only you and your board can decide" in hours
    for title in ("Readiness to show how you work", "A clear role for research"):
        found = rows.filter(has_text=title).inner_text()
        assert "not answered" in found
        assert re.search(r"Find out: \w+", found)


def test_what_is_counted_as_more_says_of_what(open_plan: Any) -> None:
    page = open_plan(TALKS)
    for text in (page.locator(".hb-plan").inner_text(), page.locator(".hb-paper").text_content(), download(page, "Markdown")[1].decode("utf-8")):
        assert re.search(r"\(\d+ more reasons? on its page\)", text)
        assert re.search(r"\(\d+ more signs? on its page\)", text)
        assert not re.search(r"\d+ more on its page", text)


def test_the_document_has_all_steps_and_full_sources_where_there_is_room_and_the_page_tells_what_it_leaves_out(open_plan: Any) -> None:
    page = open_plan("#!pick=recommendation.run-a-living-lab,recommendation.ask-your-city,tool.challenge-identification&sector=food&date=2027-06-10")
    told = "To fit on two pages, the print and the Word document have smaller type; the Word document also has the timetable as text."
    page.get_by_text(told).wait_for()
    text = document_text(download(page, "Word document")[1])
    for step in ("List possible owners", "Keep the list alive", "Write the long list"):
        assert step in text
    assert "Northern Connections report: What have we learned" in text


def test_what_nothing_chosen_names_is_no_task_and_is_told_in_one_line_with_what_builds_it(open_plan: Any) -> None:
    page = open_plan("#!pick=recommendation.borrow-tools&sector=food&fit=challenge-owner.not,market-prospect.not,openness.have")
    table = block(page, "conditions").locator(".hb-plan-body table")
    assert not any("An owner with a real problem" in text for text in table.all_inner_texts())
    told = [line for line in lines(page, "conditions") if line.startswith("We also said that we lack:")]
    assert len(told) == 1
    assert "“An owner with a real problem and the means to act” (see “" in told[0]
    assert "Nothing chosen names them." in told[0]
    assert not any(line.startswith("Doubt:") for line in lines(page, "dissent"))
    assert "Build it first" not in page.locator(".hb-plan").inner_text()


def test_all_in_place_says_on_what_most_depends_and_not_what_decides(open_plan: Any) -> None:
    page = open_plan("#!pick=recommendation.borrow-tools&fit=staff-time.have,openness.have,trust.have")
    row = block(page, "propose").locator("tbody tr").inner_text()
    assert "Go ahead" in row
    assert "All that must be in place is there. Most depends on “" in row


def test_a_plan_that_the_fit_check_speaks_against_is_no_proposal(open_plan: Any) -> None:
    picks = NO_MONEY.split("&fit", maxsplit=1)[0]
    page = open_plan(f"{picks}&fit=staff-time.not,challenge-owner.not,city-link.not&date=2027-06-10")
    assert page.locator(".hb-plan-name").inner_text() == "Report to the board: not now"
    propose = lines(page, "propose")
    assert propose[0].startswith("We ask the board: Do not decide on any of this now.")
    assert [line.split(":")[0] for line in propose[1:]] == ["We do not propose this"] * 2
    for row in block(page, "propose").locator("tbody tr").all_inner_texts():
        assert "Do not transfer" in row
        assert "What decides: “Staff with hours to run it”" in row
    assert lines(page, "first")[0].startswith("Missing: Staff with hours to run it: Nothing within reach builds it.")
    assert block(page, "when").locator(".hb-plan-body table").count() == 0
    table = block(page, "conditions").inner_text()
    assert "Challenge identification" not in table  # it takes the hours that are not there
    assert "living lab event" not in table.lower()


def test_each_reported_or_inferred_claim_leads_to_its_source_in_the_list(open_plan: Any, address: str) -> None:
    page = open_plan(FULL)
    marks = page.locator(".hb-plan .hb-mark:is(.hb-basis-reported, .hb-basis-inferred)")
    assert marks.count() > 5
    targets = {mark.get_attribute("href") for mark in marks.all()}
    numbers = {f"#{number.get_attribute('id')}" for number in page.locator(".hb-plan-number").all()}
    assert targets == numbers
    for number in page.locator(".hb-plan-number").all():
        assert number.evaluate("number => number.nextElementSibling.href").startswith(address)


def test_a_sector_in_which_it_was_tried_shows_who_says_what_came_of_it(open_plan: Any) -> None:
    page = open_plan("#!pick=recommendation.run-a-living-lab&sector=health-economy")
    tried = "Tried: Online living lab Sustainable Hospitals, Online, 2020: worked (so say: those who ran it)."
    assert any(tried in line for line in lines(page, "why"))
    assert not any("Whether it works in Health economy" in line for line in lines(page, "unknown"))


@pytest.mark.parametrize(
    "picks",
    [
        "lesson.bet-on-people",
        "tool.living-lab",
        "lesson.let-cities-drive,lesson.bet-on-people",
        "recommendation.borrow-tools",
        "tool.green-visit,recommendation.step-abroad,lesson.fund-the-labour",
    ],
)
def test_every_mixture_has_something_in_every_section(picks: str, open_plan: Any) -> None:
    for more in ("", "&sector=creative-industries&date=2027-06-10"):
        page = open_plan(f"#!pick={picks}{more}")
        for name in SECTIONS:
            if name not in {"try", "signs"}:
                assert block(page, name).locator(".hb-plan-body").inner_text().strip(), (name, more)
        assert "undefined" not in page.locator(".hb-plan").inner_text()
        assert page.watched.errors == []


def test_every_record_of_the_handbook_can_be_planned(open_plan: Any, site: Path) -> None:
    page = open_plan(FULL)
    kinds = {"recommendation": "recommendations", "tool": "tools", "lesson": "lessons"}
    for kind, folder in kinds.items():
        for path in sorted((site / "data" / folder).glob("*.json")):
            page.evaluate("f => { location.hash = f }", f"#!pick={kind}.{path.stem}&sector=food")
            title = json.loads(path.read_text(encoding="utf-8"))["title"]
            page.wait_for_function("t => document.querySelector('[data-block=propose] li strong')?.textContent === t + ':'", arg=title)
            assert "undefined" not in page.locator(".hb-plan").inner_text(), path.stem
    assert page.watched.errors == []


def test_an_empty_shortlist_says_what_to_do(open_plan: Any, address: str) -> None:
    page = open_plan("")
    assert page.get_by_text("Your shortlist is empty").is_visible()
    for name, url in (("the recommendations", "transfer/"), ("the tools", "toolbox/"), ("your problem", "problems/"), ("Food", "sectors/food/")):
        assert page.locator(".hb-monday").get_by_role("link", name=name).evaluate("link => link.href") == address + url
    assert page.get_by_text("Two or three titles, each with one sentence.").is_visible()
    assert page.get_by_role("button", name="Print").is_hidden()


def test_more_than_three_things_are_said_to_be_too_many(open_plan: Any) -> None:
    page = open_plan(f"#!{CHOSEN},lesson.bet-on-people&sector=food")
    assert "You have chosen 4." in page.locator(".hb-plan-chosen .hb-notice").inner_text()
    page.get_by_role("button", name=re.compile("Take off my shortlist.*Bet on people")).click()
    page.locator(".hb-plan-chosen .hb-notice").wait_for(state="detached")
    assert len(lines(page, "propose")) == 3


def test_after_something_is_taken_off_the_focus_goes_on_from_there(open_plan: Any) -> None:
    page = open_plan(f"#!{CHOSEN}")
    focus = "document.activeElement.textContent || document.activeElement.id"
    buttons = page.locator(".hb-plan-chosen").get_by_role("button")
    for left, here in ((2, "Take off my shortlist: Challenge identification"), (1, "plan-title")):
        buttons.nth(1).press("Enter")
        expect(buttons).to_have_count(left)
        assert page.evaluate(focus) == here
    buttons.first.press("Enter")
    page.locator(".hb-plan-empty").wait_for()
    assert "Your shortlist is empty" in page.evaluate(focus)


def test_a_link_to_a_section_opens_at_that_section(open_plan: Any) -> None:
    page = open_plan(FULL.replace("#!", "#unknown!"))
    page.wait_for_function("(top => top >= 0 && top < 400)(document.getElementById('unknown').getBoundingClientRect().top)")


# -- editing --------------------------------------------------------------------------------


def test_what_the_reader_writes_is_told_apart_and_can_be_taken_back(open_plan: Any) -> None:
    page = open_plan(FULL)
    before = lines(page, "first")
    edit = block(page, "first").get_by_role("button", name="Edit “What do we do this month?”")
    edit.click()
    area = block(page, "first").get_by_role("textbox", name="Your text for “What do we do this month?”")
    area.press("Control+End")
    area.press_sequentially("\nCall the mayor on Monday.")
    block(page, "first").locator(".hb-plan-own").wait_for()
    assert lines(page, "first") == [*before, "Call the mayor on Monday. ours"]
    block(page, "first").get_by_role("button", name="Put back").click()
    block(page, "first").locator(".hb-plan-own").wait_for(state="detached")
    assert lines(page, "first") == before
    assert "note=" not in page.evaluate("location.hash")


def test_a_source_that_nothing_cites_any_more_leaves_the_list(open_plan: Any) -> None:
    page = open_plan(FULL)
    before = page.locator(".hb-plan-number").count()
    block(page, "why").get_by_role("button", name="Edit").click()
    area = block(page, "why").get_by_role("textbox")
    area.press("Control+A")
    area.press_sequentially("We trust it.")
    block(page, "why").locator(".hb-plan-own").wait_for()
    assert lines(page, "why") == ["We trust it. ours"]
    assert page.locator(".hb-plan-number").count() < before


def test_a_plan_is_made_by_keyboard_alone(open_plan: Any) -> None:
    page = open_plan(f"#!{CHOSEN}&sector=food")
    tab_to(page, "Title")
    page.keyboard.type("Typed")
    tab_to(page, "Day of the event")
    page.keyboard.type("06102027")
    tab_to(page, "Edit “What do we do this month?”")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+End")
    page.keyboard.type("\nBy keyboard.")
    tab_to(page, "Done “What do we do this month?”")
    page.keyboard.press("Enter")
    assert lines(page, "first")[-1] == "By keyboard. ours"
    assert page.locator(".hb-plan-name").inner_text() == "Typed"
    tab_to(page, "Weeks before: Talk to ten of them (Challenge identification)")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.wait_for_function("location.hash.includes('lead=challenge-identification.talk-to-ten-of-them.25')")
    assert "Thu 17 December 2026" in block(page, "when").inner_text()
    page.evaluate("scrollTo(0, 0)")
    tab_to(page, "Markdown (.md)", back=True)
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    assert got.value.suggested_filename == "typed.md"


def tab_to(page: Any, name: str, *, back: bool = False) -> None:
    """Press Tab until what has the focus is called ``name``, and see that the focus shows."""
    for _ in range(150):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        here, shown = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e)
            return [e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent, s.outlineStyle !== 'none'] }"""
        )
        if here == name:
            assert shown, f"the focus on {name!r} cannot be seen"
            return
    pytest.fail(f"{name!r} cannot be reached by keyboard")


def test_back_and_forward_undo_and_redo_the_day_of_the_event(open_plan: Any) -> None:
    page = open_plan(f"#!{CHOSEN}&sector=food")
    page.get_by_label("Day of the event").fill("2027-06-10")
    block(page, "when").get_by_text("Thu 10 December 2026").wait_for()
    page.get_by_label("Your sector").select_option("energy")
    page.wait_for_function("location.hash.includes('sector=energy')")
    page.go_back()
    page.wait_for_function("document.querySelector('#plan-sector').value === 'food'")
    page.go_back()
    block(page, "when").get_by_text("Enter the day of the event above").wait_for()
    assert page.get_by_label("Day of the event").input_value() == ""
    page.go_forward()
    block(page, "when").get_by_text("Thu 10 December 2026").wait_for()


def test_leaving_for_a_source_in_the_list_and_coming_back_keeps_what_was_written(open_plan: Any) -> None:
    page = open_plan(note(FULL, "title:Kept"))
    page.locator(".hb-plan .hb-mark.hb-basis-reported").first.click()
    page.wait_for_function("location.hash.startsWith('#source-1!')")
    assert page.locator(".hb-plan-name").inner_text() == "Kept"
    link = page.locator(".hb-plan-number + a").first
    there = link.evaluate("link => link.href.split('#')[0]")
    link.click()
    page.wait_for_url(f"{there}**")
    page.go_back()
    page.locator(".hb-plan-live").wait_for()
    assert page.locator(".hb-plan-name").inner_text() == "Kept"


# -- dates ----------------------------------------------------------------------------------


def test_dates_that_have_passed_are_told_with_the_first_day_that_would_do(open_plan: Any) -> None:
    page = open_plan(f"#!{CHOSEN}&sector=food&date=2027-03-10")
    when = block(page, "when").inner_text()
    assert "Wed 9 September 2026 This date has passed: move the event to Sun 23 May 2027 or later, or skip." in re.sub(r"\s+", " ", when)
    assert "hold the event on Sun 23 May 2027 or later" in when
    page.get_by_label("Day of the event").fill("2027-05-23")
    page.wait_for_function("!document.querySelector('.hb-plan-passed')")


def test_a_lead_time_can_be_changed_and_put_back_and_nonsense_is_refused(open_plan: Any) -> None:
    page = open_plan(FULL)
    weeks = page.get_by_label("Weeks before: List possible owners")
    for typed in ("-1", "105", "1.5"):
        weeks.press("Control+A")
        weeks.press_sequentially(typed)
        weeks.press("Tab")
        assert "lead=" not in page.evaluate("location.hash")
        assert weeks.input_value() == "26"
    weeks.press("Control+A")
    weeks.press_sequentially("20")
    weeks.press("Tab")
    page.wait_for_function("location.hash.includes('lead=challenge-identification.list-possible-owners.20')")
    row = block(page, "when").locator(".hb-plan-when tr").filter(has_text="List possible owners")
    row.get_by_text("ours").wait_for()
    assert "Thu 21 January 2027" in row.inner_text()
    page.get_by_role("button", name="Put back the lead times on record").click()
    page.wait_for_function("!location.hash.includes('lead=')")
    assert page.get_by_label("Weeks before: List possible owners").input_value() == "26"


def test_steps_without_a_lead_time_say_so(open_plan: Any) -> None:
    page = open_plan(FULL)
    row = block(page, "when").locator(".hb-plan-when tr").filter(has_text="Keep the list alive")
    assert "no time on record" in row.inner_text()
    assert "no date" in row.inner_text()


def test_the_day_is_that_of_one_tool_and_the_reader_chooses_which_and_each_form_follows(open_plan: Any) -> None:
    page = open_plan("#!pick=recommendation.ask-your-city,recommendation.borrow-tools,recommendation.run-a-living-lab&sector=food&date=2027-06-15")
    boxes = page.get_by_role("group", name="Which of these takes place on that day?")
    assert boxes.locator("input:checked").evaluate_all("all => all.map(each => each.value)") == ["living-lab"]
    when = block(page, "when")
    assert "The day is that of “Living lab”. Not counted back from it: “" in when.inner_text()
    assert "List possible owners" not in when.inner_text()
    boxes.get_by_label("Challenge identification").check()
    when.get_by_role("rowheader", name="List possible owners").wait_for()
    boxes.get_by_label("Living lab").uncheck()
    page.wait_for_function("location.hash.endsWith('event=challenge-identification')")
    boxes.get_by_label("Challenge identification").click()
    assert boxes.get_by_label("Challenge identification").is_checked(), "one of them has to stay"
    again = open_plan(page.evaluate("location.hash"))
    assert again.get_by_role("checkbox", name="Challenge identification").is_checked()
    dated = block(again, "when").locator(".hb-plan-when tbody tr").filter(has_not_text="no date").count()
    events = icalendar.Calendar.from_ical(download(again, "Calendar")[1]).walk("VEVENT")
    assert len(events) == 1 + dated > 10
    for text in (download(again, "Markdown")[1].decode("utf-8"), document_text(download(again, "Word document")[1])):
        assert "List possible owners" in text
        assert "Agree what you mean by a living lab" not in text
    page.go_back()
    expect(boxes.get_by_label("Living lab")).to_be_checked()


def test_only_what_is_proposed_is_scheduled_and_what_may_follow_is_told_as_that(open_plan: Any) -> None:
    page = open_plan(f"{TALKS}&date=2027-06-10")
    boxes = page.get_by_role("group", name="Which of these takes place on that day?")
    assert boxes.locator("input:checked").evaluate_all("all => all.map(each => each.value)") == ["challenge-identification"]
    told = "No tool is proposed here. If we go on to “Challenge identification”, the first tool behind “Ask your city or region to own a challenge”,"
    assert told in block(page, "when").inner_text()
    assert "Living lab" not in page.locator(".hb-plan-when").inner_text()
    paper = page.locator(".hb-paper-when").text_content()
    assert told in paper
    assert "living lab" not in paper.lower()
    assert told in download(page, "Markdown")[1].decode("utf-8")
    assert told in document_text(download(page, "Word document")[1])
    boxes.get_by_label("Living lab").check()
    block(page, "when").get_by_text("Steps of “Challenge identification” and “Living lab”.").wait_for()
    assert "If we go on" not in block(page, "when").inner_text()


def test_a_plan_whose_first_proposal_has_no_tool_leaves_the_choice_open(open_plan: Any, address: str) -> None:
    page = open_plan("")
    script = """({ onDay, noSteps }, material) => {
      const found = onDay([], material)
      return [found.held, found.open, noSteps(found)] }"""
    tool = {"id": "living-lab", "title": "Living lab", "steps": []}
    talk = {"record": "recommendation", "id": "talk", "title": "Talk"}
    link = {"record": "recommendation", "id": "link", "title": "Link three sides", "tools": ["living-lab"]}
    held, is_open, told = run(page, address, "schedule.js", script, {"tools": [tool], "proposed": [talk, link]})
    assert (held, is_open) == ([], True)
    assert "If we go on to “Living lab”, the page of that tool says what must be done by when." in told
    lab = {**link, "title": "Run a living lab"}
    assert run(page, address, "schedule.js", script, {"tools": [tool], "proposed": [talk, lab]})[0] == [tool]


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_after_a_lead_time_is_typed_the_next_control_has_the_focus(key: str, open_plan: Any) -> None:
    page = open_plan(f"{TALKS}&date=2027-06-10")
    fields = page.locator(".hb-plan-when input")
    last = fields.count() - 1
    here = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
    for at in (1, last if key == "Tab" else 0):
        fields.nth(at).focus()
        page.keyboard.press(key)
        following = page.evaluate(here)
        fields.nth(at).focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("30")
        page.keyboard.press(key)
        page.wait_for_function("document.querySelectorAll('.hb-plan-when .hb-plan-ours').length > 0")
        assert page.evaluate("document.activeElement.tagName") != "BODY"
        if at != last:  # behind the last there is a new button now
            assert page.evaluate(here) == following
        else:
            assert page.evaluate(here) == "Put back the lead times on record"
            page.keyboard.press("Enter")
            expect(fields.first).to_be_focused()
            page.wait_for_function("!location.hash.includes('lead=')")


def test_the_rows_stand_in_their_new_order_when_the_reader_has_left_them(open_plan: Any) -> None:
    page = open_plan(f"{TALKS}&date=2027-06-10")
    names = page.locator(".hb-plan-when tbody th")
    first, second = names.all_inner_texts()[:2]
    page.locator(".hb-plan-when input").nth(1).press("Control+A")
    page.keyboard.type("40")
    page.keyboard.press("Tab")
    page.wait_for_function("location.hash.includes('.40')")
    assert names.all_inner_texts()[:2] == [first, second]
    page.get_by_label("Title").focus()
    assert names.all_inner_texts()[:2] == [second, first]


def test_focus_is_kept_on_what_comes_before_a_field_that_was_changed(open_plan: Any) -> None:
    page = open_plan(TALKS)
    page.get_by_label("Title").press_sequentially("T")
    page.keyboard.press("Shift+Tab")
    page.wait_for_function("location.hash.includes('title')")
    assert page.evaluate("document.activeElement.textContent").startswith("Take off my shortlist")


def test_a_day_that_is_typed_is_one_step_back_and_no_other_day_gets_into_the_link(open_plan: Any) -> None:
    page = open_plan(TALKS)
    page.evaluate("window.seen = []; addEventListener('hb-state', () => seen.push(location.hash.match(/date=([^&]*)/)?.[1] ?? ''))")
    before = page.evaluate("history.length")
    for day in ("06102027", "12102028"):
        page.get_by_label("Day of the event").focus()
        page.keyboard.type(day)
        page.get_by_label("Title").focus()
    page.wait_for_function("location.hash.includes('date=2028-12-10')")
    assert page.evaluate("history.length") == before + 2
    seen = page.evaluate("seen")
    assert all(day[:4] in {"2027", "2028"} for day in seen), seen
    page.go_back()
    page.wait_for_function("location.hash.includes('date=2027-06-10')")
    page.go_back()
    page.wait_for_function("!location.hash.includes('date=')")
    assert page.locator(".hb-plan > [role=status] .hb-notice").count() == 0
    page.go_forward()
    page.wait_for_function("location.hash.includes('date=2027-06-10')")
    page.get_by_label("Day of the event").focus()
    page.keyboard.type("06100202")
    page.get_by_label("Title").focus()
    assert page.get_by_label("Day of the event").input_value() == "2027-06-10"


def test_what_was_written_goes_along_to_the_pages_around_the_plan_and_back_and_to_no_other(open_plan: Any) -> None:
    page = open_plan(note(f"{FULL}&lead=challenge-identification.write-the-long-list.15&event=challenge-identification", "org:Food people"))
    page.locator(".hb-bar").click()
    page.wait_for_url("**/compare/**")
    assert "Food%20people" in page.url
    page.get_by_role("link", name="Plan for the board").first.click()
    page.wait_for_url("**/plan/**")
    page.locator(".hb-plan-live").wait_for()
    assert page.get_by_label("Your organisation").input_value() == "Food people"
    assert page.get_by_label("Weeks before: Write the long list").input_value() == "15"
    page.locator(".hb-plan-chosen a").first.click()
    page.wait_for_url("**/transfer/**")
    assert "Food" not in page.url
    assert "pick=" in page.url


# -- taking it away -------------------------------------------------------------------------


def document_text(content: bytes) -> str:
    found = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in found.paragraphs), *cells])


def download(page: Any, name: str) -> tuple[str, bytes]:
    with page.expect_download() as got:
        page.get_by_role("button", name=name).click()
    return got.value.suggested_filename, Path(got.value.path()).read_bytes()


def test_the_calendar_is_read_by_another_library_and_its_lines_are_short_and_end_as_they_must(open_plan: Any) -> None:
    page = open_plan(note(FULL, f"title:{HOSTILE}", f"org:{HOSTILE}"))
    name, content = download(page, "Calendar")
    assert name.endswith(".ics")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    rows = content.split(b"\r\n")
    assert max(map(len, rows)) <= 75
    for row in rows:
        row.decode("utf-8")  # no letter is cut in two
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.errors == []
    events = calendar.walk("VEVENT")
    assert all(event.errors == [] for event in events)
    assert str(calendar["version"]) == "2.0"
    assert calendar["prodid"]
    days = {str(event["summary"]): event["dtstart"].dt.isoformat() for event in events}
    assert days["List possible owners (Challenge identification)"] == "2026-12-10"
    assert str(events[0]["summary"]) == f"Challenge identification: the day ({HOSTILE.replace(chr(7), '')[:120].strip()})"
    assert str(events[0]["description"]) == HOSTILE.replace("\x07", "")[:120].strip()
    for event in events:
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert (event["dtend"].dt - event["dtstart"].dt).days == 1
        assert event["dtstamp"].dt.tzinfo is not None
    assert not any("Keep the list alive" in summary for summary in days)


def test_a_date_keeps_its_uid_when_the_event_moves_and_no_uid_is_there_twice(open_plan: Any) -> None:
    uids = []
    for day in ("2027-06-10", "2027-09-01"):
        _, content = download(open_plan(f"#!{CHOSEN},tool.living-lab&sector=food&date={day}&event=challenge-identification,living-lab"), "Calendar")
        uids.append([str(event["uid"]) for event in icalendar.Calendar.from_ical(content).walk("VEVENT")])
    assert sorted(uids[0]) == sorted(uids[1])
    assert len(set(uids[0])) == len(uids[0]) > 20
    for another in (note(FULL, "title:Another plan"), note(FULL, "org:Others"), FULL.replace("recommendation.ask-your-city,", "")):
        _, other = download(open_plan(another), "Calendar")
        assert not {str(event["uid"]) for event in icalendar.Calendar.from_ical(other).walk("VEVENT")} & {*uids[0]}, another


def test_the_day_of_the_event_is_called_by_what_takes_place_in_the_calendar(open_plan: Any) -> None:
    events = icalendar.Calendar.from_ical(download(open_plan(FULL), "Calendar")[1]).walk("VEVENT")
    assert [str(event["summary"]) for event in events if event["uid"].split(".")[1].startswith("event@")] == ["Challenge identification: the day"]


def test_the_document_is_read_by_another_library_with_headings_lists_tables_and_what_was_typed(open_plan: Any) -> None:
    page = open_plan(note(FULL, f"title:{HOSTILE}", f"why:x\n{HOSTILE}"))
    name, content = download(page, "Word document")
    assert name.endswith(".docx")
    document = docx.Document(io.BytesIO(content))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert any("Nothing here is proven across sectors." in paragraph.text for paragraph in document.paragraphs)
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [heading.inner_text().strip() for heading in page.locator("[data-block] > h2").all()]
    typed = " ".join(HOSTILE.replace("\x07", "").split())
    assert document.paragraphs[0].text == HOSTILE.replace("\x07", "")[:120].strip()
    assert any(" ".join(paragraph.text.split()) == f"{typed} ours" for paragraph in document.paragraphs)
    lists = [paragraph for paragraph in document.paragraphs if paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None]
    assert len(lists) > 20
    _, conditions, steps = document.tables
    assert [cell.text for cell in conditions.rows[0].cells] == ["Condition", "How much depends on it", "Our answer", "What to do"]
    assert any(row.cells[0].text == "List possible owners" and row.cells[3].text == "Thu 10 December 2026" for row in steps.rows)


def test_the_markdown_says_what_the_page_says_and_nothing_typed_becomes_markup(open_plan: Any) -> None:
    page = open_plan(note(FULL, f"title:{HOSTILE}", f"why:x\n{HOSTILE}\n# no heading\n1. no list\n- neither\n> nor this"))
    name, content = download(page, "Markdown")
    assert name.endswith(".md")
    tree = parse(to_html(content.decode("utf-8")))
    assert [heading.text for heading in tree.find("h1")] == [" ".join(HOSTILE.replace("\x07", "")[:120].split())]
    assert len(tree.find("h2")) == len(SECTIONS)
    assert "Nothing here is proven across sectors." in tree.text
    assert not tree.find("img")
    assert not tree.find("script")
    assert not tree.find("blockquote")
    assert not any((link.attributes["href"] or "").startswith("javascript") for link in tree.find("a"))
    points = [" ".join(item.text.split()) for item in tree.find("li")]
    assert f"{' '.join(HOSTILE.replace(chr(7), '').split())} (ours)" in points
    for typed in ("# no heading", "1. no list", "- neither", "> nor this"):
        assert f"{typed} (ours)" in points
    assert [len(table.find("tr")) for table in tree.find("table")] == [
        block(page, name).locator(".hb-plan-body tr").count() for name in ("propose", "conditions", "when")
    ]


def test_an_and_sign_is_itself_in_the_markdown_and_what_looks_like_a_name_of_a_sign_stays_text(open_plan: Any) -> None:
    content = download(open_plan(note(TALKS, "org:Food & Drink, R&D &amp; &#x41; &lt;b&gt;")), "Markdown")[1].decode("utf-8")
    assert "Food & Drink, R&D " in content
    assert "Food & Drink, R&D &amp; &#x41; &lt;b&gt;" in parse(to_html(content)).text


def test_the_same_plan_gives_the_same_markdown(open_plan: Any) -> None:
    assert download(open_plan(FULL), "Markdown") == download(open_plan(FULL), "Markdown")


THREE = "#!pick=recommendation.ask-your-city,recommendation.run-a-living-lab"
LACKING = (
    "#!pick=recommendation.ask-your-city,recommendation.borrow-tools&sector=food&fit=staff-time.unknown,challenge-owner.not,market-prospect.not,"
    "fitting-members.not,public-backing.unknown,city-link.have,lead-time.unknown,openness.unknown,funding.have,trust.can,steady-people.unknown"
)
PRINTED = [
    FULL,
    NO_MONEY,
    f"{NO_MONEY.replace('living-lab&', 'living-lab,recommendation.fund-the-work&')}&date=2027-06-10",
    f"{THREE},recommendation.fund-the-work&sector=food",
    f"{THREE},recommendation.meet-clients-early&sector=food&date=2027-06-10",
    f"{THREE},recommendation.step-abroad&sector=health-economy&date=2027-06-10&fit=challenge-owner.not,funding.not,trust.not,city-link.unknown,staff-time.have",
    f"#!{CHOSEN}&sector=food&date=2027-03-10",
    "#!pick=recommendation.run-a-living-lab,tool.living-lab&sector=health-economy&date=2027-09-01",
    "#!pick=recommendation.fund-the-work,recommendation.step-abroad,lesson.bet-on-people&sector=logistics-mobility",
    f"#!pick=recommendation.meet-clients-early,tool.meet-the-buyer,tool.b2b-match&sector=creative-industries&date=2027-08-01&fit={ANSWERS}",
    LACKING,
]
PERSONA = (
    "#!pick=recommendation.ask-your-city,recommendation.borrow-tools,recommendation.run-a-living-lab&sector=food"
    "&fit=challenge-owner.can,market-prospect.unknown,fitting-members.have,public-backing.unknown,city-link.can,trust.have,openness.have,"
    "staff-time.have,lead-time.have,funding.not"
)


def some_plan(random: Random, site: Path) -> str:
    """A link with up to three things, any sector and answers, with or without a day and several tools on it."""

    def ids(folder: str, kind: str) -> list[str]:
        return [f"{kind}.{path.stem}" for path in sorted((site / "data" / folder).glob("*.json"))]

    advice, tools, lessons = ids("recommendations", "recommendation"), ids("tools", "tool"), ids("lessons", "lesson")
    picks = random.sample(random.choice([advice, advice, advice + tools, advice + tools + lessons]), random.choice([1, 2, 3, 3, 3]))
    weights = random.choice([(1, 1, 1, 1, 1), (0, 1, 0, 6, 0), (6, 1, 1, 2, 0), (0, 0, 0, 0, 1)])
    conditions = [condition["id"] for condition in json.loads((site / "data" / "conditions.json").read_text(encoding="utf-8"))]
    answers = [(c, random.choices(("not", "have", "can", "unknown", ""), weights)[0]) for c in conditions]
    sectors = [path.stem for path in sorted((site / "data" / "sectors").glob("*.json"))]
    state = {
        "pick": picks,
        "fit": [f"{condition}.{level}" for condition, level in answers if level],
        "sector": random.choice([[], *([sector] for sector in sectors)]),
        "date": random.choice([[], ["2027-06-15"], ["2027-02-10"]]),
        "event": random.choice([[], [pick[5:] for pick in picks if pick.startswith("tool.")]]),
    }
    return "#!" + "&".join(f"{key}={','.join(values)}" for key, values in state.items() if values)


def pages(page: Any) -> int:
    return len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def test_whatever_up_to_three_things_are_chosen_they_print_on_two_pages(open_page: Any, address: str, site: Path) -> None:
    page = open_page().page()
    random = Random(20261122)  # noqa: S311  (the same plans each time, nothing secret)
    for fragment in [PERSONA, f"{PERSONA}&date=2027-06-15", *(some_plan(random, site) for _ in range(12))]:
        page.goto("about:blank")
        page.goto(address + PLAN + fragment)
        page.locator(".hb-plan-live").wait_for()
        assert pages(page) <= 2, fragment


def test_what_paper_leaves_out_is_said_before_and_found_at_its_place_and_nothing_edited_is_left_out(open_plan: Any) -> None:
    tight = f"{PERSONA.replace('sector=food', 'sector=energy').replace('.have', '.unknown')}&date=2027-06-15"
    page = open_plan(tight)
    said = page.get_by_text("To fit on two pages, the print and the Word document have smaller type").inner_text()
    assert "This page and the Markdown file are not cut so" in said
    text = re.sub(r"\s+", " ", page.locator(".hb-paper").evaluate("sheet => sheet.textContent"))
    assert "more steps on the tool’s page and in the calendar file" in text
    assert "Review and keep asking" not in text
    assert "Review and keep asking" in block(page, "when").inner_text()
    own = [f"Own-line-{number}." for number in range(180)]
    page = open_plan(note(tight, "why:x\n" + "\n".join(own)))
    printed = pages(page)
    assert printed > 2
    notice = page.locator(".hb-plan .hb-notice").filter(has_text=f"On paper this takes {printed} pages.").inner_text()
    assert "What you wrote is kept whole" in notice
    text = page.locator(".hb-paper").evaluate("sheet => sheet.textContent")
    assert all(line in text for line in own)


def test_each_rung_of_the_ladder_leaves_out_something_and_keeps_the_core(open_plan: Any, address: str) -> None:
    page = open_plan(f"{PERSONA.replace('openness.have', 'openness.not').replace('fitting-members.have', 'fitting-members.not')}&date=2027-06-15")
    script = """async ([home, fragment]) => {
      const load = (file) => import(home + file)
      const files = ["plan/gather.js", "plan/plan.js", "plan/ladder.js", "lib/state.js"]
      const [{ gather }, { compose }, { cut, CUTS }, { parse }] = await Promise.all(files.map(load))
      const { values } = parse(fragment)
      const material = await gather({ values })
      const plan = await compose(material, values, "2026-11-22")
      return CUTS.map((_, rung) => cut(plan, rung + 1).parts.map(({ id, own }) => [id, own.map(({ text }) => text)]))
    }"""
    rungs = page.evaluate(script, [address + "assets/javascripts/", page.evaluate("location.hash")])
    whole, last = dict(rungs[0]), dict(rungs[-1])
    for core in ("propose", "first", "try"):
        assert last[core] == whole[core]
    sizes = [sum(len(text) for _, own in rung for text in own) for rung in rungs]
    assert all(after <= before + 200 for before, after in pairwise(sizes)), "only what says where the rest is found is added"
    assert sizes[-1] < 0.8 * sizes[0]
    assert all(last.values()), "no section is empty"


@pytest.mark.parametrize(("fragment", "width"), [*((fragment, 1280) for fragment in PRINTED), (PRINTED[0], 390)])
def test_two_or_three_things_print_on_two_pages(fragment: str, width: int, open_plan: Any) -> None:
    page = open_plan(fragment, viewport={"width": width, "height": 844})
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(pdf.pages) == 2
    assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:]] == [210, 297]
    text = re.sub(r"\s+", " ", normalize("NFKC", " ".join(sheet.extract_text() for sheet in pdf.pages)))
    for heading in page.locator("[data-block] > h2").all():
        assert heading.inner_text().strip() in text
    for screen_only in ("Made of your shortlist", "Edit", "Markdown", "Take off", "To fit on two pages"):
        assert screen_only not in text
    assert "Nothing here is proven across sectors." in text


def test_the_printed_timetable_goes_from_the_first_step_of_each_tool_to_what_follows_the_day(open_plan: Any) -> None:
    for date, when in (("", ["26 weeks before", "on the day"]), ("&date=2027-06-10", ["10 December 2026", "On the day, 10 June 2027"])):
        page = open_plan(f"{THREE}&event=challenge-identification,living-lab{date}")
        content = page.pdf(prefer_css_page_size=True)
        text = re.sub(r"\s+", " ", normalize("NFKC", " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages)))
        for tool, name in (("Challenge identification", "List possible owners"), ("Living lab", "Agree what you mean by a living lab")):
            assert f"{tool}. {when[0]}: {name}" in text
        assert f"{when[1]}: Brief everybody" in text
        assert "Review and keep asking." in text


def test_an_event_behind_two_things_is_told_as_one_with_those_who_say_so(open_plan: Any) -> None:
    page = open_plan(f"{THREE}&sector=food")
    first, second = (line for line in lines(page, "why") if line.startswith("On record:"))
    assert "once in Health economy (1 worked, according to those who ran it)" in first
    assert "once in Health economy (1 worked, according to those who ran it; the same event as above)" in second
    assert "1 worked, according to the challenge owner" in first


def test_sources_are_named_with_their_own_address_on_paper_and_in_each_form(open_plan: Any) -> None:
    page = open_plan(f"{THREE}&sector=food")
    own = "https://www.rm.dk/om-os/aktuelt/nyheder/"
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)
    broken = r"[\s/-]"  # an address may be broken at these
    assert re.sub(broken, "", own) in re.sub(broken, "", text)
    assert f"<{own}" in download(page, "Markdown")[1].decode("utf-8")
    document = docx.Document(io.BytesIO(download(page, "Word document")[1]))
    assert any(own in paragraph.text and "Central Denmark Region" in paragraph.text for paragraph in document.paragraphs)


def test_the_form_prints_without_script_with_room_to_write(address: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False).page()
    page.goto(address + PLAN)
    text = page.locator("article").inner_text()
    for words in ("Title:", "Day of the event:", "Two or three titles, each with one sentence.", "26 weeks before", "no lead time on record"):
        assert words in text
    for url in ("transfer/", "toolbox/", "problems/", "sectors/food/", "toolbox/living-lab/"):
        assert page.locator(f"article a[href='../{url}']").count() > 0
    assert page.locator(".hb-plan-lines").first.is_visible()
    assert page.get_by_role("button", name="Edit").count() == 0
    tools = page.locator("[data-block=when] table")
    assert tools.count() == page.locator("[data-block=when] .hb-table-title").count() == len(check(ROOT).base.records["tool"])


# -- for everybody --------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(1280, "default"), (1280, "slate"), (320, "default"), (320, "slate")])
@pytest.mark.parametrize("state", ["empty", "full", "editing", "late", "notices", "many"])
def test_axe_finds_nothing_in_any_state(state: str, width: int, scheme: str, open_plan: Any) -> None:
    fragment = {
        "empty": "",
        "late": f"#!{CHOSEN}&sector=food&date=2026-12-10",
        "notices": note(f"#!{CHOSEN}&date=x&lead=x", "nosuch:y", "title:T", "why:old\nMine"),
        "many": f"#!{CHOSEN},tool.living-lab,lesson.bet-on-people&sector=food",
    }.get(state, FULL)
    page = open_plan(fragment, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
    if state == "editing":
        while page.get_by_role("button", name="Edit “").count():  # a pressed one is called Done
            page.get_by_role("button", name="Edit “").first.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_plan_is_made_on_a_phone(open_plan: Any) -> None:
    page = open_plan(FULL, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    block(page, "first").get_by_role("button", name="Edit").tap()
    block(page, "first").get_by_role("textbox").press_sequentially("From the train.\n")
    block(page, "first").get_by_role("button", name="Done").tap()
    assert any("From the train." in line for line in lines(page, "first"))
    with page.expect_download() as got:
        page.get_by_role("button", name="Calendar").tap()
    assert got.value.suggested_filename == "proposal-to-the-board.ics"


def test_nothing_leaves_the_browser_and_nothing_is_stored(open_plan: Any, address: str, site: Path) -> None:
    page = open_plan(note(FULL, "title:Secret"))
    for name in ("Word document", "Markdown", "Calendar"):
        download(page, name)
    assert [url for url in page.watched.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert told(page.watched, address, site) == []
    assert page.evaluate(STORED) == [[], [], ""]
    assert page.watched.errors == []


def test_the_libraries_are_loaded_only_when_a_button_is_pressed(open_plan: Any) -> None:
    page = open_plan(FULL)
    assert not any("/vendor/docx.js" in url or "/vendor/ical.js" in url for url in page.watched.requests)
    download(page, "Word document")
    assert any("/vendor/docx.js" in url for url in page.watched.requests)
