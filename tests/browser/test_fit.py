"""The fit check in a real browser: the same rule as in Python, by mouse, by keyboard, on a phone, without a script, and with any link."""

from __future__ import annotations

import dataclasses
import json
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from handbook import fit, fitdata
from handbook.check import check
from handbook.relate import relate
from tests.browser.test_accessible import violations
from tests.conftest import ROOT
from tests.handbook.test_fit import SMALL

RECOMMENDATIONS = len(check(ROOT).base.records["recommendation"])
LAB = "fit-check/#!for=run-a-living-lab"
TICKED = ".hb-fit input:checked"
STORED = "[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"
STATES = {
    "nothing answered": "fit-check/",
    "all": "fit-check/#!fit=staff-time.have,openness.have,challenge-owner.not,city-link.can&sector=food",
    "go ahead": LAB + "&fit=challenge-owner.have,fitting-members.have,staff-time.have,public-backing.have",
    "prepare first": LAB + "&fit=challenge-owner.can,staff-time.have&sector=health-economy",
    "not now": LAB + "&fit=challenge-owner.not,fitting-members.not,staff-time.have",
    "do not transfer": LAB + "&fit=staff-time.not",
    "damaged": "fit-check/#!for=nosuch&fit=staff-time.have,nosuch.can,chal&x=1",
}

RULE = """async (given) => {
  const [module, data, cases] = JSON.parse(given)
  const { answer, baseOf } = await import(module)
  const base = baseOf(data)
  return JSON.stringify(cases.map(([answers, recommendation, sector]) => answer(base, new Map(Object.entries(answers)), recommendation, sector)))
}"""


def in_python(base: fit.Base, answers: dict[str, str], recommendation: str, sector: str | None) -> Any:
    """The reference's answer as the page gives it."""
    found = dataclasses.asdict(fit.answer(base, answers, recommendation, sector))
    for step in found["steps"]:
        step["with"] = step.pop("with_")
    return json.loads(json.dumps(found))


def as_data(base: fit.Base) -> dict[str, Any]:
    """A base as ``data/fit.json`` has it."""
    return {
        "conditions": [{"id": c, "builders": [dataclasses.asdict(b) for b in builders]} for c, builders in base.builders.items()],
        "recommendations": [
            {"id": key, "must": a.must, "helps": a.helps, "needs": a.needs, "not_in": [{"sector": s} for s in a.not_in]}
            for key, a in base.advice.items()
        ],
    }


def compare(page: Any, address: str, base: fit.Base, data: Any, cases: list[tuple[dict[str, str], str, str | None]]) -> None:
    found = json.loads(page.evaluate(RULE, json.dumps([address + "assets/javascripts/fit/rule.js", data, cases])))
    for case, in_page in zip(cases, found, strict=True):
        assert in_page == in_python(base, *case), case


@pytest.fixture
def home(address: str, open_page: Any) -> Any:
    page = open_page().page()
    page.goto(address)
    return page


def test_page_and_reference_agree_on_every_combination_of_a_small_base(home: Any, address: str) -> None:
    levels = (None, *fit.LEVELS)
    cases = [
        ({c: level for c, level in zip(SMALL.builders, chosen, strict=True) if level}, recommendation, sector)
        for chosen in product(levels, repeat=len(SMALL.builders))
        for recommendation in SMALL.advice
        for sector in (None, "food")
    ]
    assert len(cases) == 5**5 * 3 * 2
    compare(home, address, SMALL, as_data(SMALL), cases)


