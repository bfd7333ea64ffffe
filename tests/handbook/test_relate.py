"""What is computed: links back, the state of a recommendation in a sector, how far a tool has travelled, who cites what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from handbook import finder
from handbook.check import check
from handbook.model import ALL_KINDS, KINDS, Citation, Claim, NotHere, Proposal
from handbook.relate import Evidence, Handbook, Head, Item, Musts, State, _together, relate
from tests.conftest import ROOT, copy_tiny

CALL, ROUND, HOME, AWAY = "call-your-members", "telephone-round", "energy", "food"
NAMED = Citation(source="study", passage="proposal")
GENERAL = Citation(source="study", passage="start")
REASON = "They have no telephone."


@pytest.fixture(scope="module")
def tiny_book(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    return relate(check(copy_tiny(tmp_path_factory.mktemp("relate") / "tiny")).base)


@cache
def real_book() -> Handbook:
    return relate(check(ROOT).base)


def changed(book: Handbook, kind: str, items: Iterable[Item]) -> Handbook:
    """``book`` with other records of a kind."""
    return replace(book, items={**book.items, kind: {item.id: item for item in items}})


def with_uses(book: Handbook, *uses: tuple[str, str], tool: str | None = ROUND) -> Handbook:
    """``book`` with these uses of the recommendation and the tool, each a sector and an outcome, and no others."""
    use = book.get("use", "calls-2019")
    made = [
        replace(use, id=f"use-{number}", record=use.record.model_copy(update={"sector": sector, "outcome": outcome, "tool": tool}))
        for number, (sector, outcome) in enumerate(uses)
    ]
    return changed(book, "use", made)


def with_claims(book: Handbook, *, named: bool = False, general: bool = False, ruled_out: bool = False, sector: str = AWAY) -> Handbook:
    """``book`` in which a source proposes the recommendation by name or in general, and the editors rule it out."""
    item = book.get("recommendation", CALL)
    proposed = [Proposal(sector=sector, sources=(NAMED,))] * named + [Proposal(sources=(GENERAL,))] * general
    does_not_apply = [NotHere(sector=sector, why=Claim(text=REASON, basis="suggested"))] * ruled_out
    record = item.record.model_copy(update={"proposed": tuple(proposed), "does_not_apply": tuple(does_not_apply)})
    return changed(book, "recommendation", [replace(item, record=record)])


# -- links back ----------------------------------------------------------------------------

BACK: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    ("lesson", "telephone-first"): {"recommendations": (CALL,), "sectors": (HOME, AWAY)},
    ("lesson", "write-it-down"): {"sectors": (HOME, AWAY)},
    ("lesson", "ask-again"): {"sectors": (HOME, AWAY), "contributors": ("first-cluster",)},
    ("tool", ROUND): {
        "lessons": ("ask-again", "telephone-first", "write-it-down"),
        "recommendations": (CALL,),
        "sectors": (HOME, AWAY),
        "uses": ("calls-2019",),
        "contributors": ("first-cluster",),
    },
    ("recommendation", CALL): {"uses": ("calls-2019",)},
    ("organisation", "first-cluster"): {"uses": ("calls-2019",)},
    ("sector", HOME): {"uses": ("calls-2019",)},
    ("term", "pitch"): {"lessons": ("ask-again", "telephone-first", "write-it-down"), "tools": (ROUND,), "sectors": (AWAY,)},
    ("condition", "telephone-list"): {
        "must_lessons": ("telephone-first",),
        "must_tools": (ROUND,),
        "must_recommendations": (CALL,),
        "built_by_lessons": ("write-it-down",),
    },
    ("condition", "spare-hours"): {"helps_tools": (ROUND,), "helps_recommendations": (CALL,)},
}


def test_every_link_of_the_tiny_handbook_leads_back(tiny_book: Handbook) -> None:
    found = {(kind, item.id): item.back for kind in KINDS for item in tiny_book.all(kind) if item.back}
    assert found == BACK


LINKS = {
    ("lesson", "tools"): ("tool", "lessons"),
    ("lesson", "terms"): ("term", "lessons"),
    ("lesson", "builds"): ("condition", "built_by_lessons"),
    ("tool", "terms"): ("term", "tools"),
    ("tool", "builds"): ("condition", "built_by_tools"),
    ("recommendation", "lessons"): ("lesson", "recommendations"),
    ("recommendation", "tools"): ("tool", "recommendations"),
    ("sector", "first_lessons"): ("lesson", "sectors"),
    ("sector", "first_tools"): ("tool", "sectors"),
    ("sector", "terms"): ("term", "sectors"),
    ("use", "tool"): ("tool", "uses"),
    ("use", "recommendations"): ("recommendation", "uses"),
    ("use", "organisations"): ("organisation", "uses"),
    ("use", "sector"): ("sector", "uses"),
}


def test_in_the_real_handbook_whatever_links_is_linked_back_once_and_nothing_else_is() -> None:
    book = real_book()
    wanted: Counter[tuple[str, str, str, str]] = Counter()
    for (kind, field), (target, back) in LINKS.items():
        for item in book.all(kind):
            value = getattr(item.record, field)
            for other in {value} if isinstance(value, str) else set(value or ()):
                wanted[target, other, back, item.id] += 1
    for kind in ("lesson", "tool", "recommendation"):
        for item in book.all(kind):
            for condition, strength in {(r.condition, r.strength) for r in item.record.requires}:
                wanted["condition", condition, f"{strength}_{kind}s", item.id] += 1
    for item in book.all("contributor"):
        given = {(kind, getattr(part, kind)) for part in item.record.contributions for kind in ("lesson", "tool", "use") if getattr(part, kind)}
        wanted.update((kind, record_id, "contributors", item.id) for kind, record_id in given)
    found = Counter((kind, item.id, back, other) for kind in KINDS for item in book.all(kind) for back, ids in item.back.items() for other in ids)
    assert found == wanted


def test_every_item_knows_its_kind_its_id_and_where_it_is_kept() -> None:
    for kind, items in real_book().items.items():
        for record_id, item in items.items():
            assert (item.kind, item.id, item.record.id) == (kind, record_id, record_id)
            lines = (ROOT / item.place.path).read_text(encoding="utf-8").splitlines()
            line = lines[item.place.line - 1]
            assert line.startswith(f"{record_id}:") if ALL_KINDS[kind].file else item.place.line == 1


@pytest.mark.parametrize(
    ("kind", "record_id", "title"),
    [
        ("lesson", "write-it-down", "Write it down"),
        ("term", "pitch", "Pitch"),
        ("organisation", "first-cluster", "First Cluster"),
        ("source", "page", "How we telephoned"),
        ("gap", "who-answered", "Who answered?"),
    ],
)
def test_an_item_is_called_what_readers_call_it(kind: str, record_id: str, title: str, tiny_book: Handbook) -> None:
    assert tiny_book.get(kind, record_id).title == title


# -- states ---------------------------------------------------------------------------------

USE = Evidence(uses=("use-0",))
STATES: dict[str, tuple[dict[str, Any], str, tuple[Evidence, ...]]] = {
    "not-considered": ({}, AWAY, ()),
    "does-not-apply": ({"claims": {"ruled_out": True}}, AWAY, (Evidence(text=REASON),)),
    "proposed-generally": ({"claims": {"general": True}}, AWAY, (Evidence(citation=GENERAL),)),
    "proposed": ({"claims": {"named": True}}, AWAY, (Evidence(citation=NAMED),)),
    "learned-here": ({"claims": {"general": True}}, HOME, ()),
    "declined": ({"uses": [(AWAY, "declined")]}, AWAY, (USE,)),
    "tried-unknown": ({"uses": [(AWAY, "unknown")]}, AWAY, (USE,)),
    "tried-failed": ({"uses": [(AWAY, "failed")]}, AWAY, (USE,)),
    "tried-mixed": ({"uses": [(AWAY, "mixed")]}, AWAY, (USE,)),
    "tried-worked": ({"uses": [(AWAY, "worked")]}, AWAY, (USE,)),
}


def prepared(book: Handbook, *, uses: Iterable[tuple[str, str]] = (), claims: dict[str, Any] | None = None) -> Handbook:
    return with_claims(with_uses(book, *uses), **(claims or {}))


@pytest.mark.parametrize("state", STATES)
def test_a_recommendation_is_in_the_state(state: str, tiny_book: Handbook) -> None:
    case, sector, evidence = STATES[state]
    assert prepared(tiny_book, **case).state(CALL, sector) == State(state, evidence)


def test_there_is_a_case_for_every_state_of_the_vocabulary_and_no_other(tiny_book: Handbook) -> None:
    assert list(STATES) == list(tiny_book.vocabulary["state"])


@pytest.mark.parametrize("outcome", ["declined", "unknown", "failed", "mixed", "worked"])
def test_what_was_done_in_a_sector_comes_before_all_that_is_said_about_it(outcome: str, tiny_book: Handbook) -> None:
    book = prepared(tiny_book, uses=[(AWAY, outcome)], claims={"named": True, "general": True, "ruled_out": True})
    state = book.state(CALL, AWAY)
    assert state.state in {"declined", f"tried-{outcome}"}
    assert state.evidence == (USE, Evidence(citation=NAMED))


def test_what_the_editors_rule_out_comes_before_what_a_source_proposes(tiny_book: Handbook) -> None:
    book = prepared(tiny_book, claims={"general": True, "named": True, "ruled_out": True})
    assert book.state(CALL, AWAY) == State("does-not-apply", (Evidence(text=REASON),))


def test_a_proposal_by_name_comes_before_one_in_general(tiny_book: Handbook) -> None:
    book = prepared(tiny_book, claims={"general": True, "named": True})
    assert book.state(CALL, AWAY) == State("proposed", (Evidence(citation=NAMED),))


def test_what_is_said_about_one_sector_says_nothing_about_another(tiny_book: Handbook) -> None:
    book = prepared(tiny_book, claims={"named": True, "ruled_out": True, "sector": HOME}, uses=[(HOME, "worked")])
    assert book.state(CALL, AWAY) == State("not-considered")


def test_the_home_sector_s_lessons_were_learned_there_unless_something_was_done(tiny_book: Handbook) -> None:
    assert prepared(tiny_book).state(CALL, HOME) == State("learned-here")
    assert prepared(tiny_book, uses=[(HOME, "failed")]).state(CALL, HOME) == State("tried-failed", (USE,))


def test_a_use_of_the_tool_alone_is_no_use_of_the_recommendation(tiny_book: Handbook) -> None:
    use = tiny_book.get("use", "calls-2019")
    record = use.record.model_copy(update={"recommendations": (), "sector": AWAY})
    book = changed(prepared(tiny_book), "use", [replace(use, record=record)])
    assert book.state(CALL, AWAY) == State("not-considered")


def test_uses_stand_everywhere_with_the_latest_first(tiny: Path) -> None:
    text = (tiny / "data/uses/calls-2019.yaml").read_text()
    for name, when in (("a-2018", "2018-12-31"), ("b-2020", "2020"), ("c-2019", "2019-03-07"), ("d-2019", "2019-03-07")):
        (tiny / f"data/uses/{name}.yaml").write_text(text.replace("when: 2019-03", f"when: {when}"))
    book = relate(check(tiny).base)
    latest_first = ("b-2020", "d-2019", "c-2019", "calls-2019", "a-2018")
    assert tuple(item.id for item in book.all("use")) == latest_first
    for kind, record_id in (("tool", ROUND), ("recommendation", CALL), ("organisation", "first-cluster"), ("sector", HOME)):
        assert book.get(kind, record_id).back["uses"] == latest_first
    assert book.state(CALL, HOME).evidence[0].uses == latest_first


def test_several_uses_are_all_named_in_their_order(tiny_book: Handbook) -> None:
    book = prepared(tiny_book, uses=[(AWAY, "worked"), (HOME, "failed"), (AWAY, "failed")])
    assert book.state(CALL, AWAY) == State("tried-mixed", (Evidence(uses=("use-0", "use-2")),))


def test_every_proposal_by_name_is_named_with_every_place(tiny_book: Handbook) -> None:
    item = tiny_book.get("recommendation", CALL)
    proposed = (Proposal(sector=AWAY, sources=(NAMED, GENERAL)), Proposal(sector=AWAY, sources=(GENERAL,)))
    book = changed(with_uses(tiny_book), "recommendation", [replace(item, record=item.record.model_copy(update={"proposed": proposed}))])
    assert [e.citation for e in book.state(CALL, AWAY).evidence] == [NAMED, GENERAL, GENERAL]


def test_every_state_rests_on_something_but_the_two_that_need_nothing() -> None:
    book = real_book()
    for recommendation in book.all("recommendation"):
        for sector in book.all("sector"):
            state = book.state(recommendation.id, sector.id)
            assert state.state in book.vocabulary["state"]
            assert bool(state.evidence) == (state.state not in {"not-considered", "learned-here"})


# Every combination of outcomes, by the one state that they make together.
TOGETHER = {
    "declined": ("declined",),
    "tried-unknown": ("unknown", "unknown declined"),
    "tried-worked": ("worked", "worked unknown", "worked declined", "worked unknown declined"),
    "tried-failed": ("failed", "failed unknown", "failed declined", "failed unknown declined"),
    "tried-mixed": (
        *("mixed", "mixed unknown", "mixed declined", "mixed unknown declined"),
        *("worked mixed", "worked mixed unknown", "worked mixed declined", "worked mixed unknown declined"),
        *("failed mixed", "failed mixed unknown", "failed mixed declined", "failed mixed unknown declined"),
        *("worked failed", "worked failed unknown", "worked failed declined", "worked failed unknown declined"),
        *("worked failed mixed", "worked failed mixed unknown", "worked failed mixed declined", "worked failed mixed unknown declined"),
    ),
}


@pytest.mark.parametrize(("state", "outcomes"), [(state, outcomes) for state, cases in TOGETHER.items() for outcomes in cases])
def test_outcomes_together_make_one_state(state: str, outcomes: str) -> None:
    assert _together(set(outcomes.split())) == state


def test_every_combination_of_outcomes_is_tried(tiny_book: Handbook) -> None:
    tags = list(tiny_book.vocabulary["outcome"])
    every = {frozenset(chosen) for size in range(1, len(tags) + 1) for chosen in combinations(tags, size)}
    assert {frozenset(case.split()) for cases in TOGETHER.values() for case in cases} == every


# -- levels ---------------------------------------------------------------------------------

LEVELS = {
    "not-on-record": ([], [(HOME, "declined")], [(AWAY, "declined"), (HOME, "declined")]),
    "reported-once": ([(HOME, "worked")], [(HOME, "unknown")], [(HOME, "failed"), (AWAY, "declined")]),
    "used-again": ([(HOME, "worked"), (HOME, "worked")], [(HOME, "failed"), (HOME, "unknown"), (AWAY, "declined")]),
    "used-in-another-sector": (
        [(AWAY, "worked")],
        [(AWAY, "failed"), (AWAY, "mixed")],
        [(HOME, "worked"), (AWAY, "unknown")],
        [(AWAY, "worked"), ("health", "declined")],
    ),
    "used-in-several": ([(AWAY, "worked"), ("health", "failed")], [(HOME, "worked"), (AWAY, "unknown"), ("health", "mixed")]),
}


@pytest.mark.parametrize(("level", "uses"), [(level, uses) for level, cases in LEVELS.items() for uses in cases])
def test_a_tool_has_travelled_as_far_as_its_uses(level: str, uses: list[tuple[str, str]], tiny_book: Handbook) -> None:
    assert with_uses(tiny_book, *uses).level(ROUND) == level


def test_there_is_a_case_for_every_level_of_the_vocabulary_and_no_other(tiny_book: Handbook) -> None:
    assert list(LEVELS) == list(tiny_book.vocabulary["level"])


def test_a_use_of_another_tool_or_of_none_is_no_use_of_this_one(tiny_book: Handbook) -> None:
    assert with_uses(tiny_book, (HOME, "worked"), tool="another").level(ROUND) == "not-on-record"
    assert with_uses(tiny_book, (HOME, "worked"), tool=None).level(ROUND) == "not-on-record"


# -- citations ------------------------------------------------------------------------------


def test_every_passage_knows_who_cites_it_each_once(tiny_book: Handbook) -> None:
    lessons = [("lesson", "ask-again"), ("lesson", "telephone-first"), ("lesson", "write-it-down")]
    assert tiny_book.passage_users == {
        ("page", None): (
            ("tool", ROUND),
            ("use", "calls-2019"),
            ("organisation", "first-cluster"),
            ("conflict", "how-many"),
            *lessons,
        ),
        ("study", "start"): (*lessons, ("condition", "spare-hours"), ("recommendation", CALL), ("conflict", "how-many")),
        ("study", "proposal"): (("recommendation", CALL),),
    }


def test_a_page_that_is_no_record_s_is_named_by_its_path(tiny: Path) -> None:
    page = tiny / "docs" / "about" / "evidence.md"
    page.write_text(page.read_text() + '\nAs it says. {{ cite("study", "thanks") }} {{ cite("study", "thanks") }}\n')
    checked = check(tiny)
    assert relate(checked.base).passage_users["study", "thanks"] == (("page", "docs/about/evidence.md"),)


def test_a_passage_knows_the_sectors_for_which_it_proposes_something_by_name(tiny_book: Handbook) -> None:
    assert tiny_book.passage_sectors == {("study", "proposal"): (AWAY,)}
    assert with_claims(tiny_book, general=True).passage_sectors == {}


def test_in_the_real_handbook_every_sector_named_in_a_proposal_is_listed_at_its_passage() -> None:
    named = {
        (citation.source, citation.passage, proposal.sector)
        for item in real_book().all("recommendation")
        for proposal in item.record.proposed
        for citation in proposal.sources
        if proposal.sector
    }
    assert named
    assert {(*place, sector) for place, sectors in real_book().passage_sectors.items() for sector in sectors} == named


def test_a_source_knows_who_cites_it_whatever_the_passage(tiny_book: Handbook) -> None:
    assert sorted(tiny_book.users_of("study")) == sorted({*tiny_book.passage_users["study", "start"], *tiny_book.passage_users["study", "proposal"]})
    assert tiny_book.users_of("nowhere") == ()


# -- what must be in place in a sector -------------------------------------------------------


def test_a_sector_must_have_what_is_needed_by_what_is_proposed_for_it_or_was_tried_there(tiny_book: Handbook) -> None:
    named = with_uses(with_claims(tiny_book, named=True, general=True))
    assert named.musts == {HOME: {}, AWAY: {"telephone-list": Musts(named=(CALL,))}}
    assert with_uses(with_claims(tiny_book, general=True)).musts[AWAY] == {"telephone-list": Musts(general=(CALL,))}
    assert with_uses(with_claims(tiny_book), (AWAY, "failed")).musts[AWAY] == {"telephone-list": Musts(named=(CALL,))}
    assert with_uses(with_claims(tiny_book)).musts[AWAY] == {}
    assert with_uses(with_claims(tiny_book, ruled_out=True)).musts[AWAY] == {}


def test_what_is_needed_by_something_named_stands_first_and_then_what_most_need() -> None:
    for conditions in real_book().musts.values():
        ranks = [(not musts.named, -len(musts.all)) for musts in conditions.values()]
        assert ranks == sorted(ranks)
    assert any(musts.named and musts.general for conditions in real_book().musts.values() for musts in conditions.values())


# -- marks that repeat the one before ---------------------------------------------------------

WORDS = {"suggested": "{{ suggested() }}", "cite": '{{ cite("study", "thanks") }}', "other": '{{ cite("study", "start") }}'}


@pytest.mark.parametrize(
    ("marks", "repeats"),
    [
        ("suggested suggested suggested", {1, 2}),
        ("cite cite", {1}),
        ("suggested cite suggested", set()),
        ("cite other", set()),
        ("suggested # suggested suggested", {2}),
        ("suggested #", set()),
    ],
)
def test_a_mark_repeats_the_one_right_before_it_under_the_same_heading(marks: str, repeats: set[int], tiny: Path) -> None:
    page = tiny / "docs" / "about" / "evidence.md"
    front, body = page.read_text().rsplit("---\n", 1)
    text = "\n\n".join("## More" if mark == "#" else f"Text. {WORDS[mark]}" for mark in marks.split())
    page.write_text(f"{front}---\n\n{text}\n{body}")
    checked = check(tiny)
    assert relate(checked.base).repeats.get("about/evidence.md", set()) == repeats


# -- where facts are kept ---------------------------------------------------------------------


def test_a_page_made_of_data_knows_the_file_that_holds_its_facts_and_the_line_of_its_record(tiny_book: Handbook) -> None:
    kept = tiny_book.kept
    assert kept["sectors/food.md"] == ("data/sectors.yaml", tiny_book.get("sector", "food").place.line)
    assert kept["transfer/call-your-members.md"] == ("data/recommendations.yaml", 1)
    assert kept["conditions/index.md"] == ("data/conditions.yaml", None)
    assert kept["about/source-map.md"] == kept["about/sources.md"] == ("data/sources.yaml", None)
    assert not {"index.md", "lessons/telephone-first.md", "toolbox/telephone-round.md", "clusters/living-labs.md"} & kept.keys()


# -- the rest -------------------------------------------------------------------------------


def test_lessons_stand_by_field_and_the_most_widely_reported_first(tiny_book: Handbook) -> None:
    item = tiny_book.get("lesson", "ask-again")
    told = [("b", "companies", "one"), ("a", "companies", "one"), ("c", "companies", "all"), ("d", "methods", "unknown"), ("e", "places", "all")]
    lessons = [replace(item, id=name, record=item.record.model_copy(update={"field": field, "breadth": breadth})) for name, field, breadth in told]
    assert [i.id for i in changed(tiny_book, "lesson", lessons).lessons] == ["d", "c", "a", "b", "e"]


def test_a_lesson_s_neighbours_are_those_of_its_field(tiny_book: Handbook) -> None:
    assert tiny_book.neighbours == {
        "ask-again": (None, "telephone-first"),
        "telephone-first": ("ask-again", "write-it-down"),
        "write-it-down": ("telephone-first", None),
    }
    item = tiny_book.get("lesson", "ask-again")
    lessons = [replace(item, id=field, record=item.record.model_copy(update={"field": field})) for field in ("methods", "companies")]
    assert changed(tiny_book, "lesson", lessons).neighbours == {"methods": (None, None), "companies": (None, None)}


def test_the_first_tag_of_a_group_ranks_lowest(tiny_book: Handbook) -> None:
    assert [tiny_book.rank("breadth", tag) for tag in ("unknown", "one", "all")] == [0, 1, len(tiny_book.vocabulary["breadth"]) - 1]


def test_the_home_sector_is_the_one_that_says_so(tiny_book: Handbook) -> None:
    assert tiny_book.home == HOME


def test_every_page_has_a_head_and_a_record_s_summary_is_its_page_s_description(tiny_book: Handbook) -> None:
    assert tiny_book.heads["lessons/ask-again.md"] == Head("Ask again", "Members forget what they said. Ask them again.")
    assert tiny_book.heads["sectors/food.md"] == Head("food", "The guide for food.")
    own = {str(path.relative_to(ROOT / "tests/tiny/docs")) for path in (ROOT / "tests/tiny/docs").rglob("*.md")}
    of_tags = {finder.page(facet, tag) for facet in finder.FIELDS for tag in tiny_book.vocabulary[facet]}
    assert tiny_book.heads.keys() == own | of_tags


@pytest.mark.parametrize("title", ["NO", "2019", "1.10", "2019-02-03", "true", "0x1F"])
def test_a_page_is_called_what_is_written_whatever_yaml_makes_of_it(title: str, tiny: Path) -> None:
    page = tiny / "docs" / "lessons" / "ask-again.md"
    page.write_text(page.read_text().replace("title: Ask again", f"title: {title}"))
    assert relate(check(tiny).base).heads["lessons/ask-again.md"].title == title


def test_an_unknown_record_raises_an_error(tiny_book: Handbook) -> None:
    with pytest.raises(KeyError):
        tiny_book.get("lesson", "nowhere")
