"""What a record leaves open: it may lack only what it says that nobody has answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.base import Base
from handbook.problem import Problem, Rule
from handbook.records import place_of

UNSAID = Rule(
    "field-unsaid",
    "the field '{name}' is missing, and nothing says that it is open",
    "add a line '{name}:', or add '{tag}' to the list 'open:' if nobody knows",
)
ANSWERED = Rule("open-answered", "'{tag}' is called open, and the field '{name}' answers it", "remove '{tag}' from the list, or the field")

FIELDS: Mapping[str, Mapping[str, str]] = {
    "lesson": {"question": "question", "with": "with_", "dependence": "sector_dependence"},
    "use": {
        "owner": "owner", "challenge": "challenge", "changes": "changes", "effort": "effort", "who-came": "who_came", "result": "result",
    },
}
"""The fields that answer an open question, by its tag. People write them without the underscore at the end."""

MAY_LACK = ("changes", "effort", "who-came", "result")
"""Questions that a record of use may pass over in silence: older ones say what no source tells in words of their own."""


def gaps_are_said(base: Base) -> Iterator[Problem]:
    """A field that others rely on is there, or its question is named as open."""
    for kind, fields in FIELDS.items():
        for record_id, record in base.records[kind].items():
            for tag, name in fields.items():
                if tag not in MAY_LACK and not getattr(record, name) and tag not in record.open:
                    yield UNSAID.at(base.raw(kind, record_id).place, name=name.rstrip("_"), tag=tag)


def open_questions_are_open(base: Base) -> Iterator[Problem]:
    """A question that is named as open is not answered in the same record."""
    for kind, fields in FIELDS.items():
        for record_id, record in base.records[kind].items():
            for index, tag in enumerate(record.open):
                if tag in fields and getattr(record, fields[tag]):
                    place = place_of(base.raw(kind, record_id), ("open", index))
                    yield ANSWERED.at(place, f"open {index + 1}", tag=tag, name=fields[tag].rstrip("_"))


PRESENT = (open_questions_are_open,)
ABSENT = (gaps_are_said,)
