"""The command ``new``: begin a record in the shell.

It asks for the fields that are needed and can be answered in a line, writes
the file with those that are left to fill in, and says what to do next. The
check then names what is still empty.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbook import yamlwrite
from handbook.base import Base
from handbook.check import check
from handbook.dates import iso
from handbook.forms.entries import append, entry
from handbook.forms.words import call
from handbook.load import slug
from handbook.model import KINDS, Kind
from handbook.reference import field_reference
from handbook.rules.pages import FRAME
from handbook.rules.prose import HEADINGS
from handbook.yamlread import read

NAMES = ("lesson", "tool", "use", "source")
ASKED = ("text", "one line", "tag", "year, month or day", "web address", "id of")
"""What a field may hold, in the words of :mod:`handbook.reference`, that can be answered in a line."""

ALSO_ASKED = {"use": ("tool", "recommendations"), "source": ("url",)}
"""Fields that are not needed in every record, and that nobody should forget."""

ONE_OF = {"use": ("tool", "recommendations")}
"""Fields of which a record needs one."""

Ask = Callable[[str], str]


@dataclass(frozen=True)
class Question:
    """A field to ask for: its name, what to ask, whether it is a list, what it may hold, and whether that is a date."""

    name: str
    words: str
    several: bool
    allowed: tuple[str, ...]
    dated: bool

    def meant(self, answer: str) -> str | None:
        """What a person means by ``answer``; None if the field cannot hold it."""
        if self.dated:
            return iso(answer)
        return next((tag for tag in self.allowed if tag.casefold() == slug(answer)), None) if self.allowed else answer


def outline(kind: Kind, answers: Mapping[str, Any], base: Base) -> dict[str, Any]:
    """The fields of a new record in their order: those that were answered, and those that are needed, empty."""
    one_of = ONE_OF.get(kind.name, ())
    wanted = one_of if not any(name in answers for name in one_of) else ()
    reference = next(row for row in field_reference(base.vocabulary) if row["name"] == kind.name)
    parts = {part["name"]: part["fields"] for part in reference["parts"]}
    return {
        field["name"]: answers.get(field["name"], _empty(field, parts))
        for field in reference["fields"]
        if field["name"] in answers or field["needed"] or field["name"] in wanted or "Needed unless" in field["description"]
    }


def _empty(field: Mapping[str, Any], parts: Mapping[str, list[dict[str, Any]]]) -> Any:
    """What stands for a field that is to be filled in: nothing, or the fields that its parts need."""
    holds = str(field["holds"])
    several, _, inside = holds.rpartition("list of: ")
    if inside in parts:
        value: Any = {part["name"]: _empty(part, parts) for part in parts[inside] if part["needed"]}
    else:
        value = None
    return [value] if "list of" in holds and isinstance(value, dict) else ([] if several else value)


def questions(kind: Kind, base: Base) -> Iterator[Question]:
    """The fields to ask for."""
    reference = next(row for row in field_reference(base.vocabulary) if row["name"] == kind.name)
    for field in reference["fields"]:
        holds = str(field["holds"]).removeprefix("list of: ")
        needed = field["needed"] or field["description"].endswith("named under open.") or field["name"] in ALSO_ASKED.get(kind.name, ())
        if needed and holds.startswith(ASKED):
            allowed = tuple(field["tags"]) or (tuple(base.known.ids[holds.split()[-1]]) if holds.startswith("id of") else ())
            several = holds != field["holds"]
            choose = f" One of: {', '.join(allowed)}." if allowed else ""
            words = f"{field['description']}{choose}{' Several with commas between.' if several else ''}"
            yield Question(field["name"], words, several, allowed, dated=holds == "year, month or day")


def ask_all(kind: Kind, base: Base, ask: Ask) -> dict[str, Any]:
    """The answers that a person gives on a terminal. An empty one leaves the field to be filled in later."""
    answers = {question.name: _ask(question, ask) for question in questions(kind, base)}
    return {name: answer for name, answer in answers.items() if answer}


def _ask(question: Question, ask: Ask) -> str | list[str]:
    """Ask until the field can hold the answer, or it is empty."""
    words = f"{question.words}\n{question.name}: "
    while answer := ask(words).strip():
        parts = [part.strip() for part in answer.split(",") if part.strip()] if question.several else [answer]
        meant = [question.meant(part) for part in parts]
        strange = [part for part, tag in zip(parts, meant, strict=True) if tag is None]
        if not strange:
            return [tag for tag in meant if tag] if question.several else str(meant[0])
        words = f"This cannot be taken: {', '.join(strange)}. {WRITE_A_DATE if question.dated else 'Choose from the list.'}\n{question.name}: "
    return ""


WRITE_A_DATE = "Write the year, the month or the day, for example 2018, 2018-11 or 2018-11-07."


def text_of(kind: Kind, record_id: str, values: Mapping[str, Any]) -> str:
    """The file of a new record: data, or a page whose sections are to be written."""
    data = yamlwrite.write(dict(values))
    if kind.name not in FRAME:
        return data
    opening, closing = FRAME[kind.name]
    sections = "\n\n".join(f"## {heading}" for heading in HEADINGS[kind.name])
    return f"---\n{data}---\n\n{call(opening, record_id)}\n\n{sections}\n\n{call(closing, record_id)}\n"


# -- the command line ---------------------------------------------------------


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``new`` to the command line."""
    parser = commands.add_parser("new", help="begin a lesson, a tool, a record of use or a source")
    parser.add_argument("kind", choices=NAMES)
    parser.add_argument("id", help="its id: small letters, digits and single hyphens")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="take the fields from this YAML file instead of asking")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    root, kind, record_id = options.root, KINDS[options.kind], str(options.id)
    base = check(root).base
    if slug(record_id) != record_id or record_id == "index":
        return _stop(f"'{record_id}' cannot be an id; how about '{slug(record_id)}'?")
    if record_id in base.known.ids.get(kind.name, ()) or record_id in base.known.renamed.get(kind.name, ()):
        return _stop(f"there is a {kind.name} with the id '{record_id}' already; nothing was changed")
    given: Mapping[str, Any]
    if options.answers:
        try:
            given, problems = read(options.answers.read_bytes(), str(options.answers))
        except OSError as error:
            return _stop(f"{options.answers}: {error.strerror}")
        if problems:
            return _stop(problems[0].message)
    else:
        print("Press return to leave a field for later.", file=sys.stderr)
        try:
            given = ask_all(kind, base, input)
        except (EOFError, KeyboardInterrupt):
            return _stop("\nnothing was written")
    return _write(root, kind, record_id, outline(kind, given, base) | dict(given))


def _write(root: Path, kind: Kind, record_id: str, values: Mapping[str, Any]) -> int:
    path = kind.file or f"{kind.folder}/{record_id}{'.md' if kind.page_folder else '.yaml'}"
    target = root / path
    if kind.file:
        text = append(target.read_text(encoding="utf-8-sig"), entry(record_id, values))
        target.write_text(text, encoding="utf-8", newline="\n")
    elif os.path.lexists(target):
        return _stop(f"{path} is there already; nothing was changed")
    else:
        target.write_text(text_of(kind, record_id, values), encoding="utf-8", newline="\n")
    print(f"written: {path}")
    print(f"Next: fill in what is empty in {path}, and run `python -m handbook check {path}`. It names what is missing, line by line.")
    if kind.name == "source":
        print("A source must be cited somewhere, or the check names it.")
    elif kind.name in FRAME:
        print('End each paragraph with {{ cite("source", "passage") }}, {{ inferred("source", "passage") }} or {{ suggested() }}.')
    return 0


def _stop(message: str) -> int:
    print(message, file=sys.stderr)
    return 2
