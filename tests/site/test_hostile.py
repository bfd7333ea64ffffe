"""Hostile strings in every field, through the whole build, come back as text in every place that shows them."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from handbook import allowed, audit, made
from handbook.check import check
from tests.conftest import copy_tiny, mkdocs
from tests.hostile import HOSTILE, REFUSED
from tests.reading import Element, parse
from tests.small_project import small_project

SITE_NAME = "The transfer handbook"
FEW = 5
"""Records of the kinds that share their templates with others: more would only make the pages longer."""


class Site(NamedTuple):
    """A built site, and the strings that were written into its data."""

    folder: Path
    words: tuple[str, ...]

    def page(self, path: str) -> Element:
        return _page(self.folder / path / "index.html")

    def search(self) -> dict[str, tuple[str, str]]:
        """The title and the teaser of each result, by its address."""
        documents = json.loads((self.folder / "search" / "records.json").read_text(encoding="utf-8"))["documents"]
        return {address: (title, teaser) for _, address, title, teaser, *_ in documents}


@cache
def _page(path: Path) -> Element:
    return parse(path.read_text(encoding="utf-8"))


def folded(text: str) -> str:
    return " ".join(text.split())


def claim(text: str) -> dict[str, Any]:
    return {"text": text, "basis": "suggested"}


def yaml(records: dict[str, Any]) -> str:
    """Records as YAML that holds any string: JSON is a part of YAML."""
    return "".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in records.items())


def append(path: Path, records: dict[str, Any]) -> None:
    path.write_text(path.read_text(encoding="utf-8") + yaml(records), encoding="utf-8")


def page(path: Path, front: dict[str, Any], body: str) -> None:
    path.write_text(f"---\n{yaml(front)}---\n\n{body}\n", encoding="utf-8")


def lesson(number: int, text: str) -> tuple[dict[str, Any], str]:
    front = {
        "title": text,
        "summary": text,
        "question": text,
        "field": "companies",
        "kind": "worked",
        "breadth": "several",
        "outcome_known": "partly",
        "needs": ["win-companies"],
        "with": ["smes"],
        "dissent": {"text": text, "basis": "reported", "sources": [{"source": f"s-{number}"}]},
        "requires": [{"condition": f"c-{number}", "strength": "must"}],
        "tools": ["telephone-round"],
        "terms": [f"t-{number}"],
        "sector_dependence": {"level": "none", "why": text},
        "sources": [{"source": f"s-{number}"}, {"source": f"p-{number}", "passage": "x"}],
    }
    body = "\n\n".join(
        (
            f'{{{{ lesson_facts("h-{number}") }}}}',
            f'## What happened\n\nText. {{{{ cite("s-{number}") }}}} {{{{ inferred("p-{number}", "x") }}}}',
            "## Why it matters\n\nText. {{ suggested() }}",
            "## What to do\n\n1. Text. {{ suggested() }}",
            "## What to avoid\n\n- Text. {{ suggested() }}",
            f'{{{{ lesson_links("h-{number}") }}}}',
        )
    )
    return front, body


def sector(number: int, text: str) -> dict[str, Any]:
    return {
        "title": text,
        "summary": text,
        "names": dict.fromkeys(("en", "da", "de", "nb", "nl", "sv"), text),
        "ecosystem": claim(text),
        "nace": claim(text),
        "roles": [{"role": "challenge-owner", "who": claim(text)}],
        "words": [{"energy": text, "here": claim(text)}],
        "public_side": [{"part": "buyer", "how_far": "partly", "what": claim(text)}],
        "watch_out": [claim(text)],
        "first_lessons": [f"h-{number}", "write-it-down", "ask-again"],
        "first_tools": ["telephone-round"],
        "terms": [f"t-{number}"],
        "monday": claim(text),
        "reviewed_by": text,
    }


def recommendation(number: int, text: str) -> dict[str, Any]:
    return {
        "title": text,
        "summary": text,
        "because": [claim(text)],
        "lessons": [f"h-{number}"],
        "needs": ["win-companies"],
        "with": ["smes"],
        "requires": [{"condition": f"c-{number}", "strength": "must"}],
        "adapt": [claim(text)],
        "first_step": claim(text),
        "small_try": {"what": claim(text), "stop": claim(text)},
        "misfit_signs": [claim(text)],
        "does_not_apply": [{"sector": f"sector-{number}", "why": claim(text)}],
    }


def tool(number: int, text: str) -> dict[str, Any]:
    effort = {"what": text, "people": text, "time": text, "money": text, "basis": "suggested"}
    return {
        "title": text,
        "summary": text,
        "purpose": claim(text),
        "needs": ["win-companies"],
        "with": ["smes"],
        "use_when": [claim(text)],
        "not_when": [claim(text)],
        "roles": [{"role": "matchmaker", "does": claim(text)}],
        "blocks": [{"id": name, "name": text, "core": "core", "what": claim(text)} for name in ("a", "b")],
        "steps": [{"phase": "before", "name": text, "weeks_before": 2, "do": claim(text)} for _ in range(3)],
        "effort": {"try": effort, "pilot": effort, "full": effort},
        "figures": [claim(text)],
        "side_effects": [claim(text)],
        "aka": [text],
        "terms": [f"t-{number}"],
        "sources": [{"source": f"s-{number}"}],
    }


def use(number: int, text: str) -> dict[str, Any]:
    return {
        "title": text,
        "tool": f"k-{number}",
        "recommendations": [f"r-{number}"],
        "sector": "food",
        "organisations": [f"o-{number}"],
        "place": text,
        "when": "2019",
        "when_note": claim(text),
        "owner": claim(text),
        "challenge": claim(text),
        "who_came": [claim(text)],
        "changed": [{"block": "a", "how": claim(text)}],
        "outcome": "worked",
        "judged_by": "organiser",
        "result": [claim(text)],
        "not_known": [text],
        "sources": [{"source": f"s-{number}"}],
    }


def organisation(number: int, text: str) -> dict[str, Any]:
    return {
        "name": text,
        "english": text,
        "country": "NO",
        "listed": [{"source": f"s-{number}"}],
        "city": claim(text),
        "kind": {"is": "cluster", "basis": "suggested"},
        "cluster_organisation": {"answer": "yes", "reason": claim(text)},
        "focus": claim(text),
        "role": [claim(text)],
        "later": [claim(text)],
        "website": {"url": "https://x.example/", "sources": [{"source": f"s-{number}"}]},
    }


def source(text: str) -> dict[str, Any]:
    return {"title": text, "publisher": text, "authors": [text], "kind": "partner-page", "language": "en", "note": text}


def report(text: str) -> dict[str, Any]:
    concern = {"concern": "none", "reason": text}
    return {
        **source(text),
        "short": f"{text[:26].strip()} p",  # no two sources are called the same
        "kind": "report",
        "passages": {"x": {"heading": text, "gist": text, "section": "companies"}},
        "appraisal": dict.fromkeys(("gathering", "coherence", "adequacy", "relevance"), concern),
    }


def term(text: str) -> dict[str, Any]:
    words = dict.fromkeys(("da", "de", "nb", "nl", "sv"), text)
    return {"term": text, "definition": claim(text), "is_not": claim(text), "synonyms": [text], "words": words}


def condition(text: str) -> dict[str, Any]:
    levels = dict.fromkeys(("have", "can_get", "do_not_have"), text)
    return {
        "title": text,
        "question": text,
        "find_out": text,
        "levels": levels,
        "group": "people",
        "because": claim(text),
        "given": text,
    }


def build(project: Path, words: Sequence[str]) -> None:
    """Build a site in which every field of some record holds each of ``words``."""
    write(project, words)
    built = mkdocs(project, "build")
    assert built.returncode == 0, built.stdout + built.stderr


def write(project: Path, words: Sequence[str]) -> None:
    """Write what such a site is built from."""
    small_project(project, extra_nav=[*(f"sectors/sector-{n}.md" for n in range(len(words))), *(f"contribute/{name}.md" for name in EXTRA)])
    docs, data = project / "docs", project / "data"
    many, few = list(enumerate(words)), list(enumerate(words))[:: max(1, len(words) // FEW)]
    for number, text in many:
        page(docs / "lessons" / f"h-{number}.md", *lesson(number, text))
    append(data / "sources.yaml", {f"s-{n}": source(text) for n, text in many} | {f"p-{n}": report(text) for n, text in many})
    append(data / "glossary.yaml", {f"t-{n}": term(text) for n, text in many})
    append(data / "conditions.yaml", {f"c-{n}": condition(text) for n, text in many})
    append(data / "clusters.yaml", {f"o-{n}": organisation(n, text) for n, text in many})
    append(data / "sectors.yaml", {f"sector-{n}": sector(n, text) for n, text in many})
    append(data / "recommendations.yaml", {f"r-{n}": recommendation(n, text) for n, text in few})
    append(
        data / "conflicts.yaml",
        {f"x-{n}": {"title": text, "versions": [{"says": text, "sources": [{"source": f"s-{n}"}]}] * 2, "reading": claim(text)} for n, text in many},
    )
    append(data / "gaps.yaml", {f"g-{n}": {"title": text, "looked": text, "matters": text} for n, text in many})
    for number, text in many:
        page(docs / "sectors" / f"sector-{number}.md", {"title": text, "description": text}, f'{{{{ sector("sector-{number}") }}}}')
        page(docs / "find" / "sector" / f"sector-{number}.md", {"title": text, "description": text}, f'{{{{ facet("sector/sector-{number}") }}}}')
    for number, text in few:
        page(docs / "toolbox" / f"k-{number}.md", tool(number, text), TOOL.replace("@", f"k-{number}"))
        page(docs / "transfer" / f"r-{number}.md", {"title": text, "description": text}, f'{{{{ recommendation("r-{number}") }}}}')
        (data / "uses" / f"u-{number}.yaml").write_text(yaml(use(number, text)), encoding="utf-8")
    front, body = lesson(0, words[0])
    front["title"], front["tools"] = "A lesson that leads to the tools", [f"k-{n}" for n, _ in few]
    page(docs / "lessons" / "tools.md", front, body.replace("h-0", "tools"))
    for name, calls in EXTRA.items():
        page(docs / "contribute" / f"{name}.md", {"title": name, "description": "Calls that the tiny handbook does not make."}, calls)
    rules = project / "handbook" / "rules" / "reach.py"
    rules.write_text(rules.read_text(encoding="utf-8").replace("    pages_differ,\n", ""), encoding="utf-8")  # here they are the same on purpose


TOOL = """{{ tool_facts("@") }}

