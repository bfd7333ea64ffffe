"""The words of every rule for YAML, the places they name, and that nothing gets past or brings the reader down."""

from __future__ import annotations

import time
from typing import NamedTuple

import pytest

from handbook import yamlread
from handbook.problem import MOST, RULES, Place, Problem, Rule, nearest
from handbook.yamlread import MAX_BYTES, Map, Seq, read

FILE = "data/x.yaml"


class Bad(NamedTuple):
    """A source with one thing wrong, and the message it gets."""

    source: str | bytes
    message: str


BAD = {
    "yaml-too-large": Bad(
        "a: " + "x" * MAX_BYTES,
        "data/x.yaml:1:1: the file has 262,147 bytes, and no more than 262,144 are allowed; split it into several files",
    ),
    "yaml-not-utf8": Bad(
        b"title: Smart\nplace: \xc5rhus\n",
        "data/x.yaml:2:8: the byte 0xC5 here is not UTF-8 text; "
        "save the file again with the encoding UTF-8, and look whether accents and special letters are still right",
    ),
    "yaml-character": Bad(
        "title: Smart\u200bcity\n",
        "data/x.yaml:1:13: the character U+200B (zero width space) is not allowed, because readers cannot see it; "
        "delete the letters or the line around it and type them anew, without any picture sign (emoji)",
    ),
    "yaml-space": Bad(
        "title:\xa0Smart city\n",
        "data/x.yaml:1:7: the space here is not an ordinary one but U+00A0 (no-break space), "
        "which YAML takes for a letter; delete it, and type a space if there should be one",
    ),
    "yaml-note": Bad(
        "title: Be customer  #1\nb: one # a note\n",
        "data/x.yaml:1:21: what follows the blank and '#' would be taken for a note to other editors, and readers would not see it; "
        "put quotation marks around the whole text, or, if it is a note, type a blank after the #",
    ),
    "yaml-directive": Bad(
        "%YAML 1.2\n---\ntitle: Smart city\n",
        "data/x.yaml:1:1: a line that begins with '%' gives orders to the program that reads the file, "
        "and that is not allowed; delete the line, or indent it by two spaces if it belongs to a text",
    ),
    "yaml-empty": Bad(
        "# nothing yet\n",
        "data/x.yaml:1:1: there are no data here; write at least one line like 'title: Meet in person first'",
    ),
    "yaml-not-fields": Bad(
        "- one\n- two\n",
        "data/x.yaml:1:1: this should be lines with a name and a value, and it is something else; "
        "begin with a line like 'title: Meet in person first', with a colon and a space after the name",
    ),
    "yaml-second-document": Bad(
        "title: One\n---\ntitle: Two\n",
        "data/x.yaml:2:1: three hyphens or three dots end the data above, and one file holds only one set of data; "
        "delete that line, or move what follows it to a file of its own",
    ),
    "yaml-too-deep": Bad(
        "a: " + "[" * 12 + "]" * 12 + "\n",
        "data/x.yaml:1:15: there are more than 12 levels inside each other; check the brackets in this line and the spaces before it",
    ),
    "yaml-too-many": Bad(
        "a:\n" + "- x\n" * 20_000,
        "data/x.yaml:20000:3: the file has more than 20,000 values; split it into several files",
    ),
    "yaml-anchor": Bad(
        "first: &name Oslo\n",
        "data/x.yaml:1:8: a value that begins with '&' is read as an anchor, and anchors are not allowed; "
        "remove the '&' and the name after it, or put the whole text in quotes if they belong to it",
    ),
    "yaml-alias": Bad(
        "first: *name\n",
        "data/x.yaml:1:8: a value that begins with '*' is read as an alias, and aliases are not allowed; "
        "write out what it stands for, or put the whole text in quotes if the star belongs to it",
    ),
    "yaml-tag": Bad(
        "first: !!python/name:os.system x\n",
        "data/x.yaml:1:8: a value that begins with '!' is read as a tag, and tags are not allowed; "
        "remove the '!' and the name after it, or put the whole text in quotes if they belong to it",
    ),
    "yaml-merge": Bad(
        "one: 1\n<<: {two: 2}\n",
        "data/x.yaml:2:1: '<<' copies other data to this place, and that is not allowed; write the fields and their values out",
    ),
    "yaml-duplicate": Bad(
        "title: One\nfield: x\ntitle: Two\n",
        "data/x.yaml:3:1: 'title' was already given on line 1; remove one of the two, or put both values under one name",
    ),
    "yaml-name": Bad(
        "title: {{ cite('x') }}\n",
        "data/x.yaml:1:9: the name before a colon should be a word, and it is empty, a list or a group of fields; "
        "write a word before the colon, or put the whole text in quotes if brackets or a colon belong to it",
    ),
    "yaml-escaped-character": Bad(
        'title: "Smart\\u202ecity"\n',
        "data/x.yaml:1:8: a backslash in this text stands for the character U+202E (right-to-left override), "
        "which is not allowed; remove the backslash and the letters or digits that belong to it",
    ),
    "yaml-tab": Bad(
        "needs:\n\t- money\n",
        "data/x.yaml:2:1: a tab stands before the text of this line; replace it by spaces, two for each level",
    ),
    "yaml-indentation": Bad(
        "title: Smart\n  field: x\n",
        "data/x.yaml:2:3: this line does not line up with the lines above it; "
        "let it begin exactly below the name or hyphen that it belongs with; for a long text write '>-' "
        "after the colon and indent every line of the text by two spaces",
    ),
    "yaml-colon": Bad(
        "title: Smart: a city\n",
        "data/x.yaml:1:13: a colon with a space after it, inside a text without quotes, "
        "is read as the start of another value; put the whole text in quotes, or write '>-' after the first colon "
        "and the text on the next line, indented by two spaces",
    ),
    "yaml-no-colon": Bad(
        "title: Smart\ncity\nfield: x\n",
        "data/x.yaml:2:1: this line has no name, or no colon and space after the name; "
        "write it like 'title: Meet in person first', or indent it by two more spaces if it continues the text above",
    ),
    "yaml-list-item": Bad(
        "needs: money\n- people\n",
        "data/x.yaml:2:1: a list entry cannot stand here; write nothing after the colon of the list's name "
        "and each entry on a line of its own below it, all hyphens in the same column",
    ),
    "yaml-list-broken": Bad(
        "needs:\n  - money\n  people: 2\n",
        "data/x.yaml:3:3: the list above is not finished, and this line does not begin with '- '; "
        "begin it with '- ', or let it begin exactly below the text of the entry that it belongs to",
    ),
    "yaml-quote-open": Bad(
        "title: Smart\nplace: 't Hoen\nfield: x\n",
        "data/x.yaml:2:8: the text that begins here with a quotation mark has none at its end; "
        "add the same mark at the end, or put the whole text in quotes of the other kind if this mark belongs to it",
    ),
    "yaml-after-quote": Bad(
        'title: "Smart" city\n',
        "data/x.yaml:1:16: the text goes on after its closing quotation mark; remove the quotes, "
        "or write '>-' after the colon or hyphen and the whole text on the next line, indented by two spaces",
    ),
    "yaml-bracket-open": Bad(
        "needs: [money, people\nfield: x\n",
        "data/x.yaml:1:8: what begins with this bracket is not closed, or lacks a comma; "
        "write commas between the values and close the bracket, or put the whole text in quotes "
        "if the bracket belongs to it",
    ),
    "yaml-after-bracket": Bad(
        "needs: [money] people\n",
        "data/x.yaml:1:16: the text goes on after its closing bracket; remove it, or put the whole text in quotes if the brackets belong to it",
    ),
    "yaml-first-character": Bad(
        "title: @home\n",
        "data/x.yaml:1:8: a text without quotes cannot begin with '@'; put the whole text in quotes",
    ),
    "yaml-escape": Bad(
        'path: "C:\\data"\n',
        "data/x.yaml:1:10: in double quotes a backslash has a meaning of its own, and this one has none that is known; "
        "put the text in single quotes, or write every backslash twice",
    ),
    "yaml-block": Bad(
        "title: > Smart city\n",
        "data/x.yaml:1:10: nothing can follow '>' or '|' on the same line; write the text on the next line, "
        "indented by two spaces, or put the whole text in quotes if the sign belongs to it",
    ),
    "yaml-syntax": Bad(
        "needs: {money:}\n",
        "data/x.yaml:1:14: this cannot be read as YAML (while scanning a plain scalar, found unexpected ':'); "
        "compare this line and the one above it with another file of the same kind, "
        "or put the whole text in quotes",
    ),
}

