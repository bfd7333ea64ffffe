"""Read YAML strictly: all scalars stay text, every value knows its place.

YAML has surprises that a person who edits a file in a browser cannot foresee:
Norway's ``NO`` becomes False, ``1.10`` becomes 1.1, the second of two equal
keys wins, a few lines of aliases grow to gigabytes. Here every scalar stays
text until a model converts it, and what we do not need is refused in words
that say how to mend it. The grounds for the rules are in the design, section
4, "YAML" and "Silent failures".

The text goes once through the parser's events. Nothing calls itself, so no
file can exhaust the stack, and no bytes make :func:`read` raise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, Final, NoReturn, TypeAlias

import yaml

from handbook.problem import MOST, Place, Problem, Rule

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML has it, else the one in Python, which is much slower."""

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 12
MAX_VALUES: Final = 20_000

FORBIDDEN: Final = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, among them the line end U+0085
    "\xad\u061c\u180e\u200b-\u200f\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero width, direction marks, BOM
    "\u2028-\u202e"  # two more line ends of YAML's own, bidirectional overrides
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"  # halves of characters, private use, not characters
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff"  # invisible tags, private use
    "]"
)
ODD_SPACES: Final = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
MISPLACED_SPACE: Final = re.compile(rf"^ *+(?:- ++)*+-?+(?:[^\s:#'\"-][^\s:#'\"]*+:)?+ *+([{ODD_SPACES}][ {ODD_SPACES}]*+)", re.MULTILINE)
"""Spaces that are not U+0020 where YAML needs that one: before a key, after a hyphen, after a key's colon.

The possessive quantifiers (``*+``) keep a long line of blanks from taking quadratic time.
"""

NOTE_LIKE: Final = re.compile(r"(?<! ) ++#[^\s#]")
"""A sign of text that was not meant as a note: nobody writes ``#1`` to begin one."""

NULLS: Final = frozenset(("", "~", "null"))
"""What, written without quotes, means that there is no value."""

Spot: TypeAlias = tuple[int, int]
"""Line and column in the file, from 1."""

# Rules for the file as a whole

TOO_LARGE = Rule(
    "yaml-too-large",
    "the file has {size:,} bytes, and no more than {limit:,} are allowed",
    "split it into several files",
)
NOT_UTF8 = Rule(
    "yaml-not-utf8",
    "the byte {byte} here is not UTF-8 text",
    "save the file again with the encoding UTF-8, and look whether accents and special letters are still right",
)
CHARACTER = Rule(
    "yaml-character",
    "the character {code} ({name}) is not allowed, because readers cannot see it",
    "delete the letters or the line around it and type them anew, without any picture sign (emoji)",
)
SPACE = Rule(
    "yaml-space",
    "the space here is not an ordinary one but {code} ({name}), which YAML takes for a letter",
    "delete it, and type a space if there should be one",
)
NOTE = Rule(
    "yaml-note",
    "what follows the blank and '#' would be taken for a note to other editors, and readers would not see it",
    "put quotation marks around the whole text, or, if it is a note, type a blank after the #",
)
DIRECTIVE = Rule(
    "yaml-directive",
    "a line that begins with '%' gives orders to the program that reads the file, and that is not allowed",
    "delete the line, or indent it by two spaces if it belongs to a text",
)
EMPTY = Rule(
    "yaml-empty",
    "there are no data here",
    "write at least one line like 'title: Meet in person first'",
)
NOT_FIELDS = Rule(
    "yaml-not-fields",
    "this should be lines with a name and a value, and it is something else",
    "begin with a line like 'title: Meet in person first', with a colon and a space after the name",
)
SECOND_DOCUMENT = Rule(
    "yaml-second-document",
    "three hyphens or three dots end the data above, and one file holds only one set of data",
    "delete that line, or move what follows it to a file of its own",
)
TOO_DEEP = Rule(
    "yaml-too-deep",
    "there are more than {limit} levels inside each other",
    "check the brackets in this line and the spaces before it",
)
TOO_MANY = Rule(
    "yaml-too-many",
    "the file has more than {limit:,} values",
    "split it into several files",
)

# Rules against parts of YAML that the handbook does not need

