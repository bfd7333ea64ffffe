"""The header search answers readers' questions, and finds every lesson, tool, sector and term, also by synonym and in the other five languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handbook.check import check
from handbook.relate import Handbook, relate
from handbook.searchable import FIRST, FOLDER, KINDS, SECOND, documents
from handbook.wordindex import words
from tests.search.asking import AMONG, Question, leading, put, questions, ready, typed

AIM_ENGLISH, AIM_OTHERS = 0.95, 0.85


@pytest.fixture(scope="module")
def book(root: Path) -> Handbook:
    return relate(check(root).base)


@pytest.fixture
def box(address: str, open_page: Any) -> Any:
    """A page whose search is ready."""
    page = open_page().page()
    ready(page, address)
    return page


def missed(wanted: dict[str, str], page: Any, among: int | None = None) -> list[str]:
    """The searches that do not list their page (or, with a #, their section) among so many results, or among those that lead their kind."""
    lists = {}
    for asked in wanted:
        found = put(page, asked)
        lists[asked] = found[:among] if among else leading(page)
    return [
        f"{asked!r} does not find {target}: {lists[asked]}"
        for asked, target in wanted.items()
        if not any(target == (link if "#" in target else link.split("#")[0]) for link in lists[asked])
    ]


def unanswered(asked: list[Question], page: Any) -> list[str]:
    """The questions without an answer among the first results."""
    lists = [(question, put(page, question.ask)) for question in asked]
    return [f"{q.lang} {q.ask!r}: {found[:AMONG]}" for q, found in lists if not q.answered_by(found)]


def test_there_are_a_hundred_questions_and_a_third_was_held_out() -> None:
    assert len(questions()) >= 100
    assert sum(question.held_out for question in questions()) >= len(questions()) / 3
    assert {question.lang for question in questions()} == {"en", "de", "da", "nl", "nb", "sv"}


def test_each_answer_to_a_question_is_a_place_in_the_site(site: Path) -> None:
    for place in {place for question in questions() for place in question.answers}:
        page, _, anchor = place.partition("#")
        text = (site / page / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in text, place


def test_english_questions_are_answered_among_the_first_three(box: Any) -> None:
    asked = [question for question in questions() if question.lang == "en"]
    missing = unanswered(asked, box)
    assert len(missing) <= (1 - AIM_ENGLISH) * len(asked), missing


def test_questions_in_five_other_languages_are_answered_among_the_first_three(box: Any) -> None:
    asked = [question for question in questions() if question.lang != "en"]
    missing = unanswered(asked, box)
    assert len(missing) <= (1 - AIM_OTHERS) * len(asked), missing


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("livng", "toolbox/living-lab/"),
        ("livng lab", "toolbox/living-lab/"),
        ("mony", "problems/#find-time-and-money"),
        ("bugdet", "problems/#find-time-and-money"),
    ],
)
def test_a_word_with_one_slip_is_found_also_when_it_stands_alone(misspelt: str, meant: str, box: Any) -> None:
    assert meant in put(box, misspelt)[:AMONG]
    assert "No page has" not in box.locator(".hb-search").inner_text()


@pytest.mark.parametrize("compound", ["geen projectgeld", "kein Projektbudget", "ingen projektpenge", "ingen prosjektmidler", "inga projektpengar"])
def test_a_compound_is_found_by_what_it_ends_with(compound: str, box: Any) -> None:
    assert "problems/#find-time-and-money" in put(box, compound)[:AMONG]


def test_on_board_is_not_the_board(box: Any) -> None:
    assert put(box, "how do I get the mayor on board")[0] == "problems/#win-the-city"
    assert "plan/" in put(box, "how do I convince my board")[:AMONG]


def test_typing_key_by_key_comes_to_the_same(box: Any) -> None:
    for question in questions()[::25]:
        assert typed(box, question.ask) == put(box, question.ask)


def test_a_question_about_nothing_in_the_handbook_is_not_called_answered(box: Any) -> None:
    assert unanswered([Question("recipe for pancakes", "en", ("lessons/fund-the-labour/",))], box)


def test_every_lesson_is_found_by_its_title(book: Handbook, box: Any) -> None:
    wanted = {item.title: f"lessons/{item.id}/" for item in book.all("lesson")}
    assert missed(wanted, box, among=3) == []