## How it works

Text. {{ suggested() }}

## What to watch

- Text. {{ suggested() }}

{{ tool_links("@") }}"""
EXTRA = {
    "more": '{{ appraisal("p-0") }}\n\n{{ example("lesson") }}\n\n{{ example("use") }}',
}


WORDS = tuple(text for text in HOSTILE if "\n" not in text)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return _once(tmp_path_factory, "hostile", WORDS)


@pytest.fixture(scope="session")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return _once(tmp_path_factory, "harmless", [f"Harmless words {number}" for number in range(len(WORDS))])


def _once(tmp_path_factory: pytest.TempPathFactory, name: str, words: Sequence[str]) -> Site:
    """A site built once for all test processes."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        project = shared / name
        if not (project / "site").exists():
            shutil.rmtree(project, ignore_errors=True)
            build(project, words)
    return Site(project / "site", tuple(words))


def test_hostile_strings_come_back_as_the_same_text(hostile: Site) -> None:
    for number, text in enumerate(hostile.words):
        for path in (f"lessons/h-{number}", f"sectors/sector-{number}"):
            _has_head(hostile.page(path), folded(text))
        _lesson_shows(hostile.page(f"lessons/h-{number}"), folded(text))
        _sector_shows(hostile.page(f"sectors/sector-{number}"), folded(text))