def test_page_and_reference_agree_on_many_random_answers_about_the_real_base(home: Any, address: str, site: Path) -> None:
    book = relate(check(ROOT).base)
    base = fitdata.base(book)
    sectors = [None, *(sector.id for sector in book.all("sector"))]
    random = Random(20201130)  # noqa: S311  (the same cases each time, nothing secret)
    cases = []
    for number in range(8000):
        weights = [(1, 1, 1, 1, 1), (6, 1, 1, 1, 1), (1, 6, 1, 1, 0)][number % 3]  # some readers lack nearly everything
        chosen = {c: random.choices(("not", "have", "can", "unknown", ""), weights)[0] for c in base.builders}
        cases.append(({c: level for c, level in chosen.items() if level}, random.choice(list(base.advice)), random.choice(sectors)))
    data = json.loads((site / "data" / "fit.json").read_text(encoding="utf-8"))
    compare(home, address, base, data, cases)
    assert {in_python(base, *case)["verdict"] for case in cases} == set(fit.VERDICTS)


# -- flows ----------------------------------------------------------------------------------


@pytest.fixture
def lab(address: str, open_page: Any) -> Any:
    page = open_page().page()
    page.goto(address + LAB)
    page.locator("fieldset").first.wait_for()
    return page


def say(page: Any, question: str, level: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_label(level).check()


def answer_text(page: Any) -> str:
    text: str = page.locator(".hb-fit-answer").first.inner_text()
    return text


PROSPECT, TIME = "A business prospect that companies see soon", "Enough time to prepare and convince"
HOURS, OWNER, MEMBERS, BACKING = (
    "Staff with hours to run it",
    "An owner with a real problem and the means to act",
    "Members that fit the challenge",
    "Local political and administrative backing",
)


def test_by_mouse_each_answer_moves_the_verdict_and_names_what_decides(lab: Any) -> None:
    expect(lab.locator(".hb-fit-answer")).to_have_count(0)
    for question in (HOURS, OWNER, MEMBERS, BACKING, PROSPECT, TIME):
        say(lab, question, "I have it")
    assert "Go ahead" in answer_text(lab)
    assert "If you lost it: do not transfer" in answer_text(lab)
    say(lab, OWNER, "I can get it")
    assert f"Get first: {OWNER}" in answer_text(lab)
    say(lab, OWNER, "I do not have it")
    text = answer_text(lab)
    assert "Not now" in text
    assert f"What decides: {OWNER}" in text
    assert f"Build: {OWNER}. Use Find challenges together with your city (lesson)" in text
    say(lab, HOURS, "I do not have it")
    text = answer_text(lab)
    assert "Do not transfer" in text
    assert "No lesson or tool can free hours in your organisation" in text
    assert "This is a good answer" in text
    expect(lab.get_by_text("6 of 7 answered")).to_be_visible()


def test_what_only_helps_and_is_missing_is_a_risk_on_the_card_itself_with_what_the_record_says(address: str, open_page: Any) -> None:
    page = open_page().page()
    answers = ",".join(f"{c}.have" for c in ("challenge-owner", "fitting-members", "staff-time", "public-backing", "market-prospect", "lead-time"))
    page.goto(f"{address}fit-check/#!pick=recommendation.run-a-living-lab,recommendation.ask-your-city&fit={answers},funding.not")
    card = page.locator(".hb-fit-answer").filter(has_text="Run a living lab")
    risk = card.locator("> .hb-fit-risk")
    expect(risk).to_be_visible()
    assert risk.inner_text().startswith("Risk: you do not have “Money for the labour”.")
    assert "Without project money this is seen as rather difficult." in risk.inner_text()
    card.locator("summary").click()
    assert "Most depends on: " in card.inner_text()
    assert "What decides: " not in card.inner_text()
    page.get_by_role("group", name="Money for the labour", exact=True).get_by_label("I can get it").check()
    expect(page.locator(".hb-fit-risk")).to_have_count(0)
    assert "Money for the labour (you can get it)" in page.locator(".hb-fit-answer").filter(has_text="Run a living lab").inner_text()


def test_by_keyboard_alone_a_question_is_answered_and_the_answer_read(lab: Any) -> None:
    lab.locator("#fit-sector").focus()
    lab.keyboard.press("Tab")  # how to find out
    lab.keyboard.press("Enter")
    expect(lab.locator("#ask-staff-time").get_by_text("Look at the calendar of the person you have in mind")).to_be_visible()
    lab.keyboard.press("Tab")
    lab.keyboard.press("ArrowDown")  # from the first answer to the second
    assert "fit=staff-time.can" in lab.evaluate("location.hash")
    assert lab.evaluate("document.activeElement.value") == "can", "the focus stays where the reader is"
    for _ in range(60):
        lab.keyboard.press("Tab")
        if lab.evaluate("document.activeElement.textContent") == "See the answers":
            break
    lab.keyboard.press("Enter")
    assert lab.evaluate("document.activeElement.id") == "fit-answers"
    for _ in range(20):
        lab.keyboard.press("Tab")
        if lab.evaluate("document.activeElement.textContent").startswith("Add to my shortlist"):
            break
    lab.keyboard.press("Enter")
    assert "pick=recommendation.run-a-living-lab" in lab.evaluate("location.hash")
    assert lab.evaluate("document.activeElement.textContent").startswith("Take off my shortlist")


def test_what_has_the_focus_is_not_hidden_by_the_bar(lab: Any) -> None:
    lab.set_viewport_size({"width": 390, "height": 700})
    lab.locator("#fit-sector").focus()
    for _ in range(13):
        lab.keyboard.press("Tab")
        here = lab.evaluate(
            """() => { const e = document.activeElement, bar = document.querySelector('.hb-fit-bar')
            const here = e.getBoundingClientRect(), there = bar.getBoundingClientRect()
            return bar.contains(e) || here.bottom <= there.top + 1 || here.top >= there.bottom - 1 }"""
        )
        assert here


def test_on_a_phone_nothing_scrolls_sideways_in_any_state(address: str, open_page: Any) -> None:
    for width in (320, 390):
        page = open_page(viewport={"width": width, "height": 800}).page()
        for state in STATES.values():
            page.goto("about:blank")
            page.goto(address + state)
            page.locator("fieldset").first.wait_for()
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, state


def test_a_missing_condition_asks_for_what_has_to_be_known_before_it_is_built(lab: Any) -> None:
    lab.goto(lab.url.split("#")[0] + "#!for=plan-for-afterwards")
    expect(lab.get_by_text("0 of 5 answered")).to_be_visible()
    lab.goto(lab.url.split("#")[0] + "#!for=step-abroad&fit=lead-time.not")
    expect(lab.get_by_role("heading", name="What does that need in turn?")).to_be_visible()
    assert f"Find out: {HOURS}" in answer_text(lab)
    say(lab, HOURS, "I have it")
    expect(lab.get_by_text("2 of 7 answered")).to_be_visible()
    assert "Build: Enough time to prepare and convince" in answer_text(lab)


def test_all_recommendations_are_sorted_by_answer_and_one_can_be_looked_at_alone(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + STATES["all"])
    page.locator(".hb-fit-answer").first.wait_for()
    assert page.locator(".hb-fit-answer").count() == RECOMMENDATIONS
    order = page.locator(".hb-fit-answer").evaluate_all("all => all.map(each => each.dataset.verdict)")
    assert order == sorted(order, key=lambda verdict: -fit.VERDICTS.index(verdict))
    assert "Proposed for any sector" in answer_text(page)
    page.locator(".hb-fit-more summary").first.click()
    say(page, HOURS, "I can get it")
    assert page.locator(".hb-fit-more[open]").count() == 1, "what is open stays open"
    page.get_by_role("button", name="Check this one alone").first.click()
    expect(page.locator(".hb-fit-answer")).to_have_count(1)
    page.go_back()
    expect(page.locator(".hb-fit-answer")).to_have_count(RECOMMENDATIONS)
    page.go_forward()
    expect(page.locator(".hb-fit-answer")).to_have_count(1)


def test_back_brings_back_cleared_answers_and_the_other_sector(lab: Any) -> None:
    say(lab, HOURS, "I have it")
    lab.locator("#fit-sector").select_option("food")
    expect(lab.get_by_text("Proposed by name")).to_be_visible()
    lab.get_by_role("button", name="Clear all answers").click()
    expect(lab.locator(TICKED)).to_have_count(0)
    lab.go_back()
    expect(lab.locator(TICKED)).to_have_count(1)
    assert lab.locator("#fit-sector").input_value() == "food"
    lab.go_back()
    assert lab.locator("#fit-sector").input_value() == ""
    expect(lab.locator(TICKED)).to_have_count(1)


def test_a_link_with_a_full_state_opens_as_it_was_left(lab: Any, open_page: Any) -> None:
    for question, level in ((HOURS, "I have it"), (OWNER, "I do not have it"), (MEMBERS, "I can get it"), (BACKING, "I do not know")):
        say(lab, question, level)
    lab.locator("#fit-sector").select_option("health-economy")
    fresh = open_page().page()
    fresh.goto(lab.url)
    fresh.locator(".hb-fit-answer").wait_for()
    assert answer_text(fresh) == answer_text(lab)
    assert fresh.locator(TICKED).count() == 4


def test_a_reader_who_left_and_comes_back_finds_the_answers(lab: Any) -> None:
    say(lab, HOURS, "I have it")
    lab.locator(".hb-fit-answer h3 a").click()
    lab.wait_for_url("**/transfer/run-a-living-lab/#!fit=staff-time.have")
    lab.go_back()
    expect(lab.locator(TICKED)).to_have_count(1)


def test_each_recommendation_s_page_leads_to_its_own_check(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address + "transfer/ask-your-city/#!fit=staff-time.have")
    page.get_by_role("link", name="Check whether it fits you").click()
    page.locator("fieldset").first.wait_for()
    assert page.locator("#fit-for").input_value() == "ask-your-city"
    expect(page.locator(TICKED)).to_have_count(1)


# -- links that carry anything ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("fragment", "notes", "answered"),
    [
        ("!fit=staff-time.have,staff-ti", ["One answer in the link is damaged or cut off. What could be read was kept."], 1),
        ("!fit=staff-time.sure,Staff.have,.", ["3 answers in the link are damaged or cut off. What could be read was kept."], 0),
        ("!fit=gone.have", ["The link answers a question that this handbook does not have: “gone”. The answer was left out."], 0),
        ("!fit=staff-time.have,staff-time.not", ["The link answers one question twice, “staff-time”. The first answer was taken."], 1),
        ("!fit=constructor.have,__proto__.not", ["question that this handbook does not have: “constructor”", "damaged"], 0),
        ("!for=gone", ["The link names a recommendation that this handbook does not have: “gone”. All are shown."], 0),
        ("!for=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", ["“<img src=x onerror=alert(1)>”. All are shown."], 0),
        ("!sector=constructor", ["The link names a sector that this handbook does not have: “constructor”. No sector is chosen."], 0),
        ("!sector=food,energy&fit=openness.can", ["The link names more than one sector. The first was taken."], 1),
        ("!pick=recom", ["Part of the shortlist in the link is damaged. It was left out."], 0),
        ("!pick=recommendation.ask-your-c", ["The handbook has no recommendation called “ask-your-c”. It was left out."], 0),
        ("!fit=%E0%A4%A", ["What the link carries as “fit” is damaged. It was left out."], 0),
        ("!fit=" + "a.have," * 1000, ["The link is longer than a link of this handbook can be. What it carries was not read."], 0),
        ("for-gone", ["“gone”. All are shown."], 0),
    ],
)
def test_what_a_hostile_or_old_link_carries_in_vain_is_said_and_breaks_nothing(
    fragment: str, notes: list[str], answered: int, address: str, open_page: Any
) -> None:
    watched = open_page()
    page = watched.page()
    page.on("dialog", lambda _: pytest.fail("a link has run a script"))
    page.goto(f"{address}fit-check/#{fragment}")
    page.locator("fieldset").first.wait_for()
    shown = page.locator(".hb-notice").all_inner_texts()
    assert shown
    for note in notes:
        assert any(note in text for text in shown), shown
    assert page.locator(".hb-fit img").count() == 0
    assert page.locator(TICKED).count() == answered
    say(page, HOURS, "I can get it")
    expect(page.locator(".hb-fit-answer")).to_have_count(RECOMMENDATIONS)
    assert page.evaluate("location.hash").count("fit=") == 1
    assert watched.errors == []


