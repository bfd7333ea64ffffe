"""Pages, their front matter and their calls."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from handbook.base import Base, owner_of, place_in
from handbook.calls import CALLS, EXAMPLES, OF_RECORD, Argument, Call
from handbook.load import DOCS, Page, kind_of_page
from handbook.model import KINDS, Kind
from handbook.problem import Guess, Place, Problem, Rule, nearest
from handbook.refused import LOSES_FIELDS
from handbook.rules import facets
from handbook.yamlread import Map, Seq

NO_PAGE = Rule(
    "page-missing",
    "the {kind} '{id}' has no page",
    'add the file {path} with a title and a description between two lines of hyphens, and below them the line {{{{ {call}("{id}") }}}}',
)
NO_RECORD = Rule("page-without-record", "there is no {kind} with the id '{id}'", "add it to {file}, or remove this page")
FRONT_FIELD = Rule("page-field", "a page of this folder has no field '{name}'", "remove it; only title, description and hide may stand here")
FRONT_MISSING = Rule("page-field-missing", "the page has no {name}", "add a line '{name}:' between the two lines of hyphens")
FRONT_NOT_LINE = Rule("page-field-line", "the {name} should be one line of text", "write it on the same line, after the colon")
FRONT_HIDE = Rule("page-field-hide", "only the menu and the table of contents can be hidden", "write a list of 'navigation', 'toc' or both")
NOT_A_CALL = Rule(
    "call-shape",
    'curly brackets may only hold a call such as {{{{ cite("report", "smes-screening") }}}}',
    "write the call like this one, with its texts in straight double quotation marks, or remove the brackets",
)
ATTRIBUTES = Rule(
    "call-attributes",
    "'{text}' would set a size, a colour or an id, and pages of the handbook set none of their own",
    "delete it, with its curly brackets",
)
UNKNOWN_CALL = Rule("call-unknown", "there is no call '{name}'", "use one of: {allowed}")
ARGUMENTS = Rule("call-arguments", "'{name}' takes {wanted}, and here it is given {given}", "compare it with another page")
UNKNOWN_ARGUMENT = Rule("call-argument", "there is no {kind} '{value}'", "add it first")
WRONG_PAGE = Rule(
    "call-elsewhere",
    "'{name}' shows the {kind} '{value}', and this is not its page",
    "remove it, or write the id of the record that this page belongs to, which is the file's name",
)
OPENING = Rule("page-opening", "the text does not begin with its call", 'let its first line be {{{{ {call}("{id}") }}}}')
CLOSING = Rule("page-closing", "the text does not end with its call", 'let its last line be {{{{ {call}("{id}") }}}}')

# The calls with which the pages of a kind begin and end.
FRAME = {"lesson": ("lesson_facts", "lesson_links"), "tool": ("tool_facts", "tool_links")}
WHOLE = {"sector": "sector", "recommendation": "recommendation"}
FRONT_FIELDS = ("title", "description")
HIDE = "hide"
HIDEABLE = ("navigation", "toc")
_CURLY = re.compile(r"[{}]")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:[.#][\w-]|[A-Za-z-]{1,40}=)[^{}\n]{0,60}\}?")
"""What the attribute lists of Markdown's readers begin with (Python-Markdown, attr_list)."""


def records_have_pages(base: Base) -> Iterator[Problem]:
    """Each sector and each recommendation has a page of its own that shows it."""
    for kind, call in ((KINDS[name], call) for name, call in WHOLE.items()):
        ids = base.files.ids[kind.name]
        strays = {str(Guess(name, ids)) for name in _names(base, kind) if name not in ids}  # a page with a mistyped name is there
        for record_id, raw in base.files.records[kind.name].items():
            path = f"{DOCS}/{kind.page_folder}/{record_id}.md"
            if path not in base.files.pages and record_id not in strays and not base.files.hides(path):
                yield NO_PAGE.at(raw.place, record_id, kind=kind.name, id=record_id, path=path, call=call)


def pages_have_records(base: Base) -> Iterator[Problem]:
    """Each page among the sectors and the recommendations shows a record of that name."""
    for kind in (KINDS[name] for name in WHOLE):
        ids = base.files.ids[kind.name]
        for record_id, path in _names(base, kind).items() if kind.name in base.known.ids else ():
            if record_id not in ids and not base.may_name(record_id, kind.name):
                yield NO_RECORD.at(Place(path, 1, 1), kind=kind.name, id=record_id, nearest=Guess(record_id, ids), file=kind.file)


def _names(base: Base, kind: Kind) -> dict[str, str]:
    """The pages among those of a kind, by what should be the id of the record that each shows."""
    return {PurePosixPath(path).stem: path for path in base.files.pages if kind_of_page(path) == kind}


def front_matter_is_plain(base: Base) -> Iterator[Problem]:
    """The front matter of a page that is not a lesson or a tool holds a title, a description and what to hide, and nothing else."""
    for page, front in _plain(base):
        for name in front:
            if name not in (*FRONT_FIELDS, HIDE):
                guess = Guess(name, [field for field in FRONT_FIELDS if field not in front])
                yield FRONT_FIELD.at(Place(page.path, *front.keys_at[name]), name, name=name, nearest=guess)
        for name in FRONT_FIELDS:
            value = front.get(name, name)
            if not isinstance(value, str) or not value.strip() or "\n" in value:
                yield FRONT_NOT_LINE.at(Place(page.path, *front.keys_at[name]), name, name=name)
        hidden = front.get(HIDE, Seq())
        if not isinstance(hidden, Seq) or any(part not in HIDEABLE for part in hidden):
            yield FRONT_HIDE.at(Place(page.path, *front.keys_at[HIDE]), HIDE)