def _has_head(tree: Element, text: str) -> None:
    assert tree.find("title")[0].text == f"{text} - {SITE_NAME}"
    assert [folded(e.attributes["content"] or "") for e in tree.find("meta", name="description")] == [text]
    assert [e.text for e in tree.find("h1")] == [text]
    assert [e.text for e in tree.find(class_="md-header__topic")][1] == text


def _lesson_shows(tree: Element, text: str) -> None:
    assert [e.text for e in tree.find("p", class_="hb-lead")] == [text]
    facts = tree.find("div", class_="hb-facts")[0]
    assert facts.find("dd")[0].text == text
    assert tree.find("div", class_="hb-terms")[0].find("a")[0].text == f"{text} in the glossary"


def _sector_shows(tree: Element, text: str) -> None:
    assert [e.text for e in tree.find("table", aria_labelledby="words")[0].find("th")][-1] == text
    assert any(e.text == text for e in tree.find("a", class_="hb-card-title"))
    nav = tree.find("nav", class_="md-nav--primary")[0]
    assert any(e.text == text for e in nav.find("a", class_="md-nav__link--active"))


def test_the_audit_takes_none_of_them_for_something_left_unread(hostile: Site) -> None:
    site = audit.read(hostile.folder, made.words(hostile.folder.parent))
    assert [finding for page in site.pages.values() for finding in audit.nothing_is_left_unread(page, site)] == []