def test_old_ids_are_followed_to_the_present_ones(home: Any, address: str) -> None:
    script = """async ([module, values]) => { const { choices } = await import(module)
      const data = { conditions: [{ id: "now", aliases: ["before"] }], recommendations: [{ id: "new", aliases: ["old"] }], sectors: [] }
      const { answers, chosen, notes } = choices({ values: new Map(Object.entries(values)), anchor: "" }, data)
      return [[...answers], chosen, notes] }"""
    found = home.evaluate(script, [address + "assets/javascripts/fit/link.js", {"fit": ["before.can"], "for": ["old"]}])
    assert found == [[["now", "can"]], "new", []]


# -- access, privacy, without a script --------------------------------------------------------


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_in_any_state(name: str, address: str, open_page: Any) -> None:
    found = []
    for width in (1280, 390):
        page = open_page(viewport={"width": width, "height": 900}, reduced_motion="reduce").page()
        page.goto(address + STATES[name])
        page.locator("fieldset").first.wait_for()
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        for scheme in ("default", "slate"):
            page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
            found += [f"{width} {scheme} {violation}" for violation in violations(page)]
    assert found == []


def test_the_whole_check_asks_nobody_else_and_stores_nothing(address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address + LAB)
    say(page, HOURS, "I have it")
    say(page, OWNER, "I do not have it")
    page.get_by_role("button", name="Add to my shortlist").first.click()
    page.wait_for_load_state("networkidle")
    assert [url for url in watched.requests if not url.startswith((address, "data:"))] == []
    assert not any("staff-time" in url for url in watched.requests)
    assert page.evaluate(STORED) == [[], [], ""]
    assert watched.context.cookies() == []
    assert watched.errors == []