def test_every_tool_is_found_by_its_names(book: Handbook, box: Any) -> None:
    names = {name: f"toolbox/{item.id}/" for item in book.all("tool") for name in (item.title, *item.record.aka)}
    assert missed(names, box) == []


def test_every_sector_is_found_by_its_name_in_six_languages(book: Handbook, box: Any) -> None:
    names = {getattr(item.record.names, lang): f"sectors/{item.id}/" for item in book.all("sector") for lang in ("en", "da", "de", "nb", "nl", "sv")}
    assert missed(names, box) == []


def test_every_term_is_found_by_its_synonyms_and_in_five_other_languages(book: Handbook, box: Any) -> None:
    names: dict[str, str] = {}
    for item in book.all("term"):
        others = [word for lang in ("da", "de", "nb", "nl", "sv") if (word := getattr(item.record.words, lang))]
        for name in (item.record.term, *item.record.synonyms, *others):
            names.setdefault(name, f"about/glossary/#{item.id}")
    assert missed(names, box) == []


def test_every_place_the_search_knows_is_in_the_site(site: Path) -> None:
    rows = json.loads((site / FOLDER / FIRST).read_text(encoding="utf-8"))["documents"]
    for _, url, *_ in rows:
        page, _, anchor = url.partition("#")
        text = (site / page / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in text, url


def test_both_files_are_of_one_build(site: Path) -> None:
    first, second = (json.loads((site / FOLDER / name).read_text(encoding="utf-8")) for name in (FIRST, SECOND))
    assert first["made"] == second["made"]


def test_the_page_splits_words_as_the_index_does(book: Handbook, box: Any) -> None:
    texts = [f"{d.title} {d.names} {d.question} {d.summary} {d.text}" for d in documents(book)]
    texts += [" ".join(question.ask for question in questions()), "Ærø Ångström naïve Straße İstanbul 12½ x_y don't PLANNING"]
    split = box.evaluate(
        "async texts => { const { words } = await import('/assets/javascripts/search/words.js'); return texts.map(words) }", texts
    )
    for text, found in zip(texts, split, strict=True):
        assert found == list(words(text))


# -- the box -----------------------------------------------------------------------------


def test_a_result_is_chosen_by_keyboard(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address)
    page.keyboard.press("Tab")
    page.locator("input.md-search__input").focus()
    page.keyboard.type("screen your members")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/screen-your-members/**")


def test_enter_in_the_box_opens_the_first_result(box: Any) -> None:
    first = typed(box, "pitch training")[0]
    box.keyboard.press("Enter")
    box.wait_for_url(f"**/{first}")


@pytest.mark.parametrize("keys", [["Enter"], ["ArrowDown", "Enter"]])
def test_a_key_pressed_before_the_results_are_there_waits_for_them(keys: list[str], address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address)
    first = typed(page, "pitch training")[0]
    held: list[Any] = []
    page.context.route("**/search/*.json", lambda route: held.append(route))  # noqa: PLW0108  (the route is asked for by position only)
    page.goto(address)
    page.locator("input.md-search__input").press_sequentially("pitch training")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url == address
    for route in held:
        route.continue_()
    page.context.unroute_all()
    page.wait_for_url(f"**/{first}")


def test_arrows_go_through_the_results_and_back_into_the_box(box: Any) -> None:
    typed(box, "living lab")
    in_box = "document.activeElement.matches('.md-search__input')"
    box.keyboard.press("ArrowDown")
    box.keyboard.press("ArrowDown")
    assert box.evaluate("document.activeElement === document.querySelectorAll('a.md-search-result__link')[1]")
    box.keyboard.press("ArrowUp")
    box.keyboard.press("ArrowUp")
    assert box.evaluate(in_box)
    box.keyboard.press("ArrowUp")
    assert box.evaluate("document.activeElement === [...document.querySelectorAll('.hb-results :is(a, button)')].at(-1)")


def test_a_box_that_was_closed_stays_closed_when_the_rest_of_the_index_comes(address: str, open_page: Any) -> None:
    page = open_page().page()
    held: list[Any] = []
    page.context.route("**/search/text.json", lambda route: held.append(route))  # noqa: PLW0108  (the route is asked for by position only)
    page.goto(address)
    typed(page, "trust")
    page.keyboard.press("Escape")
    while not held:  # the second index is asked for once the first can answer
        page.wait_for_timeout(20)
    held[0].continue_()
    page.locator(".hb-search[data-complete]").wait_for(state="attached")
    page.wait_for_timeout(200)
    assert not page.locator(".md-search__output").is_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_escape_closes_and_keeps_the_focus_in_sight(width: int, address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": width, "height": 800}).page()
    page.goto(address)
    if width < 960:
        page.get_by_role("button", name="Search", exact=True).click()
    typed(page, "trust")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.locator(".md-search__output").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.matches('.md-search__input, .hb-open-search')")
    assert page.evaluate("document.activeElement.checkVisibility({visibilityProperty: true})")


def test_no_single_letter_opens_the_search(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.goto(address)
    page.locator("h1").first.click()
    for key in "/fs":
        page.keyboard.press(key)
    assert page.evaluate("document.getElementById('__search').checked") is False


def test_the_number_of_results_is_announced(box: Any) -> None:
    typed(box, "triple helix")
    status = box.get_by_role("search").get_by_role("status")
    assert status.inner_text().split()[1].startswith("result")
    typed(box, "qqqqxx")
    assert status.inner_text() == "Nothing found"


def test_what_is_found_is_marked_and_said_to_be_a_lesson_or_a_tool(box: Any) -> None:
    typed(box, "companies pitch")
    marked = {text.lower() for text in box.locator(".md-search-result__item mark").all_inner_texts()}
    assert {"pitch", "companies"} <= marked
    kinds = set(box.locator(".hb-found-kind").all_inner_texts())
    assert kinds <= {name for name, _ in KINDS.values()}
    assert {"Lesson", "Tool"} <= kinds


@pytest.mark.parametrize(("typed_words", "unmarked"), [("innovation", "lab"), ("money", "hours"), ("kommunen svarer ikke", "city")])
def test_what_the_handbook_calls_it_is_not_marked_as_if_it_had_been_typed(typed_words: str, unmarked: str, box: Any) -> None:
    assert typed(box, typed_words)
    marked = {text.lower() for text in box.locator(".md-search-result__item mark").all_inner_texts()}
    assert unmarked not in marked


@pytest.mark.parametrize("width", [1280, 390])
def test_the_three_best_come_first_and_the_rest_by_kind_each_with_its_number(width: int, address: str, open_page: Any) -> None:
    page = open_page(viewport={"width": width, "height": 800}).page()
    page.goto(address)
    if width < 960:
        page.get_by_role("button", name="Search", exact=True).click()
    page.locator("input.md-search__input").focus()
    page.locator(".hb-search[data-complete]").wait_for(state="attached")
    typed(page, "companies")
    results = page.get_by_role("search")
    headings = results.get_by_role("heading").all_inner_texts()
    assert headings[0] == "Best matches"
    assert results.get_by_role("list").first.get_by_role("listitem").count() == AMONG
    counts = {text.rpartition(" (")[0]: int(text.rpartition("(")[2].rstrip(")")) for text in headings[1:]}
    assert counts.keys() <= {many for _, many in KINDS.values()}
    assert sum(counts.values()) + AMONG == int(results.get_by_role("status").inner_text().split()[0])
    assert results.get_by_role("list").count() == len(headings)


def test_the_rest_of_a_kind_is_shown_to_who_asks_by_keyboard_too(box: Any) -> None:
    typed(box, "companies")
    group = box.locator(".hb-found").nth(box.evaluate("[...document.querySelectorAll('.hb-found')].findIndex(one => one.querySelector('button'))"))
    total = int(group.get_by_role("heading").inner_text().rpartition("(")[2].rstrip(")"))
    shown = group.get_by_role("listitem").count()
    assert shown < total
    group.get_by_role("button").focus()
    box.keyboard.press("Enter")
    assert group.get_by_role("listitem").count() == min(total, 30)
    assert box.evaluate("document.activeElement.closest('li').previousElementSibling !== null")
    assert group.get_by_role("button").count() == 0


def test_the_focus_goes_through_results_and_buttons_as_they_stand(box: Any) -> None:
    typed(box, "companies")
    stops = box.locator(".hb-results :is(a, button)")
    tops = []
    for _ in range(stops.count()):
        box.keyboard.press("ArrowDown")
        tops.append(box.evaluate("document.activeElement.getBoundingClientRect().top + document.querySelector('.md-search__scrollwrap').scrollTop"))
    assert tops == sorted(tops)
    assert len(set(tops)) == stops.count()


def test_a_page_that_has_only_the_weakest_word_in_passing_is_not_counted(book: Handbook, box: Any) -> None:
    for question in ("how do we get small companies to come", "who pays for the work after the project"):
        typed(box, question)
        assert int(box.get_by_role("search").get_by_role("status").inner_text().split()[0]) < sum(1 for _ in documents(book)) / 5


def test_who_finds_nothing_is_told_which_word_to_drop_and_where_to_begin(box: Any) -> None:
    assert typed(box, "qqqqxx")[:1] == []
    help_ = box.locator(".hb-search-help")
    assert "“qqqqxx”" in help_.inner_text()
    assert typed(box, "trust qqqqxx")
    assert "“qqqqxx”" in help_.inner_text()
    typed(box, "qqqqxx")
    help_.get_by_role("link", name="start from your problem").click()
    box.wait_for_url("**/problems/")


def test_what_is_typed_is_never_read_as_markup(box: Any) -> None:
    typed(box, "<img src=x onerror=alert(1)> trust")
    assert box.locator(".hb-search img").count() == 0


def test_an_empty_box_shows_no_results(box: Any) -> None:
    typed(box, "trust")
    typed(box, "   ")
    box.wait_for_function("!document.querySelector('.md-search-result__item')")
    assert box.locator(".md-search-result__item").count() == 0
    typed(box, "trust")
    box.get_by_role("button", name="Clear").click()
    box.wait_for_function("!document.querySelector('.md-search-result__item')")
    assert box.evaluate("document.activeElement.matches('.md-search__input')")


def test_nothing_is_loaded_before_the_reader_turns_to_the_search(address: str, open_page: Any) -> None:
    watched = open_page()
    page = watched.page()
    page.goto(address, wait_until="networkidle")
    assert not any("/search/records.json" in url or "minisearch" in url for url in watched.requests)


def test_a_search_that_cannot_be_loaded_says_so_and_leads_on(address: str, open_page: Any) -> None:
    page = open_page().page()
    page.context.route("**/search/records.json", lambda route: route.abort())
    page.goto(address)
    page.locator("input.md-search__input").press_sequentially("trust")
    page.get_by_text("The search could not be loaded.").wait_for()
    assert page.locator(".hb-search-help a").count() == 2


def test_the_index_of_another_build_is_left_alone(address: str, open_page: Any) -> None:
    page = open_page().page()

    def stale(route: Any) -> None:
        route.fulfill(json={**route.fetch().json(), "made": "another"})

    page.context.route("**/search/text.json", stale)
    page.goto(address)
    page.locator("input.md-search__input").press_sequentially("trust")
    page.locator(".md-search-result__item").first.wait_for()
    page.wait_for_timeout(500)
    assert page.locator(".hb-search[data-complete]").count() == 0


def test_a_title_in_another_language_says_which(box: Any) -> None:
    put(box, "Virksomheder giver ideer til grønnere hospitaler")
    found = box.locator(".hb-found-title").filter(has_text="Virksomheder giver ideer")
    assert found.first.get_attribute("lang") == "da"
    put(box, "living lab")
    assert box.locator(".hb-found-title").first.get_attribute("lang") is None


def test_the_search_holds_if_the_host_sends_the_policy_with_its_worker_too(address: str, open_page: Any) -> None:
    """Pages have it from the start; of a worker the policy can only be in the answer that brings it."""
    page = open_page().page()

    def strict(route: Any) -> None:
        answer = route.fetch()
        policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:"
        route.fulfill(response=answer, headers={**answer.headers, "Content-Security-Policy": policy})

    page.context.route("**/worker.js", strict)
    page.goto(address + "toolbox/")
    page.locator("input.md-search__input").press_sequentially("trust")
    page.locator(".md-search-result__item").first.wait_for()


def test_there_is_no_search_box_without_javascript(address: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False).page()
    page.goto(address)
    assert not page.locator("input.md-search__input").is_visible()