PLACES: list[tuple[str | bytes, str]] = [
    # the file
    ("", "yaml-empty 1:1"),
    (b"\xef\xbb\xbf", "yaml-empty 1:1"),
    ("---\n", "yaml-empty 2:1"),
    ("null\n", "yaml-empty 1:1"),
    ("Smart city", "yaml-not-fields 1:1"),
    ("title Smart city\nfield x\n", "yaml-not-fields 1:1"),
    ("# notes\n\n- one\n", "yaml-not-fields 3:1"),
    ("a: 1\n---\n", "yaml-second-document 2:1"),
    ("a: 1\n...\nb: 2\n", "yaml-second-document 2:1"),
    ("a: 1\n%TAG ! x\n", "yaml-directive 2:1"),
    (b"\xff\xfet\x00i\x00", "yaml-not-utf8 1:1"),
    (b"\xef\xbb\xbfa: \xff", "yaml-not-utf8 1:4"),
    ("å: ø\r\nb: ".encode() + b"caf\xe9\r\n", "yaml-not-utf8 2:7"),
    # characters
    ("a: x\ufeff", "yaml-character 1:5"),
    ("a: \u202eb\nc: \x07\nd: \ue000\ne: \u2028\nf: \x85", " ".join(f"yaml-character {n}:4" for n in range(1, 6))),
    ("\u200ba: 1\nb: \U000e0041\nb: 2", "yaml-character 1:1 yaml-character 2:4 yaml-duplicate 3:1"),
    ("a: x\n" * 2 + "b: \ud800", "yaml-duplicate 2:1 yaml-character 3:4"),
    ('a: "\\x07"\nb: [x, "\\ufeff"]', "yaml-escaped-character 1:4 yaml-escaped-character 2:8"),
    ("a:\n  -\u2009b\n  - c:\u202fd", "yaml-space 2:4 yaml-space 3:7"),
    ("a:\n\xa0\xa0b: 1\n", "yaml-space 2:1"),
    # what the handbook does not need
    ("a: &x [1]\nb: *x\n*x : 1", "yaml-anchor 1:4 yaml-alias 2:4 yaml-alias 3:1"),
    ("a: &x\n  b: 1", "yaml-anchor 1:4"),
    ("&x a: !!set {b}\nc: ! d", "yaml-anchor 1:1 yaml-tag 1:7 yaml-tag 2:4"),
    ("a: &b !c d", "yaml-anchor 1:4 yaml-tag 1:4"),
    ("a: *bold* text", "yaml-alias 1:4"),
    ("a:\n  - **Bold** text", "yaml-alias 2:5"),
    ("a: & sons", "yaml-anchor 1:4"),
    ("a: !a!b c", "yaml-tag 1:4"),
    ("a: !<b c", "yaml-tag 1:4"),
    ("a:\n  x: 1\n  x: 2\n  x: 3\nb: {y: 1, y: 2}", "yaml-duplicate 3:3 yaml-duplicate 4:3 yaml-duplicate 5:11"),
    ('a: 1\n"a": 2', "yaml-duplicate 2:1"),
    ("? [a]\n: {b: 1, b: 2}\nc: 1\nc: 2", "yaml-name 1:3 yaml-duplicate 2:10 yaml-duplicate 4:1"),
    ("~: 1\nnull: 2\n? \n: 3", "yaml-name 1:1 yaml-name 2:1 yaml-name 3:2"),
    (": 1", "yaml-name 1:1"),
    ("a:\n  - : 1", "yaml-name 2:5"),
    # what cannot be read
    ("a:\n  b: 1\n \tc: 2", "yaml-tab 3:2"),
    ("a: text\n\tgoes on", "yaml-tab 2:1"),
    ("a: |\n\ttext", "yaml-tab 2:1"),
    ("a: 1\na: 2\n\tb", "yaml-duplicate 2:1 yaml-tab 3:1"),
    ("a:\n  b: 1\n c: 2", "yaml-indentation 3:2"),
    ("a:\n  b: 1\n   c: 2", "yaml-indentation 3:4"),
    ("  a: 1\nb: 2", "yaml-indentation 2:1"),
    ("a: |\n   x\n  y", "yaml-indentation 3:3"),
    ("- a: 1\n- b: c: d", "yaml-not-fields 1:1"),
    ("a:\n  - b: see: there", "yaml-colon 2:11"),
    ('a: "x": y', "yaml-colon 1:7"),
    ("a: 1\ntitle:Smart\nb: 2", "yaml-no-colon 2:1"),
    ("a: >-\nSmart city", "yaml-no-colon 2:1"),
    ("a: - x", "yaml-list-item 1:4"),
    ("a:\n  - x\n - y", "yaml-list-item 3:2"),
    ("a: 'It's smart'", "yaml-after-quote 1:8"),
    ('a:\n  - "Smart" city', "yaml-after-quote 2:13"),
    ('a: 1\nb: "x\nc: 2\n', "yaml-quote-open 2:4"),
    ("a: {b: 1", "yaml-bracket-open 1:4"),
    ("a: [b]]", "yaml-after-bracket 1:7"),
    ("a: `b`", "yaml-first-character 1:4"),
    ("a: , b", "yaml-first-character 1:4"),
    ("a: %b", "yaml-first-character 1:4"),
    ("a: ? b", "yaml-first-character 1:4"),
    ('a: "\\ud800"', "yaml-escape 1:5"),
    ('a: "\\UFFFFFFFF"', "yaml-escape 1:5"),
    ("a: |-x", "yaml-block 1:6"),
]