def test_without_javascript_there_are_all_questions_and_a_checklist_for_each_recommendation(address: str, open_page: Any) -> None:
    book = relate(check(ROOT).base)
    page = open_page(java_script_enabled=False).page()
    page.goto(address + "fit-check/#for-run-a-living-lab")
    text = " ".join(page.locator("article").inner_text().split())
    for condition in book.all("condition"):
        for shown in (condition.record.question, condition.record.find_out, *condition.record.levels.model_dump().values()):
            assert " ".join(shown.split()) in text
    for recommendation in book.all("recommendation"):
        assert page.locator(f"#for-{recommendation.id}").inner_text().startswith(recommendation.title)
    assert "being loaded" not in text
    assert page.evaluate("document.getElementById('for-run-a-living-lab').getBoundingClientRect().top") < 200


@pytest.mark.parametrize("missing", ["**/fit.json", "**/fit/rule.js"])
def test_if_part_of_it_cannot_be_loaded_the_plain_page_stays(missing: str, address: str, open_page: Any) -> None:
    page = open_page().page()
    page.route(missing, lambda route: route.abort())
    page.goto(address + "fit-check/")
    page.locator(".hb-part-missing").wait_for(state="attached")
    expect(page.get_by_role("heading", name="How do I get from the boxes to an answer?")).to_be_visible()
    with pytest.raises(Error):
        page.get_by_text("The questions are being loaded.").wait_for(timeout=300)


def test_print_shows_the_answers_and_not_the_questions(lab: Any) -> None:
    say(lab, HOURS, "I have it")
    lab.emulate_media(media="print")
    expect(lab.locator(".hb-fit-answer")).to_be_visible()
    expect(lab.locator("fieldset").first).to_be_hidden()
    expect(lab.locator(".hb-fit-bar")).to_be_hidden()
