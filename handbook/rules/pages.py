"""Pages, their front matter and their calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from handbook.base import Base, owner_of, place_in
from handbook.calls import CALLS, EXAMPLES, OF_RECORD, Argument, Call
from handbook.load import DOCS, Page, kind_of_page
from handbook.model import KINDS
from handbook.problem import Place, Problem, Rule, nearest

NO_PAGE = Rule("page-missing", "the {kind} '{id}' has no page", "add the file {path} with its front matter and the line {call}")
NO_RECORD = Rule("page-without-record", "there is no {kind} with the id '{id}'", "did you mean '{nearest}'? Otherwise add it to {file}")
FRONT_FIELD = Rule("page-field", "a page of this folder has no field '{name}'", "keep title and description, and remove the rest")
FRONT_MISSING = Rule("page-field-missing", "the page has no {name}", "add a line '{name}:' between the two lines of hyphens")
FRONT_NOT_LINE = Rule("page-field-line", "the {name} is not one line of text", "write it on one line, after the colon")
NOT_A_CALL = Rule(
    "call-shape",
    "curly brackets may only hold a call such as {{{{ cite(\"report\", \"smes-screening\") }}}}",
    "remove the brackets, or write the call with its texts in double quotes",
)
UNKNOWN_CALL = Rule("call-unknown", "there is no call '{name}'", "did you mean '{nearest}'?")
ARGUMENTS = Rule("call-arguments", "'{name}' takes {wanted}, and here it is given {given}", "compare it with another page")
UNKNOWN_ARGUMENT = Rule("call-argument", "there is no {kind} '{value}'", "did you mean '{nearest}'?")
WRONG_PAGE = Rule("call-elsewhere", "'{name}' shows the {kind} '{value}' on a page that is not its own", "use the page's own id, '{id}'")
OPENING = Rule("page-opening", "the text does not begin with the facts of the page's record", "make {call} its first line")
CLOSING = Rule("page-closing", "the text does not end with the links of the page's record", "make {call} its last line")

# The calls with which the pages of a kind begin and end.
FRAME = {"lesson": ("lesson_facts", "lesson_links"), "tool": ("tool_facts", "tool_links")}
WHOLE = {"sector": "sector", "recommendation": "recommendation"}
FRONT_FIELDS = ("title", "description")
_CURLY = re.compile(r"[{}]")


def records_have_pages(base: Base) -> Iterator[Problem]:
    """Each sector and each recommendation has a page of its own that shows it."""
    for kind_name, call in WHOLE.items():
        kind = KINDS[kind_name]
        for record_id, raw in base.files.records[kind_name].items():
            path = f"{DOCS}/{kind.page_folder}/{record_id}.md"
            if path not in base.files.pages:
                yield NO_PAGE.at(raw.place, record_id, kind=kind_name, id=record_id, path=path, call=_written(call, record_id))


def pages_have_records(base: Base) -> Iterator[Problem]:
    """Each page among the sectors and the recommendations shows a record of that name."""
    for path in base.files.pages:
        kind = kind_of_page(path)
        if kind and kind.file:
            record_id = PurePosixPath(path).stem
            ids = list(base.files.records[kind.name])
            if record_id not in ids:
                guess = nearest(record_id, ids) or (ids[0] if ids else "")
                yield NO_RECORD.at(Place(path, 1, 1), kind=kind.name, id=record_id, nearest=guess, file=kind.file)


def front_matter_is_plain(base: Base) -> Iterator[Problem]:
    """A page that is not a lesson or a tool has a title and a description in its front matter, and nothing else."""
    for page in base.files.pages.values():
        kind = kind_of_page(page.path)
        if page.front is None or (kind and kind.folder):
            continue
        for name in page.front:
            if name not in FRONT_FIELDS:
                yield FRONT_FIELD.at(Place(page.path, *page.front.keys_at[name]), name, name=name)
        for name in FRONT_FIELDS:
            value = page.front.get(name)
            if name not in page.front:
                yield FRONT_MISSING.at(Place(page.path, 1, 1), name=name)
            elif not isinstance(value, str) or not value.strip() or "\n" in value:
                yield FRONT_NOT_LINE.at(Place(page.path, *page.front.values_at[name]), name, name=name)


def curly_brackets_hold_calls(base: Base) -> Iterator[Problem]:
    """Curly brackets hold a well-formed call and nothing else, so that a page can give the builder no orders."""
    for page in base.files.pages.values():
        if "{" not in page.body and "}" not in page.body:
            continue
        end = 0
        for call in (*base.calls[page.path], None):
            start = call.start if call else len(page.body)
            if match := _CURLY.search(page.body, end, start):
                yield NOT_A_CALL.at(place_in(page, match.start()))
            end = call.end if call else start


def calls_are_known(base: Base) -> Iterator[Problem]:
    """A call is one of the handbook's own, with the texts that it takes."""
    for path, calls in base.calls.items():
        page = base.files.pages[path]
        for call in calls:
            arguments = CALLS.get(call.name)
            if arguments is None:
                yield UNKNOWN_CALL.at(place_in(page, call.start), name=call.name, nearest=nearest(call.name, list(CALLS)) or "cite")
                continue
            least = sum(not argument.optional for argument in arguments)
            if not least <= len(call.arguments) <= len(arguments):
                wanted = " and ".join(_describe(argument) for argument in arguments) or "nothing"
                given = f"{len(call.arguments)} texts" if len(call.arguments) != 1 else "one text"
                yield ARGUMENTS.at(place_in(page, call.start), name=call.name, wanted=wanted, given=given)
                continue
            for argument, value in zip(arguments, call.arguments, strict=False):
                yield from _argument(base, page, call, argument, value)