def found(source: str | bytes) -> str:
    return " ".join(f"{p.rule.id} {p.place.line}:{p.place.column}" for p in read(source, FILE)[1])


@pytest.mark.parametrize("rule", BAD)
def test_each_rule_says_what_is_wrong_and_how_to_mend_it(rule: str) -> None:
    source, message = BAD[rule]
    assert [(p.rule.id, p.message) for p in read(source, FILE)[1]] == [(rule, message)]


def test_each_rule_of_the_module_has_a_bad_example() -> None:
    assert {rule.id for rule in vars(yamlread).values() if isinstance(rule, Rule)} == set(BAD)


@pytest.mark.parametrize(("source", "expected"), PLACES)
def test_problems_name_their_place(source: str | bytes, expected: str) -> None:
    assert found(source) == expected


@pytest.mark.parametrize("text", ["NO", "1.10", "2024-02-30", "017", "true", "0x1f", "1_000", "1:20", "=", "Null", "NaN"])
def test_plain_text_stays_text(text: str) -> None:
    assert read(f"a: {text}\nb: [{text}]\n{text}: c", FILE) == ({"a": text, "b": [text], text: "c"}, [])


def test_no_value_is_none_and_quoted_text_is_text() -> None:
    values, problems = read("a:\nb: ~\nc: null\nd: ''\ne: '~'\nf: \"null\"\ng:\n  -\n  - null\nh: |\n", FILE)
    assert values == {"a": None, "b": None, "c": None, "d": "", "e": "~", "f": "null", "g": [None, None], "h": ""}
    assert not problems