def front_matter_is_whole(base: Base) -> Iterator[Problem]:
    """A page that is not a lesson or a tool has a title and a description."""
    for page, front in _plain(base):
        meant = {nearest(name, FRONT_FIELDS) for name in front if name not in (*FRONT_FIELDS, HIDE)}
        lost = any(problem.rule in LOSES_FIELDS for problem in base.problems.get(page.path, ()))
        for name in FRONT_FIELDS:
            if name not in front and name not in meant and not lost:
                yield FRONT_MISSING.at(Place(page.path, 1, 1), name=name)


def _plain(base: Base) -> Iterator[tuple[Page, Map]]:
    """Pages whose front matter is no record, with that."""
    for page in base.files.pages.values():
        kind = kind_of_page(page.path)
        if page.front is not None and not (kind and kind.folder):
            yield page, page.front


def curly_brackets_hold_calls(base: Base) -> Iterator[Problem]:
    """Curly brackets hold a well-formed call and nothing else, so that a page can give the builder no orders."""
    for page in base.files.pages.values():
        if "{" not in page.body and "}" not in page.body:
            continue
        end = 0
        for call in (*base.calls[page.path], None):
            start = call.start if call else len(page.body)
            if match := _CURLY.search(page.body, end, start):
                if attributes := _ATTRIBUTES.match(page.body, match.start()):
                    yield ATTRIBUTES.at(place_in(page, match.start()), text=attributes[0])
                else:
                    yield NOT_A_CALL.at(place_in(page, match.start()))
            end = call.end if call else start


def calls_are_known(base: Base) -> Iterator[Problem]:
    """A call is one of the handbook's own, with the texts that it takes."""
    for path, calls in base.calls.items():
        page = base.files.pages[path]
        for call in calls:
            arguments = CALLS.get(call.name)
            if arguments is None:
                yield UNKNOWN_CALL.at(place_in(page, call.start), name=call.name, nearest=Guess(call.name, CALLS), allowed=tuple(CALLS))
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
    kind = argument.kind.removeprefix("tag:")
    known = _known(base, argument, value)
    if (allowed := known.get(kind)) is None:  # they could not be read
        return
    if value not in allowed and owner_of(page) != (kind, value):  # whether a page's own record is there is asked elsewhere
        guess = base.known.renamed.get(kind, {}).get(value) or Guess(value, allowed)
        yield UNKNOWN_ARGUMENT.at(place_in(page, call.start), call.name, kind=kind, value=value, nearest=guess)
    elif call.name in OF_RECORD and owner_of(page) != (kind, value) and not _is_stray(base, page, kind, value):
        yield WRONG_PAGE.at(place_in(page, call.start), call.name, name=call.name, kind=kind, value=value)


def _is_stray(base: Base, page: Page, kind: str, value: str) -> bool:
    """Whether a page shows what it should, and only its file's name is mistyped, which is said of the file."""
    owner, name = owner_of(page)
    ids = base.files.ids[kind]
    return owner == kind and name not in ids and nearest(name, ids) == value


def _known(base: Base, argument: Argument, value: str) -> Mapping[str, Collection[str]]:
    match argument.kind:
        case "facet":
            return {"facet": facets.values(base)} if facets.readable(base, value) else {}
        case "example":
            return {"example": EXAMPLES}
        case kind:
            return base.known.tags if kind.startswith("tag:") else base.known.ids


def pages_are_framed(base: Base) -> Iterator[Problem]:
    """A lesson's and a tool's page begins with its facts and ends with its links; a sector's and a recommendation's shows it."""
    for page in base.files.pages.values():
        kind = kind_of_page(page.path)
        record_id = PurePosixPath(page.path).stem
        if kind is None or not page.readable or record_id not in base.files.ids[kind.name]:  # what it should show is not known
            continue
        opening, closing = FRAME.get(kind.name) or (WHOLE[kind.name], None)
        text = page.body.strip()
        if not text.startswith(_written(opening, record_id)):
            first = place_in(page, len(page.body) - len(page.body.lstrip()))
            if not base.says(page.path, "call-", first.line):
                yield OPENING.at(Place(page.path, page.body_line, 1), call=opening, id=record_id)
        if closing and not text.endswith(_written(closing, record_id)):
            last = place_in(page, len(page.body.rstrip()))
            if not base.says(page.path, "call-", last.line):
                yield CLOSING.at(last, call=closing, id=record_id)


def _written(name: str, record_id: str) -> str:
    return f'{{{{ {name}("{record_id}") }}}}'


def _describe(argument: Argument) -> str:
    name = "a passage" if argument.kind == "passage" else f"the id of a {argument.kind.removeprefix('tag:')}"
    return f"perhaps {name}" if argument.optional else name


PRESENT = (front_matter_is_plain, curly_brackets_hold_calls, calls_are_known)
ABSENT = (records_have_pages, pages_have_records, front_matter_is_whole, pages_are_framed)
