"""Does a recommendation fit a reader who has answered the conditions' questions? The rule, and nothing but the rule.

This is the reference. ``docs/assets/javascripts/fit/rule.js`` does the same in
the page, and a test compares the two. ``docs/fit-check/rule.md`` says it in
words. Nothing here knows a condition or a recommendation: all of that comes in
as a :class:`Base`. There are no points and no percentages, only the condition
that decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

Answers = Mapping[str, str]
"""What the reader has answered, by condition. A condition that is not there is unknown."""

HAVE, CAN, UNKNOWN, NOT = "have", "can", "unknown", "not"
LEVELS = (NOT, UNKNOWN, CAN, HAVE)
GO, PREPARE, LATER, LEAVE = "go-ahead", "prepare-first", "not-now", "do-not-transfer"
VERDICTS = (LEAVE, LATER, PREPARE, GO)

# How a must stands, from good to bad. The worst must decides.
_BUILT, _OUT_OF_REACH = 3, 4
_STANDING = {HAVE: 0, CAN: 1, UNKNOWN: 2}
_VERDICT = (GO, PREPARE, PREPARE, LATER, LEAVE)

# Which other answers about the deciding condition are tried out.
_OTHERWISE = {HAVE: (NOT,), CAN: (HAVE, NOT), UNKNOWN: (HAVE, CAN, NOT), NOT: (HAVE, CAN)}

MOST_INSTEAD = 3


@dataclass(frozen=True)
class Builder:
    """A lesson or a tool that builds a condition, as ``lesson.id``, what must be in place before it can begin, and what helps."""

    id: str
    must: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """What the rule needs to know about a recommendation."""

    must: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    not_in: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Base:
    """Everything that the rule works on: what builds each condition, and all recommendations, in the handbook's order."""

    builders: Mapping[str, tuple[Builder, ...]]
    advice: Mapping[str, Advice]


@dataclass(frozen=True)
class Reach:
    """When a condition can be in place, and what can build it by then. Turn 0 needs no building."""

    turn: int
    builders: tuple[Builder, ...] = ()


@dataclass(frozen=True)
class Step:
    """Something to do first: find out, get or build a condition, and with what; any one of the builders will do."""

    do: str
    condition: str
    with_: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What the answer would be if the reader's answer about one condition were another one, and what would then decide.

    Without a condition: if the recommendation were not ruled out in the sector.
    """

    condition: str | None
    level: str | None
    verdict: str
    decides: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What the rule says about one recommendation.

    ``risks`` are conditions that only help and that the reader does not have:
    they stand beside the verdict and do not change it. ``would_help`` are those
    that the reader can get or does not know about.
    """

    verdict: str
    decides: tuple[str, ...] = ()
    ruled_out: bool = False
    roots: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    steps: tuple[Step, ...] = ()
    risks: tuple[str, ...] = ()
    would_help: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


def answer(base: Base, answers: Answers, recommendation: str, sector: str | None = None) -> Answer:
    """Whether ``recommendation`` fits a reader with these ``answers``, in ``sector`` if one is given.

    Raises ``KeyError`` for an unknown recommendation. Conditions without an
    answer count as unknown, and what only helps never decides.
    """
    advice = base.advice[recommendation]
    verdict, decides = judge(base, answers, advice)
    aside = Answer(
        verdict,
        risks=tuple(c for c in advice.helps if answers.get(c, UNKNOWN) == NOT),
        would_help=tuple(c for c in advice.helps if answers.get(c, UNKNOWN) in {CAN, UNKNOWN}),
    )
    if sector in advice.not_in:
        otherwise = Change(None, None, verdict, decides)
        return replace(aside, verdict=LEAVE, ruled_out=True, changes=(otherwise,), instead=_instead(base, answers, recommendation, sector))
    roots = _roots(base, answers, decides[:1]) if verdict == LEAVE else ()
    return replace(
        aside,
        decides=decides,
        roots=roots,
        changes=tuple(_changes(base, answers, advice, decides[:1], roots)),
        steps=() if verdict == LEAVE else tuple(_steps(base, answers, advice)),
        instead=_instead(base, answers, recommendation, sector) if verdict == LEAVE else (),
    )


def judge(base: Base, answers: Answers, advice: Advice) -> tuple[str, tuple[str, ...]]:
    """The verdict, and the conditions that decide: those that must be in place and stand worst, the weightiest first.

    Among those that are there, can be got or are unknown, that one weighs most
    whose loss would be worst. Among those to be built, that one which takes
    the most turns. Otherwise the recommendation's own order holds. If all are
    in place, only the weightiest is named.
    """
    reached = reach(base, answers)
    worst = _worst(advice, answers, reached)
    among = [c for c in advice.must if _standing(c, answers, reached) == worst]
    if worst < _BUILT:
        lost = {c: _worst(advice, without := {**answers, c: NOT}, reach(base, without)) for c in among}
        among.sort(key=lambda c: -lost[c])
    elif worst == _BUILT:
        among.sort(key=lambda c: -reached[c].turn)
    return _VERDICT[worst], tuple(among[:1] if worst == _STANDING[HAVE] else among)