ANCHOR = Rule(
    "yaml-anchor",
    "a value that begins with '&' is read as an anchor, and anchors are not allowed",
    "remove the '&' and the name after it, or put the whole text in quotes if they belong to it",
)
ALIAS = Rule(
    "yaml-alias",
    "a value that begins with '*' is read as an alias, and aliases are not allowed",
    "write out what it stands for, or put the whole text in quotes if the star belongs to it",
)
TAG = Rule(
    "yaml-tag",
    "a value that begins with '!' is read as a tag, and tags are not allowed",
    "remove the '!' and the name after it, or put the whole text in quotes if they belong to it",
)
MERGE = Rule(
    "yaml-merge",
    "'<<' copies other data to this place, and that is not allowed",
    "write the fields and their values out",
)
DUPLICATE = Rule(
    "yaml-duplicate",
    "'{name}' was already given on line {first}",
    "remove one of the two, or put both values under one name",
)
NAME = Rule(
    "yaml-name",
    "the name before a colon should be a word, and it is empty, a list or a group of fields",
    "write a word before the colon, or put the whole text in quotes if brackets or a colon belong to it",
)
ESCAPED_CHARACTER = Rule(
    "yaml-escaped-character",
    "a backslash in this text stands for the character {code} ({name}), which is not allowed",
    "remove the backslash and the letters or digits that belong to it",
)

# Rules about what the parser cannot read

TAB = Rule(
    "yaml-tab",
    "a tab stands before the text of this line",
    "replace it by spaces, two for each level",
)
INDENTATION = Rule(
    "yaml-indentation",
    "this line does not line up with the lines above it",
    "let it begin exactly below the name or hyphen that it belongs with; for a long text write '>-' "
    "after the colon and indent every line of the text by two spaces",
)
COLON = Rule(
    "yaml-colon",
    "a colon with a space after it, inside a text without quotes, is read as the start of another value",
    "put the whole text in quotes, or write '>-' after the first colon and the text on the next line, indented by two spaces",
)
NO_COLON = Rule(
    "yaml-no-colon",
    "this line has no name, or no colon and space after the name",
    "write it like 'title: Meet in person first', or indent it by two more spaces if it continues the text above",
)
LIST_ITEM = Rule(
    "yaml-list-item",
    "a list entry cannot stand here",
    "write nothing after the colon of the list's name and each entry on a line of its own below it, all hyphens in the same column",
)
LIST_BROKEN = Rule(
    "yaml-list-broken",
    "the list above is not finished, and this line does not begin with '- '",
    "begin it with '- ', or let it begin exactly below the text of the entry that it belongs to",
)
QUOTE_OPEN = Rule(
    "yaml-quote-open",
    "the text that begins here with a quotation mark has none at its end",
    "add the same mark at the end, or put the whole text in quotes of the other kind if this mark belongs to it",
)
AFTER_QUOTE = Rule(
    "yaml-after-quote",
    "the text goes on after its closing quotation mark",
    "remove the quotes, or write '>-' after the colon or hyphen and the whole text on the next line, indented by two spaces",
)
BRACKET_OPEN = Rule(
    "yaml-bracket-open",
    "what begins with this bracket is not closed, or lacks a comma",
    "write commas between the values and close the bracket, or put the whole text in quotes if the bracket belongs to it",
)
AFTER_BRACKET = Rule(
    "yaml-after-bracket",
    "the text goes on after its closing bracket",
    "remove it, or put the whole text in quotes if the brackets belong to it",
)
FIRST_CHARACTER = Rule(
    "yaml-first-character",
    "a text without quotes cannot begin with '{character}'",
    "put the whole text in quotes",
)
ESCAPE = Rule(
    "yaml-escape",
    "in double quotes a backslash has a meaning of its own, and this one has none that is known",
    "put the text in single quotes, or write every backslash twice",
)
BLOCK = Rule(
    "yaml-block",
    "nothing can follow '>' or '|' on the same line",
    "write the text on the next line, indented by two spaces, or put the whole text in quotes if the sign belongs to it",
)
SYNTAX = Rule(
    "yaml-syntax",
    "this cannot be read as YAML ({words})",
    "compare this line and the one above it with another file of the same kind, or put the whole text in quotes",
)


class Map(dict[str, "Value"]):
    """Named values in their order, with the place of each name, of each value, and its own."""

    __slots__ = ("at", "keys_at", "values_at")

    def __init__(self, at: Spot = (1, 1)) -> None:
        super().__init__()
        self.at = at
        self.keys_at: dict[str, Spot] = {}
        self.values_at: dict[str, Spot] = {}


class Seq(list["Value"]):
    """A list, with the place of each item, and its own."""

    __slots__ = ("at", "items_at")

    def __init__(self, at: Spot = (1, 1)) -> None:
        super().__init__()
        self.at = at
        self.items_at: list[Spot] = []


Value: TypeAlias = str | Map | Seq | None


