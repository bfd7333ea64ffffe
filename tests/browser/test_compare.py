"""Up to four records side by side, and the questions that they leave open."""

from __future__ import annotations

from typing import Any

import pypdf
import pytest
from playwright.sync_api import expect

from handbook.check import check
from tests.browser.test_accessible import SCHEMES, violations
from tests.browser.test_shortlist import FULL, opened, titles
from tests.conftest import ROOT

RECORDS = check(ROOT).base.records
PAIR = "#!pick=tool.living-lab,tool.meet-the-buyer"
MIXED = "#!pick=tool.living-lab,recommendation.run-a-living-lab,lesson.hold-the-lab-online"
STATES = {
    "empty": "",
    "one": "#!pick=tool.living-lab",
    "two tools": PAIR,
    "one of each kind": MIXED,
    "full": FULL,
    "only what differs": f"{PAIR}&hide=same",
    "outdated": "#!pick=tool.living-lab,tool.renamed-away",
    "hostile": "#!pick=%3Cimg src=x onerror=alert(1)%3E,tool.living-lab&side=%3Cb%3E&<script>=1",
}
ROWS = """() => Object.fromEntries([...document.querySelectorAll(".hb-compare tbody tr")].map(
  row => [row.cells[0].firstChild.textContent, [...row.cells].slice(1).map(cell => cell.innerText)]))"""
BUILT = """([title, label]) => [...document.querySelectorAll(".hb-compare-all tbody tr")].filter(row => row.cells[0].textContent === title)
  .flatMap(row => [...row.cells]).find(cell => cell.dataset.label === label).textContent.replace(/\\s/g, "")"""
MADE = """label => [...document.querySelectorAll(".hb-compare tbody tr")]
  .find(row => row.cells[0].firstChild.textContent === label).cells[1].textContent.replace(/\\s/g, "")"""
LABELS = ["Must be in place", "Smallest try", "Pilot", "Who has done it", "Numbers on record", "Leave it when", "What else it brings", "Sources"]


def compared(page: Any) -> dict[str, list[str]]:
    page.locator(".hb-compare").first.wait_for()
    found: dict[str, list[str]] = page.evaluate(ROWS)
    return found


def heads(page: Any) -> list[str]:
    """The titles of what stands side by side."""
    found: list[str] = page.evaluate("[...document.querySelector('.hb-compare').tHead.rows[0].cells].slice(1).map((head) => head.firstChild.data)")
    return found


