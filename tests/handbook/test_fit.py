"""The rule of the fit check: what decides, what builds what is missing, and in which order."""

from __future__ import annotations

from functools import cache
from itertools import product
from random import Random

import pytest

from handbook import fit, fitdata
from handbook.check import check
from handbook.fit import Advice, Base, Builder, answer
from handbook.relate import relate
from tests.conftest import ROOT

HOURS, OWNER, LINK, BACKING, TRUST = "hours", "owner", "link", "backing", "trust"

# hours are given; owner is built by anybody; link needs the owner or hours; backing needs the link; trust and
# nothing else builds trust, which the check of the data would refuse.
SMALL = Base(
    {
        HOURS: (),
        OWNER: (Builder("lesson.ask"), Builder("tool.search", (HOURS,))),
        LINK: (Builder("tool.lab", (OWNER, HOURS)), Builder("lesson.call", (OWNER,), (TRUST,)), Builder("lesson.write", (OWNER,), (BACKING,))),
        BACKING: (Builder("lesson.explain", (LINK,)),),
        TRUST: (Builder("lesson.trust", (TRUST,)),),
    },
    {
        "run-a-lab": Advice(must=(OWNER, HOURS, BACKING), helps=(TRUST,), needs=("win",), not_in=frozenset({"food"})),
        "ask-your-city": Advice(must=(LINK, TRUST), needs=("win", "city")),
        "talk": Advice(helps=(HOURS,), needs=("city",)),
    },
)


@cache
def real() -> Base:
    return fitdata.base(relate(check(ROOT).base))


def everything(**other: str) -> dict[str, str]:
    return dict.fromkeys(SMALL.builders, "have") | other


def steps(found: fit.Answer) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(step.do, step.condition, step.with_) for step in found.steps]


def test_all_in_place_is_go_ahead_and_names_the_condition_that_would_hurt_most() -> None:
    found = answer(SMALL, everything(), "run-a-lab")
    assert (found.verdict, found.decides, found.steps) == ("go-ahead", (HOURS,), ())
    assert [(c.condition, c.level, c.verdict) for c in found.changes] == [(HOURS, "not", "do-not-transfer")]


def test_what_can_be_got_or_is_unknown_is_prepare_first_and_finding_out_comes_first() -> None:
    found = answer(SMALL, everything(owner="can", backing="unknown"), "run-a-lab")
    assert (found.verdict, found.decides) == ("prepare-first", (BACKING,))
    assert steps(found) == [("find-out", BACKING, ()), ("get", OWNER, ("lesson.ask", "tool.search"))]
    assert [(c.level, c.verdict, c.decides) for c in found.changes] == [
        ("have", "prepare-first", (OWNER,)),
        ("can", "prepare-first", (OWNER, BACKING)),
        ("not", "not-now", (BACKING,)),
    ]


def test_of_two_unknowns_the_one_decides_whose_loss_would_be_worse() -> None:
    assert answer(SMALL, everything(owner="unknown", hours="unknown"), "run-a-lab").decides == (HOURS, OWNER)


def test_a_condition_without_an_answer_is_unknown() -> None:
    assert answer(SMALL, {}, "run-a-lab") == answer(SMALL, dict.fromkeys(SMALL.builders, "unknown"), "run-a-lab")


def test_what_is_missing_and_can_be_built_is_not_now_and_is_built_in_order() -> None:
    found = answer(SMALL, everything(owner="not", link="not", backing="not"), "run-a-lab")
    assert (found.verdict, found.decides) == ("not-now", (BACKING, OWNER))
    assert steps(found) == [
        ("build", OWNER, ("lesson.ask", "tool.search")),
        ("build", LINK, ("lesson.call", "lesson.write", "tool.lab")),
        ("build", BACKING, ("lesson.explain",)),
    ]
    assert [(c.level, c.verdict, c.decides) for c in found.changes] == [("have", "not-now", (OWNER,)), ("can", "not-now", (OWNER,))]


def test_what_nothing_builds_is_do_not_transfer_with_what_else_helps() -> None:
    found = answer(SMALL, everything(hours="not"), "run-a-lab")
    assert (found.verdict, found.decides, found.roots, found.steps) == ("do-not-transfer", (HOURS,), (HOURS,), ())
    assert found.instead == ("ask-your-city",)


@pytest.mark.parametrize("level", ["can", "not"])
def test_of_builders_that_ask_for_the_same_the_one_comes_first_for_which_least_is_of_help(level: str) -> None:
    builders = (Builder("lesson.call", (OWNER,)), Builder("tool.lab", helps=(OWNER, TRUST)), Builder("tool.talk", helps=(HOURS,)))
    base = Base({HOURS: (), OWNER: (), TRUST: (), LINK: builders}, {"ask": Advice(must=(LINK,))})
    assert answer(base, {LINK: level}, "ask").steps[-1].with_[:2] == ("tool.talk", "tool.lab")
    there = {LINK: level, OWNER: "have", TRUST: "have"}
    assert answer(base, there, "ask").steps[-1].with_ == ("tool.lab", "tool.talk", "lesson.call")