def test_every_key_value_and_item_knows_its_place() -> None:
    values, problems = read('--- # data\nå: x\n"b" : {c: [d, {e: f}]}\ng:\n  - h\n  -   i:\n        >-\n        j\n', FILE)
    assert not problems
    assert (values.at, values.keys_at, values.values_at) == (
        (2, 1),
        {"å": (2, 1), "b": (3, 1), "g": (4, 1)},
        {"å": (2, 4), "b": (3, 7), "g": (5, 3)},
    )
    b, g = values["b"], values["g"]
    assert isinstance(b, Map)
    assert isinstance(g, Seq)
    assert (b.at, b.keys_at, b.values_at) == ((3, 7), {"c": (3, 8)}, {"c": (3, 11)})
    assert (g.at, g.items_at) == ((5, 3), [(5, 5), (6, 7)])
    last = g[1]
    assert isinstance(last, Map)
    assert (last, last.values_at) == ({"i": "j"}, {"i": (7, 9)})


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no BOM", "BOM"])
def test_line_ends_and_a_bom_do_not_move_places(line_end: str, mark: bytes) -> None:
    source = mark + "title: 😀 x\nå:\n  - y\n\ntitle: z\n".replace("\n", line_end).encode()
    values, problems = read(source, FILE)
    assert values == {"title": "😀 x", "å": ["y"]}
    assert (values.keys_at, values.values_at) == ({"title": (1, 1), "å": (2, 1)}, {"title": (1, 8), "å": (3, 3)})
    assert [p.place for p in problems] == [Place(FILE, 5, 1)]
    assert found(mark + f"a: 😀{line_end}b: 😀\u200b".encode()) == "yaml-character 2:5"


