"""What each call shows, compared with the golden Markdown in ``golden/``, and what any of it must keep to.

The golden files show the tiny handbook. After a change in words or layout that
is meant, this writes them anew, and git shows what has changed:

    HANDBOOK_GOLDEN=write .venv/bin/python -m pytest tests/handbook/test_render.py
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from jinja2 import nodes

from handbook.calls import CALLS, EXAMPLES, MARKS, OF_RECORD
from handbook.check import check
from handbook.frontmatter import split
from handbook.made import TEMPLATES as FOLDER
from handbook.model import KINDS, Citation, Claim
from handbook.relate import relate
from handbook.render import TEMPLATES, Renderer, Unrendered, _built, environment
from handbook.views import Repository, Views
from handbook.views.parts import first_sentence
from tests.conftest import ROOT, copy_tiny
from tests.reading import Element, parse, to_html

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("HANDBOOK_GOLDEN") == "write"
PARTS = {"_parts.md.j2", "_diagram.md.j2"}


class Example(NamedTuple):
    """A call on a page of the tiny handbook."""

    page: str
    arguments: tuple[str, ...] = ()


# Where each call is rendered; one that is not here stands on about/index.md, with nothing in its brackets.
EXAMPLE = {
    "cite": Example("lessons/ask-again.md", ("study", "start")),
    "inferred": Example("lessons/ask-again.md", ("study", "start")),
    "suggested": Example("lessons/ask-again.md"),
    "open_question": Example("lessons/ask-again.md", ("why",)),
    "lesson_facts": Example("lessons/telephone-first.md", ("telephone-first",)),
    "lesson_links": Example("lessons/telephone-first.md", ("telephone-first",)),
    "tool_facts": Example("toolbox/telephone-round.md", ("telephone-round",)),
    "tool_links": Example("toolbox/telephone-round.md", ("telephone-round",)),
    "sector": Example("sectors/food.md", ("food",)),
    "recommendation": Example("transfer/call-your-members.md", ("call-your-members",)),
    "home": Example("index.md"),
    "finder": Example("find/index.md"),
    "facet": Example("find/sector/food.md", ("sector/food",)),
    "problems": Example("problems/index.md"),
    "lessons": Example("lessons/index.md", ("companies",)),
    "toolbox": Example("toolbox/index.md"),
    "sectors": Example("sectors/index.md"),
    "conditions": Example("conditions/index.md"),
    "recommendations": Example("transfer/index.md"),
    "matrix": Example("matrix/index.md"),
    "fit_check": Example("fit-check/index.md"),
    "fit_example": Example("fit-check/rule.md", ("call-your-members",)),
    "plan": Example("plan/index.md"),
    "organisations": Example("clusters/index.md"),
    "map": Example("clusters/index.md"),
    "uses": Example("clusters/living-labs.md"),
    "glossary": Example("about/glossary.md"),
    "sources": Example("about/sources.md"),
    "source_map": Example("about/source-map.md"),
    "appraisal": Example("about/sources.md", ("study",)),
    "conflicts": Example("about/conflicts.md"),
    "gaps": Example("about/conflicts.md"),
    "fields": Example("contribute/fields.md"),
    "vocabulary": Example("contribute/vocabulary.md"),
    "faults": Example("contribute/when-a-check-fails.md"),
    "checklist": Example("contribute/editors.md"),
    "add": Example("contribute/index.md", ("use",)),
    "thanks": Example("about/thanks.md"),
    "example": Example("contribute/index.md", ("lesson",)),
    "promises": Example("about/privacy.md", ("privacy",)),
    "evaluation": Example("about/accessibility.md"),
}


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    root = copy_tiny(tmp_path_factory.mktemp("render") / "tiny")
    return Renderer(relate(check(root).base), Repository("https://git.example/edit/main"))


@pytest.fixture(scope="module", autouse=True)
def golden_files(renderer: Renderer) -> None:
    """Write the golden files if that is asked for."""
    if WRITE:
        GOLDEN.mkdir(exist_ok=True)
        for call in CALLS:
            written = GOLDEN / f".{call}.{os.getpid()}"  # several test processes do this
            written.write_text(rendered(renderer, call), encoding="utf-8")
            written.replace(GOLDEN / f"{call}.md")


@cache
def real() -> Renderer:
    return Renderer(relate(check(ROOT).base))


def rendered(renderer: Renderer, call: str) -> str:
    example = EXAMPLE.get(call, Example("about/index.md"))
    return renderer.call(example.page, call, *example.arguments) + "\n"


def golden(call: str) -> str:
    return (GOLDEN / f"{call}.md").read_text(encoding="utf-8")


# -- golden ---------------------------------------------------------------------------------


@pytest.mark.parametrize("call", CALLS)
def test_what_a_call_shows_is_what_its_golden_file_says(call: str, renderer: Renderer) -> None:
    assert rendered(renderer, call) == golden(call), f"if this is meant: {(__doc__ or '').strip().splitlines()[-1].strip()}"


def test_each_call_has_a_template_of_its_name_a_view_and_a_golden_file_and_there_is_no_other() -> None:
    templates = {path.name for path in TEMPLATES.glob("*.j2")}
    assert templates == {f"{call}.md.j2" for call in CALLS} | PARTS
    assert {path.name for path in GOLDEN.iterdir() if not path.name.startswith(".")} == {f"{call}.md" for call in CALLS}
    assert {path.name for path in (TEMPLATES / "examples").iterdir()} == {f"{name}.md" for name in EXAMPLES}
    assert all(callable(getattr(Views, call)) for call in CALLS)
    assert EXAMPLE.keys() <= CALLS.keys()
    assert TEMPLATES.name == FOLDER


def test_every_shared_piece_is_used_by_a_template() -> None:
    made = environment()
    texts = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.j2")}
    trees = {name: made.parse(text) for name, text in texts.items()}
    pieces = {macro.name for name in PARTS for macro in trees[name].find_all(nodes.Macro)}
    used = {n.node.name for tree in trees.values() for n in tree.find_all(nodes.Call) if isinstance(n.node, nodes.Name)}
    aliases = {}
    for name, tree in trees.items():
        for statement in tree.find_all(nodes.FromImport):
            for imported in statement.names:
                original, alias = imported if isinstance(imported, tuple) else (imported, imported)
                aliases[alias] = original
                calls = {n.node.name for n in tree.find_all(nodes.Call) if isinstance(n.node, nodes.Name)}
                assert alias in calls, f"{name} imports {original} and does not use it"
    assert pieces <= used | {aliases[name] for name in used if name in aliases}


@pytest.mark.parametrize("path", sorted(path.name for path in TEMPLATES.glob("*.j2")))
def test_no_template_switches_the_escaping_off_or_joins_texts_past_it(path: str) -> None:
    tree = environment().parse((TEMPLATES / path).read_text(encoding="utf-8"))
    assert {found.name for found in tree.find_all(nodes.Filter)} <= {"attribute", "listing", "length", "lower", "list", "first", "sum", "join"}
    assert not any(tree.find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe, nodes.MarkSafeIfAutoescape)))


# -- what any of it must keep to ------------------------------------------------------------

LEFT_OVER = re.compile(r"\{[.:#%{]|[}%]\}|\{ |\]\(|\*\*|&#|&[a-z]+;|^:  |\[\[|<[a-z/]|(?<!\w)None(?!\w)|`|\bmarkdown=", re.MULTILINE)


@pytest.mark.parametrize(
    "text",
    [
        "{ .hb-mark }",
        "{: #id }",
        "{{ cite() }}",
        "{% if x %}",
        "{# x #}",
        "[a](b.md)",
        "**bold**",
        "&#46;",
        "&amp;",
        ":   text",
        "<br>",
        "is None.",
        "`code`",
    ],
)
def test_what_is_left_over_would_be_found(text: str) -> None:
    assert LEFT_OVER.search(text)
    assert LEFT_OVER.search(f"words\n{text} words")


def visible(tree: Element) -> str:
    """What a reader sees; code may look like Markdown."""
    shown = (child for child in tree.children if isinstance(child, str) or child.tag not in {"code", "pre"})
    return " ".join(child if isinstance(child, str) else visible(child) for child in shown)


@pytest.mark.parametrize("call", CALLS)
def test_no_markdown_and_no_template_is_left_in_what_readers_see(call: str) -> None:
    tree = parse(to_html(golden(call)))
    assert LEFT_OVER.findall(visible(tree)) == []
    assert not any("markdown" in e.attributes for e in tree.walk())
    for code in tree.find("code"):
        assert "&#" not in code.text


@pytest.mark.parametrize("call", CALLS)
def test_no_element_is_empty_and_none_stands_where_html_forbids_it(call: str) -> None:
    tree = parse(to_html(golden(call)))
    for other in (*tree.find("pre"), *tree.find("svg")):
        other.children.clear()  # the colours of code are not ours, and drawings have rules of their own
    for element in tree.walk():
        inside = [child for child in element.children if isinstance(child, Element)]
        if element.tag in {"p", "li", "h1", "h2", "h3", "h4", "th", "dt", "dd", "a", "ul", "ol", "dl", "span", "strong"}:
            assert element.text or element.find("img"), f"<{element.tag}> is empty"
        allowed = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}, "table": {"thead", "tbody"}, "tbody": {"tr"}, "thead": {"tr"}, "tr": {"th", "td"}}
        if element.tag in allowed:
            assert {child.tag for child in inside} <= allowed[element.tag]
        if element.tag in {"p", "h1", "h2", "h3", "h4", "span", "a", "strong"}:
            assert {child.tag for child in inside} <= {"a", "span", "strong", "em", "code", "br", "img"}, element.text


@pytest.mark.parametrize("call", CALLS)
def test_every_row_of_a_table_has_as_many_cells_as_its_head_and_names_them_alike(call: str) -> None:
    for table in parse(to_html(golden(call))).find("table"):
        heads = [cell.text for cell in table.find("thead")[0].find("th")]
        for row in table.find("tbody")[0].find("tr"):
            cells = [child for child in row.children if isinstance(child, Element)]
            assert len(cells) == len(heads)
            assert [cell.attributes.get("data-label") for cell in cells[1:]] == heads[1:]


@pytest.mark.parametrize("call", CALLS)
def test_a_list_of_links_names_nothing_twice(call: str) -> None:
    for element in parse(to_html(golden(call))).walk():
        if element.tag in {"p", "dd", "td", "li"}:
            links = [link.attributes["href"] for link in element.find("a") if "class" not in link.attributes]
            assert len(links) == len(set(links)), element.text


@pytest.mark.parametrize("call", CALLS)
def test_ids_are_there_once_and_what_names_them_finds_them(call: str) -> None:
    tree = parse(to_html(golden(call)))
    ids = [e.attributes["id"] for e in tree.walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    named = {name for e in tree.walk() for name in (e.attributes.get("aria-labelledby") or "").split()}
    assert named <= set(ids)


def test_every_link_leads_to_a_page_or_an_anchor_that_a_call_makes(renderer: Renderer) -> None:
    """Only for the pages that the tiny handbook has; the build looks at all of them."""
    pages = {path.removeprefix("docs/") for path in relate(check(ROOT).base).heads}
    for call in CALLS:
        page = EXAMPLE.get(call, Example("about/index.md")).page
        for link in parse(to_html(golden(call))).find("a"):
            href = link.attributes["href"] or ""
            if href.startswith(("https://", "#")) or "#!" in href:  # plain HTML, which the audit follows
                continue
            target = os.path.normpath(Path(page).parent / href.split("#")[0])
            if target.endswith(".txt"):  # a form to save
                assert (ROOT / "docs" / target).is_file()
                continue
            assert target in pages | renderer.handbook.heads.keys(), (call, href)


@pytest.mark.parametrize("call", [*MARKS, *OF_RECORD, "home", "proven"])
def test_what_stands_in_a_line_or_before_it_has_no_blank_line_at_its_ends(call: str) -> None:
    assert golden(call) == golden(call).strip("\n") + "\n"
    if call in MARKS:
        assert golden(call).count("\n") == 1


# -- the renderer ---------------------------------------------------------------------------


def test_every_call_on_every_page_of_the_real_handbook_leaves_no_markdown_behind() -> None:
    checked = check(ROOT)
    seen = set()
    for path, calls in checked.base.calls.items():
        for call in calls:
            shown = real().call(path.removeprefix("docs/"), call.name, *call.arguments)
            if shown in seen:
                continue
            seen.add(shown)
            tree = parse(to_html(shown))
            assert set(LEFT_OVER.findall(visible(tree))) <= {"None"}, (path, call.name)
            assert not any("&#" in code.text for code in tree.find("code")), (path, call.name)


@pytest.mark.parametrize("call", ["matrix", "recommendation"])
def test_links_to_several_uses_in_different_sectors_do_not_sound_alike(call: str, tiny: Path) -> None:
    use = (tiny / "data/uses/calls-2019.yaml").read_text(encoding="utf-8")
    for sector in ("energy", "food"):
        for nth in ("first", "second"):
            more = use.replace("title: Calls in the north", f"title: Our {nth} calls for {sector}").replace("sector: energy", f"sector: {sector}")
            (tiny / f"data/uses/{nth}-{sector}.yaml").write_text(more, encoding="utf-8")
    page, arguments = EXAMPLE[call]
    shown = parse(to_html(Renderer(relate(check(tiny).base)).call(page, call, *arguments)))
    links = {link.text: link.attributes["href"] for link in shown.find("a") if "on record" in link.text}
    assert list(links) == ["3 on record in Energy", "2 on record in Food"]
    assert len(set(links.values())) == len(links)


MARK_CALLS = (("cite", "study", "start"), ("inferred", "study", "start"), ("suggested",))


@pytest.mark.parametrize("name", MARKS)
def test_a_repeated_mark_says_to_who_listens_what_the_first_says_and_shows_only_its_sign(name: str, renderer: Renderer) -> None:
    page, arguments = EXAMPLE[name]
    again = Renderer(replace(renderer.handbook, repeats={page: frozenset({4})}))
    first, repeated = (parse(to_html(again.call(page, name, *arguments, nth=nth))).find("a")[0] for nth in (3, 4))
    assert (repeated.text, repeated.attributes["href"]) == (first.text, first.attributes["href"])
    assert set((repeated.attributes["class"] or "").split()) == {*(first.attributes["class"] or "").split(), "hb-again"}
    assert [e.attributes["class"] for e in repeated.children if isinstance(e, Element)] == ["hb-hidden"]
    assert not any(isinstance(child, str) and child.strip() for child in repeated.children)


def test_in_a_list_of_claims_only_a_mark_unlike_the_one_before_it_has_words(renderer: Renderer) -> None:
    item = renderer.handbook.get("tool", "telephone-round")
    own, said = Claim(text="A.", basis="suggested"), Claim(text="B.", basis="reported", sources=(Citation(source="page"),))
    record = item.record.model_copy(update={"not_when": (own, own, said, said, own)})
    book = replace(renderer.handbook, items={**renderer.handbook.items, "tool": {item.id: replace(item, record=record)}})
    shown = Renderer(book).call("toolbox/telephone-round.md", "tool_facts", item.id).partition("Leave it when:")[2].partition("## ")[0]
    assert [".hb-again" in line for line in shown.splitlines() if line.startswith("- ")] == [False, True, False, True, False]


def test_the_same_call_shows_the_same_text_each_time(renderer: Renderer) -> None:
    assert rendered(renderer, "sector") == rendered(renderer, "sector")


def test_an_unknown_call_or_record_raises_an_error(renderer: Renderer) -> None:
    for call, argument in (("nosuch", "x"), ("__init__", "x"), ("link", "x"), ("lesson_facts", "nosuch")):
        with pytest.raises(KeyError):
            renderer.call("index.md", call, argument)


def test_a_template_that_prints_what_is_not_there_raises_an_error(tiny: Path) -> None:
    book = relate(check(tiny).base)
    for text, said in (
        ("{{ nosuch }}", "2: 'nosuch' is undefined"),
        ("{{ proven }}", "2: 'proven' is undefined"),
        ("{% set x = none %}{{ x }}", "2: a template prints a value that is missing"),
        ("{% include 'nosuch.md.j2' %}", "2: there is no template 'nosuch.md.j2'"),
        ("{% endif %}", "2: Encountered unknown tag 'endif'."),
    ):
        (tiny / "templates" / "proven.md.j2").write_text(f"One\n{text}", encoding="utf-8")
        with pytest.raises(Unrendered) as raised:
            Renderer(book, folder=tiny / "templates").call("index.md", "proven")
        assert str(raised.value).removesuffix("; shown by 'proven' on docs/index.md") == f"templates/proven.md.j2:{said}"


def test_blanks_before_a_tag_are_kept_because_they_put_a_paragraph_into_a_list_item(tiny: Path) -> None:
    template = environment(tiny / "templates").from_string("- a\n\n    {% if x %}b{% endif %}\n")
    assert template.render(x=True) == "- a\n\n    b"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.", "One."),
        ("  One? Two.", "One?"),
        ("Version 1.0 of 15. And more.", "Version 1.0 of 15."),
        ("Say “stop”. “Why?” Because.", "Say “stop”."),
        ("See no. 5 and the rest. End.", "See no. 5 and the rest."),
        ("No full stop", "No full stop"),
    ],
)
def test_a_text_in_short_is_its_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_a_page_s_head_is_text_for_html(renderer: Renderer) -> None:
    assert renderer.head("lessons/ask-again.md") == {
        "title": "Ask again",
        "description": "Members forget what they said. Ask them again.",
    }
    with pytest.raises(KeyError):
        renderer.head("lessons/nowhere.md")


def test_no_field_of_a_page_s_front_matter_is_named_like_a_call_that_it_makes() -> None:
    """A builder may let a field replace the macro of its name."""
    fields = {info.alias or name for kind in ("lesson", "tool") for name, info in KINDS[kind].model.model_fields.items()}
    assert not fields & {*MARKS, *OF_RECORD}


# -- the examples to copy -------------------------------------------------------------------

SOURCE = 'our-report-2027: {title: "Ours", publisher: "Us", kind: partner-page, language: en}\n'
COPIES = {"lesson": "docs/lessons/the-name-of-this-file.md", "use": "data/uses/our-food-lab-2027.yaml"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_complete_file_that_the_check_takes_once_its_source_is_there(name: str, tmp_path: Path) -> None:
    for folder in ("data", "docs", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "vendor.toml", tmp_path)
    with (tmp_path / "data" / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{SOURCE}")
    shown = parse(to_html(real().call("contribute/index.md", "example", name)))
    text = "".join(shown.find("code")[0]._texts())
    (tmp_path / COPIES[name]).write_text(text, encoding="utf-8")
    assert [problem.message for problem in check(tmp_path).problems] == []
    if name == "lesson":
        front, _, _, _ = split(text.encode(), "docs/x.md")
        needed = {info.alias or key for key, info in KINDS["lesson"].model.model_fields.items() if info.is_required()}
        assert needed <= (front or {}).keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_marks_every_field_that_is_needed(name: str) -> None:
    text = (TEMPLATES / "examples" / f"{name}.md").read_text(encoding="utf-8")
    needed = {info.alias or key for key, info in KINDS[name].model.model_fields.items() if info.is_required()}
    marked = set(re.findall(r"^([a-z_]+):.*# needed", text, re.MULTILINE))
    assert marked == needed


# -- links in HTML --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "href", "built"),
    [
        ("lessons/ask-again.md", "../conditions/index.md#list", "../../conditions/#list"),
        ("lessons/ask-again.md", "../toolbox/round.md", "../../toolbox/round/"),
        ("lessons/ask-again.md", "my-index.md", "../my-index/"),
        ("conditions/index.md", "../toolbox/round.md", "../toolbox/round/"),
        ("index.md", "toolbox/index.md", "toolbox/"),
        ("lessons/ask-again.md", "#lessons", "#lessons"),
        ("lessons/ask-again.md", "https://git.example/edit/docs/x.md", "https://git.example/edit/docs/x.md"),
    ],
)
def test_a_link_in_html_leads_from_the_built_page_to_the_built_page(page: str, href: str, built: str) -> None:
    assert _built(f'<a href="{href}"><text>x.md</text></a>', page) == f'<a href="{built}"><text>x.md</text></a>'