def read(source: str | bytes, path: str, first_line: int = 1) -> tuple[Map, list[Problem]]:
    """Read one YAML document whose top is a mapping.

    ``source`` is what the file holds, ``path`` its name in messages, and
    ``first_line`` the line of the file on which ``source`` begins.

    Returns the mapping and all problems, sorted by place. Where reading had to
    stop the mapping is empty and there is at least one problem; otherwise it
    holds all that could be read: of equal keys the first, for an alias None,
    for a forbidden character U+FFFD. Raises nothing, whatever the source.
    """
    text, problems = decode(source, path)
    if text is None:
        return Map(), problems
    # What is mended here is mended one for one, so that columns stay right.
    if problems := forbidden_characters(text, path, first_line):
        text = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    if not text.isascii() and (spaces := _misplaced_spaces(text, path, first_line)):
        problems += spaces
        text = MISPLACED_SPACE.sub(lambda found: found[0][: -len(found[1])] + " " * len(found[1]), text)
    builder = _Builder(path, first_line, has_escapes="\\" in text)
    try:
        builder.build(text)
    except _Stop:
        builder.top = Map()
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: PyYAML on "\UFFFFFFFF"
        builder.top = Map()
        problems.append(_in_plain_words(error, text, path, first_line, builder.here))
    return builder.top, sorted(_within(text, first_line, problems + builder.problems))


def _within(text: str, first_line: int, problems: list[Problem]) -> Iterator[Problem]:
    """``problems``, at the end of the last line if they are on the next: there libyaml ends a text without a last line end."""
    last = first_line + text.count("\n")
    for problem in problems:
        beyond = problem.place.line > last
        yield replace(problem, place=Place(problem.place.path, last, len(text) - text.rfind("\n"))) if beyond else problem


def decode(source: str | bytes, path: str) -> tuple[str | None, list[Problem]]:
    r"""Return the text without a BOM at its start and with ``\n`` for every line end, or None and the reason.

    Python, and so MkDocs, reads a file that it opens as ``utf-8-sig`` in the same way.
    """
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(raw) > MAX_BYTES:
        return None, [TOO_LARGE.at(Place(path, 1, 1), size=len(raw), limit=MAX_BYTES)]
    try:
        return _plain_line_ends(source if isinstance(source, str) else raw.decode("utf-8")), []
    except UnicodeDecodeError as error:
        before = _plain_line_ends(raw[: error.start].decode("utf-8"))
        return None, [NOT_UTF8.at(_place(before, len(before), path, 1), byte=f"0x{raw[error.start]:02X}")]


def forbidden_characters(text: str, path: str, first_line: int = 1) -> list[Problem]:
    """Return a problem for each forbidden character in a decoded text, but for no more than are ever listed."""
    if text.replace("\n", " ").isprintable():  # no forbidden character is printable, and this is quicker
        return []
    return [
        CHARACTER.at(_place(text, found.start(), path, first_line), **_named(found[0]))
        for found in islice(FORBIDDEN.finditer(text), MOST + 1)
    ]


def _misplaced_spaces(text: str, path: str, first_line: int) -> list[Problem]:
    return [
        SPACE.at(_place(text, found.start(1), path, first_line), **_named(found[1][0]))
        for found in islice(MISPLACED_SPACE.finditer(text), MOST + 1)
    ]