def reach(base: Base, answers: Answers) -> dict[str, Reach]:
    """Every condition that is in place, can be got, is unknown, or can be built, turn by turn.

    In each turn everything is built whose builder lacks nothing any more, so
    nothing ever waits for itself. Builders that ask for least stand first:
    those with the fewest conditions that must be in place and are not yet,
    then the fewest that must be at all, then the same of what helps.
    """
    reached = {c: Reach(0) for c in base.builders if answers.get(c, UNKNOWN) != NOT}
    turn = 1
    while ready := {
        condition: Reach(turn, able)
        for condition, builders in base.builders.items()
        if condition not in reached and (able := tuple(b for b in builders if all(must in reached for must in b.must)))
    }:
        reached |= {c: replace(found, builders=_least_first(found.builders, answers)) for c, found in ready.items()}
        turn += 1
    return reached


def _least_first(builders: Iterable[Builder], answers: Answers) -> tuple[Builder, ...]:
    def asked(conditions: Collection[str]) -> tuple[int, int]:
        return sum(answers.get(condition, UNKNOWN) != HAVE for condition in conditions), len(conditions)

    return tuple(sorted(builders, key=lambda b: (asked(b.must), asked(b.helps))))


def _standing(condition: str, answers: Answers, reached: Mapping[str, Reach]) -> int:
    level = answers.get(condition, UNKNOWN)
    if level == NOT:
        return _BUILT if condition in reached else _OUT_OF_REACH
    return _STANDING[level]


def _worst(advice: Advice, answers: Answers, reached: Mapping[str, Reach]) -> int:
    return max((_standing(c, answers, reached) for c in advice.must), default=0)


def _roots(base: Base, answers: Answers, start: Iterable[str]) -> tuple[str, ...]:
    """What in the end stands in the way: conditions out of reach that nothing builds, found by way of the builders."""
    reached, seen, todo = reach(base, answers), set[str](), list(start)
    while todo:
        condition = todo.pop()
        if condition not in reached and condition not in seen:
            seen.add(condition)
            todo += [must for builder in base.builders[condition] for must in builder.must]
    return tuple(c for c in base.builders if c in seen and not base.builders[c])


def _changes(base: Base, answers: Answers, advice: Advice, decides: Iterable[str], roots: Iterable[str]) -> Iterable[Change]:
    for condition in dict.fromkeys((*decides, *roots)):
        for level in _OTHERWISE[answers.get(condition, UNKNOWN)]:
            yield Change(condition, level, *judge(base, {**answers, condition: level}, advice))


def _steps(base: Base, answers: Answers, advice: Advice) -> Iterable[Step]:
    """What to do first, in order: find out, get, then build turn by turn; nothing before what it needs."""
    reached = reach(base, answers)
    wanted, todo = set[str](), [*advice.must]
    while todo:
        condition = todo.pop()
        if condition not in wanted and answers.get(condition, UNKNOWN) != HAVE:
            wanted.add(condition)
            todo += [must for builder in reached[condition].builders[:1] for must in builder.must]
    found = [_step(base, answers, condition, reached[condition], wanted) for condition in base.builders if condition in wanted]
    return sorted(found, key=lambda s: (reached[s.condition].turn, s.do != "find-out"))


def _step(base: Base, answers: Answers, condition: str, reached: Reach, wanted: Collection[str]) -> Step:
    """One step. Named are the builders that can begin by then: with what is in place, and for building with the earlier steps too."""
    level = answers.get(condition, UNKNOWN)
    if level == UNKNOWN:
        return Step("find-out", condition)
    if level == NOT:
        able = (b for b in reached.builders if all(answers.get(must) == HAVE or must in wanted for must in b.must))
        return Step("build", condition, tuple(b.id for b in able))
    ready = (b for b in base.builders[condition] if all(answers.get(must) == HAVE for must in b.must))
    return Step("get", condition, tuple(b.id for b in _least_first(ready, answers)))


def _instead(base: Base, answers: Answers, recommendation: str, sector: str | None) -> tuple[str, ...]:
    """What helps with one of the same problems and can be begun or prepared: a few, those to go ahead with first."""
    needs = {*base.advice[recommendation].needs}
    found = {
        other: judge(base, answers, advice)[0]
        for other, advice in base.advice.items()
        if other != recommendation and needs.intersection(advice.needs) and sector not in advice.not_in
    }
    return tuple(other for verdict in (GO, PREPARE) for other in found if found[other] == verdict)[:MOST_INSTEAD]