def test_places_count_from_the_first_line_given() -> None:
    values, problems = read("a: 1\na: \u200b\nb: c: d", FILE, first_line=10)
    assert [(p.place.line, p.place.column) for p in problems] == [(11, 1), (11, 4), (12, 5)]
    assert not values
    values, problems = read("a: 1\na: 2", FILE, first_line=10)
    assert (values.at, values.keys_at, problems[0].values["first"]) == ((10, 1), {"a": (10, 1)}, 10)
    assert read("", FILE, first_line=10)[1][0].place.line == 10


def test_reading_goes_on_after_what_does_not_prevent_it() -> None:
    values, problems = read("a: &x 1\nb: *x\na: 2\n<<: {c: 3}\n[d]: {e: 4}\nf: !!str 5\n", FILE)
    assert [p.place.line for p in problems] == [1, 2, 3, 4, 5, 6]
    assert values == {"a": "1", "b": None, "f": "5"}


def test_a_file_full_of_forbidden_characters_is_reported_in_as_many_problems_as_are_listed_and_one() -> None:
    assert len(read("a: " + "\u200b" * 5000, FILE)[1]) == MOST + 1


def test_limits_allow_what_is_just_within_them() -> None:
    assert not found("a: " + "[" * 11 + "]" * 11)
    assert not found("a:\n" + "- x\n" * 19_998)
    assert not found("a: ".ljust(MAX_BYTES, "x"))


def test_a_message_is_one_line_of_bounded_length() -> None:
    rule = Rule("test-message", "'{value}' is wrong, {number:,} times", "mend '{value}'")
    try:
        problem = rule.at(Place("a\nb", 1, 2), "f\x1b", value="x\n\u202e" + "{y}" * 100, number=1000)
    finally:
        del RULES["test-message"]
    assert problem.message.startswith("a\\nb:1:2: f\\x1b: 'x\\n\\u202e{y}{y}")
    assert problem.message.isprintable()
    assert len(problem.message) == len("a\\nb:1:2: f\\x1b: '' is wrong, 1,000 times; mend ''") + 2 * 80


def test_an_id_belongs_to_one_rule() -> None:
    with pytest.raises(ValueError, match="two rules with the id 'yaml-tab'"):
        Rule("yaml-tab", "x", "y")


def test_problems_sort_by_place_and_equal_ones_are_one() -> None:
    def problem(line: int, rule: Rule = yamlread.TAB) -> Problem:
        return rule.at(Place(FILE, line, 1), words="x")

    assert sorted([problem(10), problem(9), problem(9, yamlread.ALIAS)]) == [
        problem(9, yamlread.ALIAS),
        problem(9),
        problem(10),
    ]
    assert len({problem(1), problem(1)}) == 1


def test_nearest_finds_what_was_meant() -> None:
    assert nearest("Sumary", ["title", "summary"]) == "summary"
    assert nearest("funding", ["Funding"]) == "Funding"
    assert nearest("x" * 100_000, ["title", "summary"]) is None


# What must not bring the reader down ----------------------------------------------------------

BOMB = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{o}, *{o}]\n" for o, n in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    "source",
    [
        *(unit * (size // len(unit)) for size in (20_000, 100_000, 250_000) for unit in ("[", "{", "- ", "? ", "[a, ")),
        *(f"a: {unit}" * 60_000 for unit in ("\n", "[")),
        *(unit * 40_000 for unit in ("&a ", "!a ", "%TAG", "a\n", " \t", "a: ", "-  ", "\xa0", " \xa0", '"\\', "a:\xa0\n")),
        "a: '" + "x\n" * 100_000,
        " " * 250_000 + "\xa0",
        BOMB,
    ],
    ids=lambda source: f"{source[:6]!r}, {len(source)}",
)
def test_a_file_made_to_hurt_takes_no_time(source: str) -> None:
    start = time.process_time()
    _, problems = read(source, FILE)
    assert problems
    assert time.process_time() - start < 5  # seconds of this process; what is quadratic takes minutes


def test_a_name_in_quotes_that_looks_like_a_merge_is_a_name() -> None:
    values, problems = read('"<<": x\n', FILE)
    assert (values, problems) == ({"<<": "x"}, [])