def _plain_line_ends(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _place(text: str, index: int, path: str, first_line: int) -> Place:
    return Place(path, text.count("\n", 0, index) + first_line, index - text.rfind("\n", 0, index))


def _named(character: str) -> dict[str, str]:
    name = unicodedata.name(character, "a character without a name").lower()
    return {"code": f"U+{ord(character):04X}", "name": name}


class _Stop(Exception):  # noqa: N818  (no error: the problem is noted, and the rest is not read)
    pass


_REFUSED: Final = "\0refused"
"""Stands where a key was refused, so that its value is not kept. No key of a file is this object."""


class _Builder:
    """Builds values out of the parser's events.

    ``here`` is the mapping or list that is open. In a mapping ``key`` waits
    for its value; while it is None a key is due. ``around`` holds both for
    everything that is open outside ``here``.
    """

    def __init__(self, path: str, first_line: int, *, has_escapes: bool) -> None:
        self.path = path
        self.first_line = first_line
        self.has_escapes = has_escapes
        self.lines: list[str] = []
        self.problems: list[Problem] = []
        self.top = Map()
        self.here: Map | Seq | None = None
        self.key: str | None = None
        self.around: list[tuple[Map | Seq | None, str | None]] = []
        self.values = 0
        self.documents = 0

    def build(self, text: str) -> None:
        """Read all of the text. Raises ``_Stop`` after a problem that ends the reading, and what PyYAML raises."""
        if NOTE_LIKE.search(text):
            self.lines = text.split("\n")
        if text.startswith("%") or "\n%" in text:
            lines = text.split("\n")
            self.stop(DIRECTIVE, (next(n for n, line in enumerate(lines) if line[:1] == "%") + self.first_line, 1))
        takers = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.begin,
            yaml.SequenceStartEvent: self.begin,
            yaml.MappingEndEvent: self.end,
            yaml.SequenceEndEvent: self.end,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        taker_of = takers.get
        loader = LOADER(text)
        try:
            for event in iter(loader.get_event, None):  # yaml.parse says the same, at nearly twice the cost
                take = taker_of(type(event))
                if take is not None:
                    take(event)
        finally:
            loader.dispose()
        if not self.documents:
            self.stop(EMPTY, (self.first_line, 1))

    def scalar(self, event: Any) -> None:
        mark = event.start_mark
        spot = (mark.line + self.first_line, mark.column + 1)
        value, style = event.value, event.style
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event, spot)
        if self.has_escapes and style == '"' and (found := FORBIDDEN.search(value)):
            self.refuse(ESCAPED_CHARACTER, spot, **_named(found[0]))
        if self.lines and not style:
            end = event.end_mark  # on the line after the last where a value is missing at the end of the file
            if end.line < len(self.lines) and (note := NOTE_LIKE.match(self.lines[end.line], end.column)):
                self.refuse(NOTE, (end.line + self.first_line, note.end() - 1))
        if value in NULLS and not style:
            value = None
        if self.key is None and isinstance(self.here, Map):
            self.name(value, spot, self.here.keys_at, plain=not style)
        else:
            self.keep(value, spot)

    def begin(self, event: Any) -> None:
        spot = self.spot(event)
        value = Map(spot) if type(event) is yaml.MappingStartEvent else Seq(spot)
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event, spot)
        if len(self.around) == MAX_DEPTH:
            self.stop(TOO_DEEP, spot, limit=MAX_DEPTH)
        if self.key is None and isinstance(self.here, Map):
            self.refuse(NAME, spot)
            self.around.append((self.here, _REFUSED))
        else:
            self.keep(value, spot)
            self.around.append((self.here, None))
        self.here, self.key = value, None

    def end(self, _event: Any) -> None:
        self.here, self.key = self.around.pop()

    def alias(self, event: Any) -> None:
        spot = self.spot(event)
        self.refuse(ALIAS, spot)
        if self.key is None and isinstance(self.here, Map):
            self.key = _REFUSED
        else:
            self.keep(None, spot)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop(SECOND_DOCUMENT, self.spot(event))

    def name(self, key: str | None, spot: Spot, keys_at: dict[str, Spot], *, plain: bool) -> None:
        """Note a key of the open mapping. If it is refused, its value will be read but not kept."""
        self.key = _REFUSED
        if key is None:
            self.refuse(NAME, spot)
        elif key == "<<" and plain:
            self.refuse(MERGE, spot)
        elif key in keys_at:
            self.refuse(DUPLICATE, spot, name=key, first=keys_at[key][0])
        else:
            self.key = key
            keys_at[key] = spot

    def keep(self, value: Value, spot: Spot) -> None:
        """Put a value where it belongs: under the key that waits for it, at the end of the list, or on top."""
        self.values += 1
        if self.values > MAX_VALUES:
            self.stop(TOO_MANY, spot, limit=MAX_VALUES)
        here, key = self.here, self.key
        if isinstance(here, Map):
            if key is not None and key is not _REFUSED:
                here[key] = value
                here.values_at[key] = spot
            self.key = None
        elif isinstance(here, Seq):
            here.append(value)
            here.items_at.append(spot)
        elif isinstance(value, Map):
            self.top = value
        else:
            self.stop(EMPTY if value is None else NOT_FIELDS, spot)

    def refuse_properties(self, event: Any, spot: Spot) -> None:
        if event.anchor is not None:
            self.refuse(ANCHOR, spot)
        if event.tag is not None:
            self.refuse(TAG, spot)

    def spot(self, event: Any) -> Spot:
        mark = event.start_mark
        return mark.line + self.first_line, mark.column + 1

    def refuse(self, rule: Rule, spot: Spot, **values: object) -> None:
        self.problems.append(rule.at(Place(self.path, *spot), **values))

    def stop(self, rule: Rule, spot: Spot, **values: object) -> NoReturn:
        self.refuse(rule, spot, **values)
        raise _Stop