def test_hostile_strings_bring_nothing_that_a_page_may_not_hold(hostile: Site) -> None:
    site = audit.read(hostile.folder)
    pages = site.pages.values()
    assert [f"{page.path}: {finding}" for page in pages for rule in allowed.PAGE_RULES for finding in rule(page, site)] == []


@pytest.mark.parametrize("path", ["lessons", "sectors"])
def test_hostile_strings_come_back_as_the_same_text_on_the_cards_of(hostile: Site, path: str) -> None:
    shown = {e.text for e in hostile.page(path).find("a", class_="hb-card-title")}
    assert [text for text in hostile.words if folded(text) not in shown] == []


@pytest.mark.parametrize(
    ("path", "record"),
    [("about/glossary", "t"), ("about/sources", "s"), ("conditions", "c"), ("clusters", "o"), ("about/conflicts", "x"), ("about/conflicts", "g")],
)
def test_hostile_strings_come_back_as_the_same_text_in_the_headings_of(hostile: Site, path: str, record: str) -> None:
    shown = {e.attributes["id"]: e.text for e in hostile.page(path).walk() if "id" in e.attributes}
    assert [shown[f"{record}-{number}"] for number in range(len(hostile.words))] == [folded(text) for text in hostile.words]


def test_hostile_strings_come_back_as_the_same_text_in_other_languages(hostile: Site) -> None:
    shown = {e.text for e in hostile.page("about/glossary").find("span", lang="da")}
    assert [text for text in hostile.words if folded(text) not in shown] == []


def test_hostile_strings_come_back_as_the_same_text_in_the_menu_and_in_labels(hostile: Site) -> None:
    texts = [folded(text) for text in hostile.words]
    matrix = hostile.page("matrix")
    menu = {e.text for e in matrix.find("nav", class_="md-nav--primary")[0].find("a", class_="md-nav__link")}
    labels = {e.attributes.get("data-label") for e in matrix.find("td")}
    heads = {e.text for e in matrix.find("th")}
    assert [text for text in texts if text not in menu] == []
    assert [text for text in texts if text not in labels] == []
    assert [text for text in texts if text not in heads] == []