def _argument(base: Base, page: Page, call: Call, argument: Argument, value: str) -> Iterator[Problem]:
    if argument.kind == "passage":
        return  # compared with its source in handbook.rules.citations
    if argument.kind == "example":
        allowed = list(EXAMPLES)
    elif argument.kind.startswith("tag:"):
        allowed = list(base.vocabulary.get(argument.kind.removeprefix("tag:"), ()))
    else:
        allowed = list(base.files.records[argument.kind])
    place = place_in(page, call.start)
    if value not in allowed:
        guess = nearest(value, allowed) or (allowed[0] if allowed else "")
        yield UNKNOWN_ARGUMENT.at(place, call.name, kind=argument.kind.removeprefix("tag:"), value=value, nearest=guess)
    elif call.name in OF_RECORD and owner_of(base, page) != (argument.kind, value):
        own = owner_of(base, page)[1]
        yield WRONG_PAGE.at(place, call.name, name=call.name, kind=argument.kind, value=value, id=PurePosixPath(own).stem)


def pages_are_framed(base: Base) -> Iterator[Problem]:
    """A lesson's and a tool's page begins with its facts and ends with its links; a sector's and a recommendation's shows it."""
    for page in base.files.pages.values():
        kind = kind_of_page(page.path)
        if kind is None or page.front is None:
            continue
        record_id = PurePosixPath(page.path).stem
        opening, closing = FRAME.get(kind.name) or (WHOLE[kind.name], None)
        text = page.body.strip()
        if not text.startswith(_written(opening, record_id)):
            yield OPENING.at(Place(page.path, page.body_line, 1), call=_written(opening, record_id))
        if closing and not text.endswith(_written(closing, record_id)):
            last = page.body_line + page.body.rstrip().count("\n")
            yield CLOSING.at(Place(page.path, last, 1), call=_written(closing, record_id))


def _written(name: str, record_id: str) -> str:
    return f'{{{{ {name}("{record_id}") }}}}'


def _describe(argument: Argument) -> str:
    name = "a passage" if argument.kind == "passage" else f"the id of a {argument.kind.removeprefix('tag:')}"
    return f"perhaps {name}" if argument.optional else name


RULES = (
    records_have_pages,
    pages_have_records,
    front_matter_is_plain,
    curly_brackets_hold_calls,
    calls_are_known,
    pages_are_framed,
)