# The parser's errors in plain words. Each table gives a part of what libyaml 0.2.5 or PyYAML's own parser says, and
# the rule that it means. Rows and columns below count from 0, as the parser's marks do.

_WHERE_IT_BEGAN: Final = (
    ("while scanning a quoted scalar", QUOTE_OPEN),
    ("while parsing a flow", BRACKET_OPEN),
    ("could not find expected ':'", NO_COLON),
    ("while scanning an alias", ALIAS),
    ("while scanning an anchor", ANCHOR),
    ("ing a tag", TAG),
    ("tag handle", TAG),
)
"""What cannot be finished, and has to be mended where it began."""

_WHERE_IT_FAILED: Final = (
    ("while parsing a quoted scalar", ESCAPE),
    ("while scanning a double-quoted scalar", ESCAPE),
    ("while scanning a block scalar", BLOCK),
    ("sequence entries are not allowed", LIST_ITEM),
    ("cannot start any token", FIRST_CHARACTER),
    ("node content", FIRST_CHARACTER),
    ("mapping keys are not allowed", FIRST_CHARACTER),
)
"""What cannot begin or go on at the place where the parser gave up."""

_NOT_DUE: Final = ("expected key", "'-' indicator", "<block end>", "<document start>")
"""What the parser misses where something else stands that is good YAML in itself."""


def _in_plain_words(error: Exception, text: str, path: str, first_line: int, inside: Map | Seq | None) -> Problem:
    """Return the problem behind an error of the parser, which came ``inside`` a mapping or list that is not finished."""
    failed = getattr(error, "problem_mark", None)
    if failed is None:
        return SYNTAX.at(Place(path, first_line, 1), words=str(error))
    words = ", ".join(part for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part)
    lines = text.split("\n")
    lines.append("")  # libyaml may end on the line after the last
    mark = getattr(error, "context_mark", None) or failed
    began = mark.line, mark.column
    if inside is not None and "while parsing a flow node" in words:  # the mark is where a value is missing, not where the brackets begin
        began = inside.at[0] - first_line, inside.at[1] - 1
    rule, row, column = _cause(words, lines, began, (failed.line, failed.column))
    if "\t" in (indentation := _indentation(lines[row])):
        rule, column = TAB, indentation.index("\t")
    elif rule is ESCAPE:
        column = max(lines[row].rfind("\\", 0, column + 1), 0)  # the parser may be past it
    character = lines[row][column : column + 1]
    return rule.at(Place(path, row + first_line, column + 1), character=character, words=words)


def _cause(words: str, lines: list[str], began: Spot, failed: Spot) -> tuple[Rule, int, int]:
    """Return the rule that is broken, and the row and column."""
    if "mapping values are not allowed" in words:
        return _unexpected_colon(lines, *failed)
    for part, rule in _WHERE_IT_BEGAN:
        if part in words:
            return rule, *began
    for part, rule in _WHERE_IT_FAILED:
        if part in words:
            return rule, *failed
    if any(part in words for part in _NOT_DUE):
        return _not_due(words, lines, *failed)
    return SYNTAX, *failed


def _unexpected_colon(lines: list[str], row: int, column: int) -> tuple[Rule, int, int]:
    """Tell a colon in a text from a line that the parser took for the end of the text above it."""
    if ": " in lines[row][:column]:
        return COLON, row, column
    above = next((n for n in range(row - 1, -1, -1) if lines[n].strip() and lines[n].lstrip()[0] != "#"), row)
    indents = len(_indentation(lines[above])), len(_indentation(lines[row]))
    if above == row or indents[1] > indents[0]:
        return INDENTATION, row, indents[1]
    return NO_COLON, above, indents[0]


def _not_due(words: str, lines: list[str], row: int, column: int) -> tuple[Rule, int, int]:
    """Tell what stands where the parser expected the next key, the next item or the end."""
    before, here = lines[row][:column].rstrip(), lines[row][column : column + 1]
    if here == ":":
        return NAME, row, column
    if before:
        bracket = before[-1] in "]}" or here in "]}"
        return AFTER_QUOTE if before[-1] in "'\"" else AFTER_BRACKET if bracket else SYNTAX, row, column
    if "<document start>" in words:
        dots = next((n for n in range(row) if lines[n].startswith("...")), None)
        return (INDENTATION, row, column) if dots is None else (SECOND_DOCUMENT, dots, 0)
    if here == "-":
        return LIST_ITEM, row, column
    return LIST_BROKEN if "block collection" in words else INDENTATION, row, column


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]