def test_hostile_strings_come_back_as_the_same_text_in_the_table_of_contents(hostile: Site) -> None:
    texts = [folded(text) for text in hostile.words]
    for path in ("about/glossary", "conditions"):
        contents = {e.text for e in hostile.page(path).find("nav", class_="md-nav--secondary")[0].find("a", class_="md-nav__link")}
        assert [text for text in texts if text not in contents] == [], path
    jumps = {e.text for e in hostile.page("about/glossary").find("nav", class_="hb-jump")[0].find("a")}
    assert [text for text in texts if text not in jumps] == []


def test_hostile_strings_come_back_as_the_same_text_in_the_search(hostile: Site) -> None:
    """The search shows what it is given as text, never as HTML; tests/browser/test_search.py sees to that."""
    found = hostile.search()
    for number, text in enumerate(hostile.words):
        for address in (f"lessons/h-{number}/", f"sectors/sector-{number}/", f"about/glossary/#t-{number}"):
            assert folded(found[address][0]) == folded(text)


def test_hostile_strings_add_no_element_and_no_attribute(hostile: Site, harmless: Site) -> None:
    paths = sorted(path.relative_to(harmless.folder) for path in harmless.folder.rglob("*.html"))
    assert paths == sorted(path.relative_to(hostile.folder) for path in hostile.folder.rglob("*.html"))
    for path in paths:
        assert _markup(_page(hostile.folder / path)) == _markup(_page(harmless.folder / path)), path


def _markup(tree: Element) -> Counter[tuple[str, ...]]:
    """Every element with its parent and the names of its attributes, and where it leads or what it loads.

    Not the lines of drawings: a long text has more of them than a short one.
    """
    return Counter(
        (
            e.parent.tag if e.parent else "",
            e.tag,
            *sorted(e.attributes),
            *(e.attributes.get(name) or "" for name in ("class", "src", "lang", "role", "type") if name in e.attributes),
            (e.attributes.get("href") or "").split("#")[0],
        )
        for e in tree.walk()
        if e.tag != "tspan"
    )


@pytest.mark.parametrize("why", REFUSED)
@pytest.mark.parametrize("how", ["as it is", "with a backslash"])
def test_the_check_refuses(why: str, how: str, tmp_path: Path) -> None:
    tiny = copy_tiny(tmp_path / "tiny")
    text = REFUSED[why] if how == "as it is" else "".join(f"\\U{ord(c):08x}" for c in REFUSED[why])
    glossary = tiny / "data" / "glossary.yaml"
    glossary.write_bytes(glossary.read_bytes().replace(b"term: Pitch", f'term: "{text}"'.encode()))
    rules = {problem.rule.id for problem in check(tiny).problems}
    assert rules & {"yaml-character", "yaml-escaped-character"}


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_a_title_is_never_run_as_a_template_by(builder: str, tmp_path: Path) -> None:
    """Both builders' macros render titles, with all the power of a template on the machine that builds."""
    project = small_project(tmp_path / "project")
    attack = "{{ cite.__globals__.sys.modules[dict(os=1)|first].mkdir(dict(attacked=1)|first) }} <b>{{ 7*7 }}</b>"
    for path, title in (("lessons/write-it-down", "Write it down"), ("sectors/food", "food")):
        page = project / "docs" / f"{path}.md"
        page.write_text(page.read_text().replace(f"title: {title}", f'title: "{attack} {path}"'), encoding="utf-8")
    assert check(project).problems == ()
    built = mkdocs(project, "build") if builder == "mkdocs" else run(project, "zensical", "build")
    assert built.returncode == 0, built.stdout + built.stderr
    assert not (project / "attacked").exists()
    for path in ("lessons/write-it-down", "sectors/food"):
        assert _page(project / "site" / path / "index.html").find("title")[0].text == f"{attack} {path} - {SITE_NAME}"
    assert _page(project / "site/lessons/write-it-down/index.html").find("h1")[0].text == f"{attack} lessons/write-it-down"


def run(folder: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([Path(sys.executable).parent / program, *arguments], cwd=folder, capture_output=True, text=True, timeout=600, check=False)