def test_what_waits_for_itself_is_out_of_reach() -> None:
    found = answer(SMALL, everything(trust="not"), "ask-your-city")
    assert (found.verdict, found.decides, found.roots) == ("do-not-transfer", (TRUST,), ())


def test_what_stands_in_the_way_in_the_end_is_named_and_tried_out() -> None:
    base = Base({HOURS: (), OWNER: (Builder("tool.search", (HOURS,)),)}, {"run-a-lab": Advice(must=(OWNER,))})
    found = answer(base, {HOURS: "not", OWNER: "not"}, "run-a-lab")
    assert (found.decides, found.roots) == ((OWNER,), (HOURS,))
    assert [(c.condition, c.level, c.verdict) for c in found.changes] == [
        (OWNER, "have", "go-ahead"),
        (OWNER, "can", "prepare-first"),
        (HOURS, "have", "not-now"),
        (HOURS, "can", "not-now"),
    ]


def test_what_only_helps_never_decides_and_is_a_risk() -> None:
    found = answer(SMALL, everything(trust="not"), "run-a-lab")
    assert (found.verdict, found.risks, found.would_help) == ("go-ahead", (TRUST,), ())


def test_what_only_helps_and_can_be_got_or_is_unknown_is_no_risk_but_would_help() -> None:
    for level in ("can", "unknown"):
        found = answer(SMALL, everything(trust=level), "run-a-lab")
        assert (found.risks, found.would_help) == ((), (TRUST,))
    assert (answer(SMALL, everything(), "run-a-lab").would_help, answer(SMALL, {}, "run-a-lab", "food").would_help) == ((), (TRUST,))


def test_what_only_helps_does_not_stop_anything() -> None:
    assert answer(SMALL, dict.fromkeys(SMALL.builders, "not"), "talk").verdict == "go-ahead"


def test_a_recommendation_that_does_not_apply_in_the_sector_is_left_and_says_what_else_would_hold() -> None:
    found = answer(SMALL, everything(), "run-a-lab", "food")
    assert (found.verdict, found.ruled_out, found.decides) == ("do-not-transfer", True, ())
    assert [(c.condition, c.verdict) for c in found.changes] == [(None, "go-ahead")]
    assert answer(SMALL, everything(), "run-a-lab", "health").verdict == "go-ahead"


def test_an_unknown_recommendation_raises_an_error() -> None:
    with pytest.raises(KeyError):
        answer(SMALL, {}, "nosuch")


def cases() -> list[tuple[Base, dict[str, str], str]]:
    small = [dict(zip(SMALL.builders, levels, strict=True)) for levels in product(fit.LEVELS, repeat=len(SMALL.builders))]
    random = Random(7)  # noqa: S311  (the same cases each time, nothing secret)
    large = [{c: random.choice(fit.LEVELS) for c in real().builders} for _ in range(200)]
    return [(SMALL, a, r) for a in small for r in SMALL.advice] + [(real(), a, r) for a in large for r in real().advice]


def test_whatever_the_answers_no_step_comes_before_what_it_needs() -> None:
    for base, answers, recommendation in cases():
        done = {condition for condition, level in answers.items() if level == "have"}
        for step in answer(base, answers, recommendation).steps:
            for builder in base.builders[step.condition]:
                if builder.id in step.with_:
                    assert done.issuperset(builder.must)
            assert (step.do == "build") <= bool(step.with_)
            assert step.condition not in done
            done.add(step.condition)


def test_whatever_the_answers_the_verdict_says_what_its_words_say() -> None:
    for base, answers, recommendation in cases():
        found = answer(base, answers, recommendation)
        must = base.advice[recommendation].must
        levels = {answers[c] for c in must}
        assert (found.verdict == "go-ahead") == (levels <= {"have"})
        assert (found.verdict in {"go-ahead", "prepare-first"}) == ("not" not in levels)
        assert set(found.decides) <= set(must)
        assert bool(found.decides) == bool(must)
        if found.verdict == "not-now":
            assert {s.condition for s in found.steps} >= {c for c in must if answers[c] != "have"}


def test_whatever_the_answers_a_better_one_never_makes_the_verdict_worse() -> None:
    rank = fit.VERDICTS.index
    for base, answers, recommendation in cases()[::7]:
        before = rank(answer(base, answers, recommendation).verdict)
        for condition, level in answers.items():
            for better in fit.LEVELS[fit.LEVELS.index(level) :]:
                assert rank(answer(base, {**answers, condition: better}, recommendation).verdict) >= before


def test_the_words_for_answers_and_verdicts_are_in_the_vocabulary_in_their_order() -> None:
    vocabulary = check(ROOT).base.vocabulary
    assert tuple(vocabulary["fit"]) == fit.VERDICTS
    assert tuple(vocabulary["readiness"]) == fit.LEVELS


def test_every_recommendation_can_reach_each_of_the_verdicts_that_its_conditions_allow() -> None:
    base = real()
    for name, advice in base.advice.items():
        seen = {answer(base, dict.fromkeys(base.builders, "have") | {c: level}, name).verdict for c in advice.must for level in fit.LEVELS}
        assert seen >= {"go-ahead", "prepare-first"}
        assert seen & {"not-now", "do-not-transfer"}