def test_two_tools_stand_in_the_same_rows_and_what_differs_is_marked_in_words(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/" + PAIR)
    rows = compared(page)
    assert {len(cells) for cells in rows.values()} == {2}
    assert "unknown" in rows["Smallest try"][0]
    assert rows["Who has done it"][1] == "none on record"
    must = page.locator(".hb-compare tbody tr", has_text="Must be in place").first
    assert must.locator(".hb-verdict").inner_text() == "≠ differs"
    alone = must.locator("td").first.locator(".hb-alone")
    assert "An owner with a real problem and the means to act (not in all)" in [" ".join(text.split()) for text in alone.all_text_contents()]
    assert not any("Staff with hours" in text for text in must.locator(".hb-alone").all_inner_texts())


def test_each_claim_keeps_its_mark_and_its_source(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/" + PAIR)
    compared(page)
    for basis in ("reported", "inferred", "suggested"):
        mark = page.locator(f".hb-compare .hb-mark.hb-basis-{basis}").first
        assert mark.get_attribute("href").startswith(address + "about/")
    assert page.locator(".hb-compare li", has_text="unknown").locator(".hb-unknown").count() >= 6


def test_a_record_of_another_kind_says_what_it_does_not_have(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/" + MIXED)
    rows = compared(page)
    assert rows["Pilot"][1:] == ["not part of a recommendation", "not part of a lesson"]
    assert rows["How widely reported"] == ["not part of a tool", "not part of a recommendation", "One"]
    assert "Proposed by name" in rows["Where it stands"][1]


def test_rows_in_which_all_agree_are_hidden_by_keyboard_and_the_link_carries_it(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/#!pick=tool.b2b-match,tool.pitch-training,tool.meet-the-buyer")
    before = compared(page)
    same = page.locator(".hb-verdict-same").count()
    assert same > 0
    page.get_by_label("Hide what all have in common").focus()
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelectorAll('.hb-verdict-same').length === 0")
    assert len(compared(page)) == len(before) - same
    assert page.evaluate("document.activeElement.type") == "checkbox"
    opened(page, page.url)
    assert len(compared(page)) == len(before) - same


def test_whoever_takes_off_what_is_last_or_first_goes_on_at_the_one_beside_it_until_none_is_left(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/" + MIXED)
    compared(page)
    order = heads(page)
    page.get_by_role("button", name=f"Take off my shortlist: {order[2]}").press("Enter")
    expect(page.get_by_role("button", name=f"Take off my shortlist: {order[1]}")).to_be_focused()
    page.get_by_role("button", name=f"Take off my shortlist: {order[0]}").press("Enter")
    expect(page.get_by_role("button", name=f"Take off my shortlist: {order[1]}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your shortlist is empty. Open a")).to_be_focused()


def test_of_more_than_four_the_reader_chooses(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/" + FULL)
    compared(page)
    boxes = page.locator(".hb-shortlist input")
    assert [boxes.nth(at).is_checked() for at in range(6)] == [True] * 4 + [False] * 2
    boxes.nth(4).click()
    assert not boxes.nth(4).is_checked()
    assert page.locator("article [role=status]").first.inner_text() == "At most 4 stand side by side. Untick another one first."
    boxes.nth(0).uncheck()
    page.wait_for_function("document.querySelector('.hb-compare thead tr').cells.length === 4")
    boxes.nth(4).check()
    page.wait_for_function("document.querySelector('.hb-compare thead tr').cells.length === 5")
    order = heads(page)
    opened(page, page.url)
    compared(page)
    assert heads(page) == order


def test_the_built_tables_say_the_same_as_those_made_in_the_page(address: str, open_page: Any) -> None:
    page = open_page().page()
    opened(page, address + "compare/#!pick=tool.living-lab")
    compared(page)
    for label in LABELS:
        made = page.evaluate(MADE, label)
        assert made
        assert made == page.evaluate(BUILT, ["Living lab", label]), label


def test_without_script_all_tools_and_recommendations_and_all_questions_are_there(address: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False).page()
    page.goto(address + "compare/")
    for kind, count in (("tools-needs", len(RECORDS["tool"])), ("recommendations-known", len(RECORDS["recommendation"]))):
        assert page.locator(f"table[aria-labelledby={kind}] tbody tr").count() == count
    page.goto(address + "questions/")
    assert page.locator(".hb-all-questions .hb-questions li").count() > 100
    assert page.get_by_text("What did it cost, and who paid?").count() >= 9


@pytest.mark.parametrize("where", ["compare/", "questions/"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state_and_nobody_else_is_asked(state: str, where: str, address: str, open_page: Any) -> None:
    for width in (1280, 390):
        watched = open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        page = opened(watched.page(), address + where + STATES[state])
        for scheme in SCHEMES:
            page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
            assert violations(page) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [url for url in watched.requests if not url.startswith((address, "data:", "about:"))] == []
        assert watched.errors == []


@pytest.mark.parametrize("where", ["compare/", "questions/"])
@pytest.mark.parametrize(
    ("fragment", "note"),
    [
        ("#!pick=tool.living-lab,tool.renamed-away", "The handbook has no tool called “renamed-away”. It was left out."),
        ("#!pick=tool.living-lab,%3Cimg src=x onerror=alert(1)%3E", "Part of the shortlist in the link is damaged. It was left out."),
        ("#!pick=tool.living-lab&sector=%E0%A4%A", "What the link carries as “sector” is damaged. It was left out."),
        ("#!pick=tool.living-lab&<script>=1", "The link carries “%3Cscript%3E”, which this handbook does not know. It was left out."),
        (FULL + ",tool.living-lab", "A shortlist holds 20 entries at most. The rest was left out."),
        ("#!pick=tool.living-lab," + "x" * 6000, "The link is longer than a link of this handbook can be. What it carries was not read."),
    ],
)
def test_what_is_wrong_with_a_link_is_said_and_does_no_harm(where: str, fragment: str, note: str, address: str, open_page: Any) -> None:
    watched = open_page()
    page = opened(watched.page(), address + where + fragment)
    page.locator(".hb-notice").first.wait_for()
    assert note in " ".join(page.locator(".hb-notice").all_inner_texts())
    assert page.locator("article img, article script").count() == 0
    assert watched.errors == []


@pytest.mark.parametrize("end", range(8, 60, 4))
def test_a_link_cut_off_anywhere_still_shows_a_page(end: int, address: str, open_page: Any) -> None:
    watched = open_page()
    page = opened(watched.page(), address + "compare/" + MIXED[:end])
    page.locator(".hb-remember").wait_for()
    assert watched.errors == []


def test_a_choice_that_is_not_on_the_list_is_left_out_in_words(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/" + FULL + "&side=tool.living-lab,lesson.bet-on-people")
    assert page.locator(".hb-notice").inner_text() == "The link puts something side by side that is not on its shortlist. It was left out."
    order = heads(page)
    assert order == page.locator(".hb-shortlist label:has(:checked)").all_inner_texts()


def test_if_the_data_cannot_be_had_the_page_says_so_and_the_built_tables_stay(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.route("**/data/**", lambda route: route.abort())
    opened(page, address + "compare/" + PAIR)
    page.get_by_text("The handbook’s data could not be loaded.").wait_for()
    page.locator(".hb-all-side-by-side summary").first.click()
    assert page.locator(".hb-compare-all").first.is_visible()


# -- the question sheet ---------------------------------------------------------------------


THREE_PICKS = "#!pick=recommendation.ask-your-city,recommendation.borrow-tools,recommendation.run-a-living-lab"


def asked(page: Any, within: str = "[data-part=questions]") -> list[str]:
    page.locator("[data-part=questions] .hb-questions").first.wait_for()
    return [" ".join(text.split()) for text in page.locator(f"{within} .hb-questions > :is(ul, ol) > li > strong").all_text_contents()]


def test_the_sheet_asks_organisations_about_what_is_unknown_and_says_why(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "questions/#!pick=tool.living-lab")
    sheet = page.locator("[data-part=questions]").text_content()  # the lighter questions are folded
    assert "What did it cost, and who paid?" in sheet
    assert "You need a figure for your budget. There is none on record to borrow." in sheet
    assert "Can you tell us whether any region went on to work with a provider, or bought anything?" in sheet
    assert "What came of the hospital living lab after November 2020?" in sheet
    assert "https://www.innovatum.se" in sheet
    assert "Became part of VITO on 1 January 2018" in sheet
    assert page.locator(".hb-all-questions").is_hidden()


def test_the_built_questions_say_the_same_as_those_made_in_the_page(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "questions/#!pick=tool.b2b-match,tool.challenge-identification,tool.cluster-management-training")
    made = asked(page)
    assert len(made) > 5
    assert set(made) <= set(asked(page, ".hb-all-questions"))


def test_a_question_of_several_entries_is_asked_once_with_all_that_it_is_about(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "questions/" + THREE_PICKS)
    made = asked(page)
    assert len(made) == len(set(made)) < 45
    cost = page.locator(".hb-questions li", has_text="What did it cost, and who paid?")
    assert cost.locator(".hb-sheet-about a").count() == 8
    titles_of_uses = page.locator(".hb-sheet-uses > li > a:first-child").all_text_contents()
    assert len(titles_of_uses) == len(set(titles_of_uses)) == 8
    whom = page.locator(".hb-sheet-whom > li > strong").all_text_contents()
    assert len(whom) == len(set(whom)) > 8


def test_the_eight_weightiest_questions_come_first_and_the_rest_is_folded(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "questions/" + THREE_PICKS)
    made = asked(page)
    visible = [question for question in page.locator("[data-part=questions] .hb-questions > ol > li").all() if question.is_visible()]
    assert len(visible) == 8 < len(made)
    assert made[0] == "Did it do what it was meant to do, and who else would say so?"
    assert "What did it cost, and who paid?" in made[:8]
    page.locator(".hb-sheet-rest > summary").press("Enter")
    assert page.locator(".hb-sheet-rest .hb-questions li").first.is_visible()


def test_the_questions_about_three_things_print_on_two_pages_with_all_of_them(address: str, open_page: Any, tmp_path: Any) -> None:
    page = opened(open_page().page(), address + "questions/" + THREE_PICKS)
    made = asked(page)
    page.pdf(path=tmp_path / "sheet.pdf", format="A4")
    pages = [sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "sheet.pdf").pages]
    assert len(pages) == 2
    printed = " ".join(" ".join(pages).split())
    for question in (made[0], made[-1], "https://www.innovatum.se"):
        assert question in printed


def test_where_each_stands_begins_with_the_reader_s_sector(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/#!pick=recommendation.ask-your-city,recommendation.borrow-tools&sector=food")
    compared(page)
    cell = page.locator(".hb-compare tbody tr", has_text="Where it stands").locator("td").first
    assert cell.locator("li").first.inner_text().startswith("Food")
    assert not cell.locator("li", has_text="Energy").is_visible()
    cell.locator("summary").click()
    assert cell.locator("li").count() == len(RECORDS["sector"])
    assert cell.locator("li", has_text="Energy").is_visible()


def test_rows_that_agree_are_offered_to_be_hidden_only_where_there_are_any(address: str, open_page: Any) -> None:
    page = opened(open_page().page(), address + "compare/" + MIXED)
    compared(page)
    assert page.locator(".hb-verdict-same").count() == 0
    assert page.get_by_label("Hide what all have in common").count() == 0


@pytest.mark.parametrize("where", ["compare/", "questions/"])
def test_without_a_shortlist_everything_is_there_and_folded(where: str, address: str, open_page: Any) -> None:
    page = opened(open_page(viewport={"width": 390, "height": 800}).page(), address + where)
    assert page.evaluate("document.documentElement.scrollHeight") < 10 * 800
    inside = page.locator(".hb-compare-all, .hb-all-questions .hb-questions").first
    assert inside.is_hidden()
    page.locator("article details > summary").first.press("Enter")
    assert inside.is_visible()


def test_the_sheet_is_copied_as_plain_text_by_keyboard(address: str, open_page: Any) -> None:
    page = opened(open_page(permissions=["clipboard-read", "clipboard-write"]).page(), address + "questions/#!pick=tool.living-lab")
    page.get_by_role("button", name="Copy as text").focus()
    page.keyboard.press("Enter")
    page.get_by_text("The questions are copied as plain text.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"Questions to those who did it\n\nLiving lab (tool)\n{address}toolbox/living-lab/\n\nAsk these first:\n")
    assert "[ ] What did it cost, and who paid?" in text
    assert "undefined" not in text


def test_the_way_from_a_tool_to_the_printed_sheet_by_mouse(address: str, open_page: Any) -> None:
    page = opened(open_page(viewport={"width": 390, "height": 800}).page(), address + "toolbox/living-lab/")
    page.get_by_role("button", name="Add to my shortlist").click()
    page.locator(".hb-bar").click()
    page.wait_for_url("**/compare/**")
    page.get_by_role("link", name="Question sheet").click()
    page.wait_for_url("**/questions/#!pick=tool.living-lab")
    page.get_by_text("each once with all that it is about").wait_for()
    page.emulate_media(media="print")
    assert page.get_by_role("button", name="Print").is_hidden()
    assert page.get_by_text("What did it cost, and who paid?").first.is_visible()
    page.emulate_media(media="screen")
    page.go_back()
    page.wait_for_url("**/compare/**")
    page.locator(".hb-compare").first.wait_for()
    assert titles(page) == ["Living lab"]
