"""The accessibility statement's data are those of the site as it is."""

from __future__ import annotations

from typing import Any

import yaml

from handbook.check import check
from tests.browser.axe import SCHEMES, VERSION, WIDTHS, criteria
from tests.browser.conftest import KINDS_OF_PAGE, ONE_OF_MANY
from tests.browser.evaluation import CRITERIA, PHONE, unchanging
from tests.browser.states import STATES
from tests.conftest import ROOT


def test_what_the_statement_says_was_looked_at_is_what_there_is_and_no_fault_is_known(address: str, open_page: Any) -> None:
    last = check(ROOT).base.records["evaluation"]["last-run"]
    page = open_page().page()
    page.goto(address)
    now = unchanging(criteria(page))
    assert {name: list(getattr(last, name)) for name in now} == now, "make accessibility looks again, and writes it down"
    assert last.found == ()


def test_the_number_of_looks_is_that_of_all_pages_and_states_in_all_combinations() -> None:
    last = check(ROOT).base.records["evaluation"]["last-run"]
    each = len(SCHEMES)
    states = sum(each for state in STATES.values() for width in WIDTHS if not state.phone or width <= PHONE)
    assert last.looks == last.pages * len(WIDTHS) * each + states


def test_the_pages_looked_at_are_those_of_the_site_but_for_lessons_and_the_like_that_came_since(every_page: list[str]) -> None:
    last = check(ROOT).base.records["evaluation"]["last-run"]
    looked_at = {address.removeprefix("/") for address in last.addresses}
    assert last.pages == len(looked_at) == len(last.addresses)
    assert sorted(looked_at - set(every_page)) == [], "make accessibility looks again, and writes it down"
    assert [page for page in every_page if page not in looked_at and not page.startswith(ONE_OF_MANY)] == []


def test_the_program_that_looked_is_the_one_that_looks_with_each_change() -> None:
    assert check(ROOT).base.records["evaluation"]["last-run"].axe == f"axe-core {VERSION}"


def test_every_page_of_the_site_is_of_a_kind_that_is_looked_at(every_page: list[str]) -> None:
    named = {address.partition("#")[0] for address in KINDS_OF_PAGE.values()}
    assert [path for path in every_page if path not in named and not path.startswith(ONE_OF_MANY)] == []
    assert all(any(address.startswith(folder) and address != folder for address in named) for folder in ONE_OF_MANY)


def test_there_are_fifty_five_criteria_and_a_promise_names_only_those() -> None:
    names = yaml.safe_load(CRITERIA.read_text(encoding="utf-8"))
    assert len(names) == 55
    assert {number for promise in check(ROOT).base.records["promise"].values() for number in promise.criteria} <= names.keys()
