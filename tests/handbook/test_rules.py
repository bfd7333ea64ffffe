"""Each rule is broken by an example, and says in words that a cluster manager understands what is wrong and how to mend it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic_core import core_schema

from handbook import model, records, rules
from handbook.__main__ import main
from handbook.base import Base
from handbook.check import check
from handbook.model import KINDS
from handbook.problem import LONGEST_VALUE, RULES, Problem, Rule
from tests.conftest import ROOT, copy_tiny
from tests.handbook.examples import BAD, EXAMPLES, LESSON, SECTOR, TOOL, change, expected, found, rules_of, spoil

ELSEWHERE = ("yaml-", "front-")
"""Rules that begin so have their examples in test_yamlread.py and test_frontmatter.py."""


def without_ids(printed: str) -> str:
    """What the check prints, without the id of the rule at the end of each line."""
    return re.sub(r" \[[a-z-]+\]$", "", printed, flags=re.MULTILINE)


# Examples -----------------------------------------------------------------------------


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_check_says_exactly_what_is_expected_of(example: str, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(tiny, example)
    assert main(["--root", str(tiny), "check"]) == 1
    assert without_ids(capsys.readouterr().out) == expected(example)
    assert any(problem.rule.id == example and problem.message in expected(example).splitlines() for problem in check(tiny).problems)


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert {rule for rule in RULES if not rule.startswith(ELSEWHERE)} == set(EXAMPLES)


def test_the_handbook_that_the_examples_spoil_has_no_problem(tiny: Path) -> None:
    assert check(tiny).problems == ()


def test_the_real_handbook_has_no_problem() -> None:
    assert [problem.message for problem in check(ROOT).problems] == []


def test_whatever_rule_is_removed_an_example_is_judged_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breakers: dict[str, str] = {}  # an example that each function has something to say about

    def noting(rule: Callable[[Base], Iterator[Problem]], example: str) -> Callable[[Base], Iterator[Problem]]:
        def judge(base: Base) -> Iterator[Problem]:
            for problem in rule(base):
                breakers.setdefault(rule.__name__, example)
                yield problem

        return judge

    def messages(example: str, leave_out: str = "") -> str:
        for name in ("PRESENT", "ABSENT"):
            kept = [noting(rule, example) for rule in tiers[name] if rule.__name__ != leave_out]
            monkeypatch.setattr(rules, name, kept)
        return "".join(problem.message + "\n" for problem in check(folders[example]).problems)

    tiers = {name: getattr(rules, name) for name in ("PRESENT", "ABSENT")}
    folders = {example: copy_tiny(tmp_path / example) for example in EXAMPLES}
    for example, folder in folders.items():
        spoil(folder, example)
        messages(example)
    assert set(breakers) == {rule.__name__ for rule in rules.ALL}
    assert [rule for rule, example in breakers.items() if messages(example, leave_out=rule) == expected(example)] == []


def test_whatever_words_for_a_value_are_removed_an_example_is_judged_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = {example: copy_tiny(tmp_path / example) for example in EXAMPLES if RULES[example] in vars(records).values()}
    for example, folder in folders.items():
        spoil(folder, example)
    unnoticed = []
    for verdict in list(records._WORDS):
        with monkeypatch.context() as patch:
            patch.delitem(records._WORDS, verdict)
            said = {example: "".join(problem.message + "\n" for problem in check(folder).problems) for example, folder in folders.items()}
        unnoticed += [verdict] * all(said[example] == expected(example) for example in folders)
    assert unnoticed == []


def test_there_is_no_example_without_what_it_changes() -> None:
    assert [name for name in EXAMPLES if not any(path.name != "expected.txt" for path in (BAD / name).iterdir())] == []


# Words --------------------------------------------------------------------------------

JARGON = re.compile(
    r"\b(null|bool(ean)?|mapping|dict(ionary)?|scalar|regex|pars(e|er|ing)|strings?|integer|float|array|object|syntax|schema"
    r"|invalid|token|node|error|exception|attribute|parameter|argument|enum|whitespace|indent level|slug|utf8|frontmatter)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: str(rule.id))
def test_no_message_needs_a_programmer_to_understand_it(rule: Rule) -> None:
    words = re.sub(r"\{.*?\}", "", rule.wrong + "; " + rule.mend)
    assert not JARGON.search(words)
    assert rule.mend
    assert words[0].islower() or not words[0].isalpha()
    assert not words.endswith(".")


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_message_is_one_line_with_what_is_wrong_and_how_to_mend_it(example: str) -> None:
    for line in expected(example).splitlines():
        assert re.fullmatch(r"[^:]+:[0-9]+:[0-9]+: [^;]+; .+[^.;]", line)
        assert line.isprintable()
        assert "''" not in line
        assert "{" not in line.replace("{{ ", "").replace("call such as {", "").replace("'{ .button }'", "")


def test_the_words_that_describe_a_needed_field_fit_into_a_message() -> None:
    parts = [part for part in vars(model).values() if isinstance(part, type) and issubclass(part, model.Part)]
    needed = [info for part in parts for info in part.model_fields.values() if info.is_required()]
    assert len(needed) > 50
    assert [info.description for info in needed if not 0 < len(info.description or "") <= LONGEST_VALUE] == []


def test_every_way_in_which_a_value_may_not_fit_has_words() -> None:
    """A list or a group of fields where a text should be is what the rest means."""
    verdicts = {
        "any": set(),
        "bool": {"bool_type"},
        "date": {"date_type"},
        "default": set(),
        "definition-ref": set(),
        "definitions": set(),
        "dict": {"dict_type"},
        "function-after": {"unknown_tag", "unknown_id"},
        "function-before": {"bad_day", "bad_when", "no_such_day", "not_yet", "bad_yes_no", "bad_whole"},
        "int": {"int_type", "int_parsing_size", "greater_than_equal", "less_than_equal"},
        "model": {"model_type"},
        "model-field": set(),
        "model-fields": {"missing", "extra_forbidden"},
        "nullable": set(),
        "str": {"string_type", "string_too_short", "string_too_long", "string_pattern_mismatch"},
        "tuple": {"tuple_type", "too_short"},
    }
    said_of_each_value = {"string_too_short"}  # an empty text, whatever the field
    not_a_text = {"bool_type", "date_type", "int_type", "string_type"}
    used: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("type"), str) and node["type"] in core_schema_types:
                used.add(node["type"])
            for key, value in node.items():
                if key not in {"metadata", "serialization"}:
                    walk(value)
        elif isinstance(node, list | tuple):
            for value in node:
                walk(value)

    core_schema_types = set(core_schema.CoreSchemaType.__args__) | {"model-field"}  # type: ignore[attr-defined]
    for kind in KINDS.values():
        walk(kind.model.__pydantic_core_schema__)
    assert used <= set(verdicts)
    assert {verdict for name in used for verdict in verdicts[name]} - not_a_text - said_of_each_value == set(records._WORDS)


# Single rules -------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["", " ~", " null", " ''", ' "  "', " '\u3000'"])
@pytest.mark.parametrize("field", ["question", "dissent", "tools", "sector_dependence", "reviewed"])
def test_a_field_without_a_value_is_refused_once(field: str, value: str, tiny: Path) -> None:
    text = re.sub(rf"^{field}:.*\n(?: .*\n|- .*\n)*", "", (tiny / LESSON).read_text(encoding="utf-8"), flags=re.MULTILINE)
    (tiny / LESSON).write_text(text.replace("title:", f"{field}:{value}\ntitle:", 1), encoding="utf-8")
    assert found(tiny) == [("text-empty " if value[-1:] in {"'", '"'} else "field-empty ") + LESSON]


@pytest.mark.parametrize("value", ["x", "[x, [y]]", "{a: b}", "[Write]", "[write-it-down]"])
def test_old_ids_are_a_list_of_ids_that_nothing_else_has(value: str, tiny: Path) -> None:
    change(tiny, LESSON, "title:", f"aliases: {value}\ntitle:")
    assert rules_of(tiny) in (["field-not-list"], ["field-not-text"], ["id-shape"], ["alias-taken"])


def test_an_old_id_may_be_an_id_of_another_kind(tiny: Path) -> None:
    change(tiny, LESSON, "title:", "aliases: [telephone-round, pitch, note-it]\ntitle:")
    assert found(tiny) == []


def test_two_records_cannot_have_the_same_old_id(tiny: Path) -> None:
    for lesson in (LESSON, "docs/lessons/ask-again.md"):
        change(tiny, lesson, "title:", "aliases: [note-it]\ntitle:")
    assert found(tiny) == [f"alias-taken {LESSON}"]


def test_an_old_id_that_is_listed_twice_is_one_problem(tiny: Path) -> None:
    change(tiny, LESSON, "title:", "aliases: [note-it, note-it]\ntitle:")
    assert found(tiny) == [f"listed-twice {LESSON}"]


def test_a_file_whose_name_differs_in_capitals_only_is_refused(tiny: Path) -> None:
    shutil.copy(tiny / LESSON, tiny / "docs/lessons/Write-It-Down.md")
    shutil.copytree(tiny / "docs/lessons", tiny / "docs/Lessons")
    assert found(tiny) == ["file-name docs/Lessons", "file-name docs/lessons/Write-It-Down.md"]


def test_two_keys_that_differ_in_capitals_only_are_not_both_ids(tiny: Path) -> None:
    text = (tiny / "data/gaps.yaml").read_text(encoding="utf-8")
    (tiny / "data/gaps.yaml").write_text(text + text.replace("who-answered:", "Who-answered:"), encoding="utf-8")
    assert found(tiny) == ["record-id data/gaps.yaml"]


@pytest.mark.parametrize("name", ["a" * 61, "con--tact", "-x", "x-", "ärger", "a b", "x.y", "%2e", "x\n"])
def test_a_name_that_cannot_be_an_id_is_refused(name: str, tiny: Path) -> None:
    shutil.copy(tiny / "data/uses/calls-2019.yaml", tiny / "data/uses" / f"{name}.yaml")
    assert rules_of(tiny) == ["file-name"]


@pytest.mark.parametrize("kind", ["worked", "did-not-work", "mixed", "open"])
@pytest.mark.parametrize("known", ["yes", "partly", "no"])
def test_only_what_is_left_open_has_no_known_outcome_and_it_has_not_all_of_it(kind: str, known: str, tiny: Path) -> None:
    change(tiny, LESSON, "kind: worked", f"kind: {kind}")
    change(tiny, LESSON, "outcome_known: partly", f'outcome_known: "{known}"')
    assert rules_of(tiny) == ["outcome-contradiction"] * (known == ("yes" if kind == "open" else "no"))


@pytest.mark.parametrize(("published", "expected"), [("", ["mark-twice"]), ("  published: 2021-05\n", [])])
def test_the_year_in_a_mark_tells_sources_apart(published: str, expected: list[str], tiny: Path) -> None:
    change(tiny, "data/sources.yaml", "  publisher: Example Cluster\n", f"  publisher: Example University\n{published}")
    assert rules_of(tiny) == expected


@pytest.mark.parametrize("value", ["1_0", "+5", "1.0", "-1", "0x1", "1e1", "'٣'", "' 5'", "5 000"])
def test_a_whole_number_is_written_in_digits_only(value: str, tiny: Path) -> None:
    change(tiny, TOOL, "weeks_before: 2", f"weeks_before: {value}")
    assert rules_of(tiny) == ["number-shape"]


CIRCLES = {
    "two in a circle": ("a:b b:a", ["a b"]),
    "three in a circle": ("a:b b:c c:a", ["a b c"]),
    "two circles": ("a:b b:a c:d d:c", ["a b", "c d"]),
    "one that only hangs on a circle": ("a:b b:a c:a", ["a b"]),
    "a circle with a way in": ("a:b b:a b:", []),
    "two circles, one of which would open the other": ("a:b b:a b:c c:d d:c", ["a b", "c d"]),
    "a chain": ("a:b b:c c:", []),
}


@pytest.mark.parametrize("case", CIRCLES)
def test_who_could_never_begin_is_told_once_for_each_circle(case: str, tiny: Path) -> None:
    chains, circles = CIRCLES[case]
    builders = [link.split(":") for link in chains.split()]
    entry = (tiny / "data/conditions.yaml").read_text(encoding="utf-8").split("spare-hours:")[0]
    names = sorted({name for link in builders for name in link if name})
    with (tiny / "data/conditions.yaml").open("a", encoding="utf-8") as file:
        file.writelines(entry.replace("telephone-list:", f"{n}:").replace("A list of numbers", f"Condition {n}") for n in names)
    lesson = (tiny / LESSON).read_text(encoding="utf-8").replace("builds: [telephone-list]\n", "")
    for number, (built, needed) in enumerate(builders):
        requires = f"requires:\n  - condition: {needed}\n    strength: must\n" if needed else ""
        text = lesson.replace("write-it-down", f"l-{number}").replace("Members do not", f"{number} do not")
        text = text.replace("title: Write it down\n", f"title: {number}\nbuilds: [{built}]\n{requires}")
        (tiny / f"docs/lessons/l-{number}.md").write_text(text, encoding="utf-8")
    for name in names:  # so that none is an orphan
        change(tiny, TOOL, "requires:\n", f"requires:\n  - condition: {name}\n    strength: helps\n")
    problems = [problem for problem in check(tiny).problems if problem.rule.id == "chain-circle"]
    members = [" ".join(sorted({built for n, (built, _) in enumerate(builders) if f"l-{n}" in str(p.values["circle"])})) for p in problems]
    assert sorted(members) == circles
    assert [problem.rule.id for problem in check(tiny).problems if problem not in problems] == []


def test_a_reference_to_an_old_id_is_told_the_new_one(tiny: Path) -> None:
    change(tiny, LESSON, "title:", "aliases: [note-it]\ntitle:")
    change(tiny, "data/sectors.yaml", "write-it-down", "note-it")
    (problem,) = check(tiny).problems
    assert "did you mean 'write-it-down'? Otherwise " in problem.message


MARKED = {
    "Mail. {{ suggested() }}": 0,
    'Mail. {{ suggested() }} {{ cite("page") }}': 0,
    "Mail.\n{{suggested()}}": 0,
    "Mail. {{ suggested() }}.": 1,
    "{{ suggested() }} Mail.": 1,
    "Mail. {{ suggested() }}\n\nMore.": 1,
    "- One\n- Two {{ suggested() }}\n- Three": 2,
    "- One {{ suggested() }}\n    - Deeper": 1,
    "1. One {{ suggested() }}\n2) Two": 1,
    "### Smaller\nMail.": 1,
    "### Smaller\n\nMail. {{ suggested() }}": 0,
    "Mail. {{ proven() }}": 1,
    "> Mail.": 1,
}


@pytest.mark.parametrize("text", MARKED)
def test_each_paragraph_and_list_item_ends_with_what_it_rests_on(text: str, tiny: Path) -> None:
    change(tiny, LESSON, 'Mail is easily missed. {{ inferred("study", "start") }}', text)
    assert [rule for rule in rules_of(tiny) if rule != "list-number"] == ["prose-without-mark"] * MARKED[text]


LINKS = {
    "[words](../index.md)": "",
    "[words\nover two lines](../index.md)": "",
    "[a [b] c](../index.md)": "",
    "[words](<../index.md>)": "",
    "[words](index.md)": "",
    "[words](#marks)": "",
    "[words](https://example.org/a?b=c#d)": "",
    "[words](mailto:a@example.org)": "",
    "<https://example.org/>": "link-is-address",
    "words [sic] more": "",
    "“as planned” [sic] (our translation)": "",
    "[words] (https://example.org/)": "link-apart",
    "[words](https://münchen.de/)": "link-letters",
    "[words](../index.html)": "link-shape",
    "[words](/index.md)": "link-shape",
    "[words](//example.org)": "link-shape",
    "[words](ftp://example.org)": "link-shape",
    "[words](JavaScript:x)": "link-shape",
    "[words](\njavascript:x)": "link-shape",
    '[words](../index.md "title")': "link-title",
    "[words](https://example.org/ 'title')": "link-title",
    "[words](../index.md": "link-shape",
    "[words](https://example.org/a b)": "link-shape",
    "[words](data:text/html,x)": "link-shape",
    "[words](ftp:a@example.org)": "link-shape",
    "[words](https://.../)": "link-shape",
    "[words](https://example/)": "link-shape",
    "[words](https://example.org:99999999/)": "link-shape",
    "[words](https://example.org:65535/a)": "",
    "[words](https://example.org:65536/a)": "link-shape",
    "[words](mailto:a@..)": "link-shape",
    "[words](https://example.org/A_(b))": "link-brackets",
    "[words](https://example.org/A_%28b%29)": "",
    "![words](../assets/map.svg)": "",
    "![a [b] c](../assets/map.svg)": "",
    "![words](../index.md)": "picture-elsewhere",
    "![words](https://example.org/a.png)": "picture-elsewhere",
    "![a [b] c](https://example.org/a.png)": "picture-elsewhere",
    "![a \\] b](https://example.org/a.png)": "picture-elsewhere",
    "![a [b](../index.md) c](https://example.org/a.png)": "picture-elsewhere picture-elsewhere",
    "![one](../assets/map.svg) [two](https://example.org/)": "",
    "[![one](../assets/map.svg)](https://example.org/)": "",
    "![words](../assets/nosuch.svg)": "link-broken",
    "[words]()": "link-shape",
    "[words](../nosuch.md)": "link-broken",
    "[words](../../data/gaps.yaml)": "link-broken",
    "[](../index.md)": "link-empty",
    "![](../assets/map.svg)": "picture-words",
    "[words][name]": "link-by-name",
    "[words]: https://example.org": "link-by-name",
    "> [two\nlines]: javascript:x": "link-by-name",
    "        [deep]: javascript:x": "link-by-name",
    "[^1]: note": "sign-unread",
    "[words] (../index.md)": "link-apart",
    "<javascript:x>": "text-html",
    '<https://example.org/"onclick=>': "text-html",
    "<!-- words -->": "text-html",
    "`<b>`": "code-html",
    "a < b": "",
}


@pytest.mark.parametrize("text", LINKS)
def test_a_link_leads_to_what_is_there_or_to_the_web(text: str, tiny: Path) -> None:
    change(tiny, "docs/about/evidence.md", "{{ evidence() }}", f"{text}\n\n{{{{ evidence() }}}}")
    (tiny / "docs/about/index.md").write_text("---\ntitle: x\ndescription: x\n---\n", encoding="utf-8")
    (tiny / "docs/assets").mkdir()
    (tiny / "docs/assets/map.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8")
    assert rules_of(tiny) == LINKS[text].split()


HEADINGS = {
    "## One\n\n### Two\n\n## Three": "",
    "##One": "",
    "## C# and more ##": "",
    "#One": "heading-one",
    "   # One # two": "heading-one",
    "#1 is best": "heading-one",
    "## One\n\n#### Two": "heading-jump",
    "One\n===": "heading-underlined",
    "One\n-": "heading-underlined",
    "- one\n  ---": "heading-underlined",
    "> One\n> ===": "heading-underlined",
    "> # One": "heading-inside",
    ">## One": "heading-inside",
    "- ###### One": "heading-inside",
    "1. > ## One": "heading-inside",
    "* #1 is best": "heading-inside",
    "words\n: # One": "heading-inside",
    "- one\n\n    ## Two": "heading-inside",
    "1. one\n    - two\n\n\t\t# Three": "heading-inside",
    "- one\n\ntwo\n\n    # a listing": "",
    "- C# and F#": "",
    "> no \\# here": "",
    "one\n\n---\n\ntwo": "",
    "| a | b |\n|---|---|\n| c | d |": "table-drawn",
    "a | b\n--- | ---\nc | d": "table-drawn",
    "a | b\n --  -:| : -\nc | d": "table-drawn",
    "> a | b\n> - | -": "table-drawn",
    f"{'a|' * 40}a\n{'-|' * 40}-": "table-drawn",
    f"a|b\n{'-' * 99}|-": "table-drawn",
    "```text\na | b\n--|--\n```": "table-drawn",
    "```a b\nx\n```": "listing-words",
    "> - ~~~ python x\n> - ~~~": "listing-words",
    "```c++\na | b\n```": "",
    "```\n# One\n```": "",
    "```yaml\n# One\n```\n\n## Two": "",
    "~~~~\n```\n#### One\n---\n~~~~": "",
    "   ```\n   # One\n   ```": "",
    "```\n# One": "listing-open heading-one",
    "```\n# One\n~~~": "listing-open heading-one",
    "```\n# One\n````": "listing-open heading-one",
    "```\none\n```\n# Two": "heading-one",
    "```\none\n```\n\n```\ntwo\n```\n# Three\n```": "heading-one listing-open",
    "`` ` ``\n# One": "heading-one",
}


@pytest.mark.parametrize("text", HEADINGS)
def test_headings_make_an_outline(text: str, tiny: Path) -> None:
    change(tiny, "docs/about/evidence.md", "{{ evidence() }}", f"{text}\n\n{{{{ evidence() }}}}")
    assert rules_of(tiny) == HEADINGS[text].split()


def test_a_page_may_hide_its_menu_and_its_table_of_contents(tiny: Path) -> None:
    change(tiny, SECTOR, "title:", "hide: [navigation, toc]\ntitle:")
    assert found(tiny) == []


@pytest.mark.parametrize("value", ["", " toc", " {a: b}", " [[toc]]", " [toc, ~]"])
def test_nothing_else_can_be_hidden(value: str, tiny: Path) -> None:
    change(tiny, SECTOR, "title:", f"hide:{value}\ntitle:")
    assert found(tiny) == [f"page-field-hide {SECTOR}"]


CURLY = ["{{ 7*7 }}", "{% raw %}", "{# x #}", "{", "}", "{{", '{{ cite("page" }}', '{{ cite("a{b") }}', '{{ cite("page").x }}']


@pytest.mark.parametrize("text", CURLY)
def test_curly_brackets_hold_calls_and_nothing_else(text: str, tiny: Path) -> None:
    change(tiny, SECTOR, "{{ sector", text + "\n\n{{ sector")
    assert found(tiny) == [f"call-shape {SECTOR}"]


@pytest.mark.parametrize("text", ["{: onclick=x }", "## Costs {#costs}", "{.big}", "{ width=300 }", "{:#a .b}"])
def test_pages_set_no_sizes_ids_or_classes_of_their_own(text: str, tiny: Path) -> None:
    change(tiny, SECTOR, "{{ sector", text + "\n\n{{ sector")
    assert found(tiny) == [f"call-attributes {SECTOR}"]
