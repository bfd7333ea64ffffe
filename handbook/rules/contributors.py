"""Who has given what, and whether they agreed to be named."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base import Base
from handbook.problem import Problem, Rule
from handbook.records import field_name, key_place, place_of

ACCOUNT = "account"
"""The kind of source that an organisation gave to the editors."""

UNASKED = Rule(
    "account-consent",
    "this is an account given to the editors, and it does not say whether the organisation agreed to be named",
    "add 'named: true' if it agreed, else 'named: false', and then do not name it here",
)
NO_ACCOUNT = Rule("account-only", "only an account given to the editors says whether it may be named", "remove the line, or correct 'kind:'")
PERSON = Rule(
    "person-consent",
    "a person is named only on request, and a name and the day of the request go together",
    "add 'person:' and 'person_agreed:', or remove both",
)
ONE_THING = Rule(
    "contribution-what",
    "this names {count} of 'lesson', 'tool', 'use' and 'what'",
    "name exactly one of them in each entry",
)


def accounts_have_consent(base: Base) -> Iterator[Problem]:
    """An account that was given to the editors says whether the organisation agreed to be named; no other source does."""
    for source_id, source in base.records["source"].items():
        raw = base.raw("source", source_id)
        if source.kind == ACCOUNT and source.named is None:
            yield UNASKED.at(raw.place, source_id)
        elif source.kind != ACCOUNT and source.named is not None:
            yield NO_ACCOUNT.at(key_place(raw, ("named",)), f"{source_id} named")


def persons_agreed(base: Base) -> Iterator[Problem]:
    """A contributor's person is named together with the day on which that person asked for it."""
    for contributor_id, contributor in base.records["contributor"].items():
        if (contributor.person is None) != (contributor.person_agreed is None):
            name = "person" if contributor.person else "person_agreed"
            yield PERSON.at(key_place(base.raw("contributor", contributor_id), (name,)), f"{contributor_id} {name}")


def contributions_name_one_thing(base: Base) -> Iterator[Problem]:
    """A contribution is one record, or something said in words."""
    for contributor_id, contributor in base.records["contributor"].items():
        for index, item in enumerate(contributor.contributions):
            count = sum(value is not None for value in (item.lesson, item.tool, item.use, item.what))
            if count != 1:
                loc = ("contributions", index)
                yield ONE_THING.at(place_of(base.raw("contributor", contributor_id), loc), f"{contributor_id} {field_name(loc)}", count=count)


PRESENT = (accounts_have_consent, persons_agreed, contributions_name_one_thing)
