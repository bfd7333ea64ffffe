"""What must be in place first, and what builds it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import get_origin

from handbook.base import Base, listed, required
from handbook.load import RawRecord
from handbook.model import Condition, Record
from handbook.problem import Problem, Rule, nearest
from handbook.records import field_name, place_of

BUILDS_WHAT_IT_NEEDS = Rule(
    "chain-self",
    "'{id}' builds the condition '{condition}' and cannot start without it",
    "make the requirement 'helps', or take the condition out of 'builds'",
)
CIRCLE = Rule(
    "chain-circle",
    "nobody can begin here: {circle} must each have in place first what only the others build",
    "change one 'must' among them to 'helps', or add a lesson or a tool that builds this condition and needs none of theirs",
)
NOT_BUILT = Rule(
    "chain-one-way",
    "a lesson, a tool or a recommendation needs the condition '{condition}', and nothing builds it",
    "add it to 'builds' of a lesson or a tool, or say here under 'given:' why nothing can",
)
GIVEN_BUT_BUILT = Rule(
    "given-not-needed",
    "the condition is said to be given, and '{builder}' builds it",
    "remove the line 'given:'",
)
TWICE = Rule("listed-twice", "'{value}' stands in this list twice", "remove one of the two")

BUILDERS = ("lesson", "tool")
NEEDERS = ("lesson", "tool", "recommendation")
MOST_CIRCLES = 5


def nothing_builds_what_it_needs(base: Base) -> Iterator[Problem]:
    """A lesson or tool that cannot start without a condition does not build that same condition."""
    for raw in _raws(base, BUILDERS):
        musts = _musts(raw)
        for index, condition in enumerate(listed(raw, "builds")):
            if condition in musts:
                loc = ("builds", index)
                yield BUILDS_WHAT_IT_NEEDS.at(place_of(raw, loc), field_name(loc), id=raw.id, condition=condition)


def conditions_can_be_reached(base: Base) -> Iterator[Problem]:
    """Each condition that something builds can be built by somebody who starts with nothing."""
    builders: dict[str, list[tuple[str, set[str]]]] = {}
    for raw in _raws(base, BUILDERS):
        for condition in listed(raw, "builds"):
            builders.setdefault(condition, []).append((raw.id, _musts(raw) - {condition}))
    reached = {key for key in base.files.ids["condition"] if _is_given(base, key) or key not in builders}
    while more := {c for c, by in builders.items() if c not in reached and any(musts <= reached for _, musts in by)}:
        reached |= more
    before = {c: sorted({must for _, musts in by for must in musts} - reached) for c, by in builders.items() if c not in reached}
    for circle in _circles(before):
        if any(key not in base.records["condition"] or base.may_name(key, *BUILDERS) for key in circle):
            continue
        names = sorted({name for condition in circle for name, _ in builders[condition]})
        yield CIRCLE.at(base.raw("condition", circle[0]).place, circle[0], circle=tuple(names))


def _circles(before: dict[str, list[str]]) -> Iterator[list[str]]:
    """Conditions that wait for each other in a circle; each of them in one circle only, and only the first circles."""
    for _ in range(MOST_CIRCLES):
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            circle = sorted(set(error.args[1]))
            yield circle
            before = {condition: musts for condition, musts in before.items() if condition not in circle}
        else:
            return


def conditions_have_a_way_in(base: Base) -> Iterator[Problem]:
    """Each condition that something needs is built by a lesson or a tool, or is said to be given."""
    built = _built(base)
    needed = {condition for raw in _raws(base, NEEDERS) for condition, _ in required(raw)}
    for key, raw in base.files.records["condition"].items():
        if key in needed and key not in built and not _is_given(base, key) and not base.may_name(key, *BUILDERS):
            yield NOT_BUILT.at(raw.place, key, condition=key)


def given_conditions_are_not_built(base: Base) -> Iterator[Problem]:
    """Nothing builds a condition that is said to be given."""
    built = _built(base)
    for key, raw in base.files.records["condition"].items():
        if key in built and isinstance(raw.values.get("given"), str):
            yield GIVEN_BUT_BUILT.at(place_of(raw, ("given",)), f"{key} given", builder=built[key])


def _built(base: Base) -> dict[str, str]:
    """Every condition that something builds, with the first that does."""
    found: dict[str, str] = {}
    for raw in _raws(base, BUILDERS):
        for condition in listed(raw, "builds"):
            found.setdefault(condition, raw.id)
    return found


# Raw values are read here, so that a slip in another field of a record does not take it out of its chain.


def _raws(base: Base, kinds: tuple[str, ...]) -> Iterator[RawRecord]:
    return (raw for kind in kinds for raw in base.files.records[kind].values())


def _musts(raw: RawRecord) -> set[str]:
    return {condition for condition, strength in required(raw) if strength == "must"}


def _is_given(base: Base, condition: str) -> bool:
    """Whether a condition says that nothing builds it, or may say so where it could not be read."""
    raw = base.files.records["condition"].get(condition)
    if raw is None or "given" in raw.values:
        return True
    return nearest("given", [name for name in raw.values if name not in Condition.model_fields]) is not None


def lists_name_each_thing_once(base: Base) -> Iterator[Problem]:
    """A list of tags, ids or requirements names each of them once."""
    for raw, record in base.all():
        for name, written in _lists(raw.kind.model):
            value = getattr(record, name)
            if len(value) < 2:  # noqa: PLR2004  (two of a kind)
                continue
            seen: set[str] = set()
            for index, item in enumerate(value):
                key = item if isinstance(item, str) else getattr(item, "condition", None)
                if key is None:
                    continue
                if key in seen:
                    loc = (written, index)
                    yield TWICE.at(place_of(raw, loc), field_name(loc), value=key)
                seen.add(key)


@cache
def _lists(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that are lists, and how each is written."""
    return tuple((name, info.alias or name) for name, info in model.model_fields.items() if get_origin(info.annotation) is tuple)


PRESENT = (nothing_builds_what_it_needs, given_conditions_are_not_built, lists_name_each_thing_once)
ABSENT = (conditions_can_be_reached, conditions_have_a_way_in)
