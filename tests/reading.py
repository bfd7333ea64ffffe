"""Read Markdown and HTML as the site's builder and its readers do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any

import markdown
from mkdocs.utils.yaml import yaml_load

from tests.conftest import ROOT

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@cache
def extensions() -> tuple[tuple[str, ...], dict[str, Any]]:
    """The names and the settings of the Markdown extensions in mkdocs.yml, with those that MkDocs always adds."""
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        listed = yaml_load(file)["markdown_extensions"]
    names, settings = ["toc", "tables", "fenced_code"], {}
    for item in listed:
        for name, setting in (item if isinstance(item, dict) else {item: {}}).items():
            settings[name] = setting
            if name not in names:
                names.append(name)
    return tuple(names), settings


def to_html(text: str) -> str:
    """``text`` through Python-Markdown as the site is built."""
    return _converter().reset().convert(text)


@cache
def _converter() -> markdown.Markdown:
    names, settings = extensions()
    return markdown.Markdown(extensions=list(names), extension_configs=settings)


@dataclass
class Element:
    """One element of a page, with its place in the tree."""

    tag: str
    attributes: dict[str, str | None]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all below it."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find(self, tag: str | None = None, **attributes: str) -> list[Element]:
        """Elements below this one, by tag and attributes; a class is found among others."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.walk() if tag in {None, e.tag} and all(e.has(name, value) for name, value in wanted.items())]

    def has(self, name: str, value: str) -> bool:
        """Whether the attribute ``name`` is ``value``, or the class is among others."""
        found = self.attributes.get(name)
        return value in (found or "").split() if name == "class" else found == value

    @property
    def text(self) -> str:
        """What a reader sees, white space folded."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {})
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        element = Element(tag, dict(attrs), self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Element(tag, dict(attrs), self.here))

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag != tag or self.here.parent is None:
            self.faults.append(f"</{tag}> closes <{self.here.tag}>")
            return
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)

    def handle_comment(self, data: str) -> None:
        self.here.children.append(Element("!--", {"text": data}, self.here))


def parse(html: str) -> Element:
    """The tree of ``html``. Fails if a tag is not closed where it should be."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert parser.here is parser.root, f"<{parser.here.tag}> is never closed"
    assert parser.faults == []
    return parser.root
