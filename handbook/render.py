"""Render what a call on a page shows, as Markdown.

The words and columns are in ``templates/<call>.md.j2``; the rows come from the
view of the same name. Every value that a template prints is escaped unless it
is marked as safe, so data can never become markup.
"""

from __future__ import annotations

import posixpath
import re
import traceback
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from handbook.calls import CALLS, MARKS, TEMPLATES, find
from handbook.relate import Handbook
from handbook.text import attribute, escape, listing, plain
from handbook.views import EVIDENCE_PAGE, LIST_PAGES, PASSAGES_PAGE, Repository, Views, view

MARKS_LEAD_TO = (EVIDENCE_PAGE, PASSAGES_PAGE, LIST_PAGES["source"])


def environment(folder: Path = TEMPLATES) -> Environment:
    """The template environment: strict about names, and escaping whatever it prints."""
    made = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_printed,
        trim_blocks=True,  # and no lstrip_blocks: blanks before a tag may put a paragraph into a list item
        auto_reload=False,
    )
    made.filters["attribute"] = attribute
    made.filters["listing"] = listing
    return made


def _printed(value: Any) -> Markup:
    """``value`` as text. Raises ``ValueError`` for None: a template that prints it has forgotten to ask whether there is something."""
    if value is None:
        message = "a template prints a value that is missing"
        raise ValueError(message)
    return escape(value)


_LINK = re.compile(r'(<a href=")([^":]*?)(?:(?<![^/"])index)?\.md(?=[#"])')


def _built(text: str, page: str) -> str:
    """``text`` with the links in its HTML from the built ``page`` to built pages. Each has a folder of its own (``use_directory_urls``)."""
    up = "" if posixpath.basename(page) == "index.md" else "../"
    return _LINK.sub(lambda m: f"{m[1]}{up}{m[2]}{'' if m[2].endswith('/') or not m[2] else '/'}", text)


class Unrendered(Exception):  # noqa: N818  (it is no error of the program)
    """A template could not be filled in. The text says where, and why."""


@dataclass(frozen=True)
class Renderer:
    """Renders the calls of all pages of one handbook."""

    handbook: Handbook
    repository: Repository = field(default_factory=Repository)
    folder: Path = TEMPLATES

    @cached_property
    def environment(self) -> Environment:
        """The templates, compiled once for all pages."""
        return environment(self.folder)

    def head(self, page: str) -> dict[str, Any]:
        """Title and description of ``page``, a path below docs/, as text for HTML.

        Raises ``KeyError`` for an unknown page.
        """
        head = self.handbook.heads[page]
        return {"title": plain(head.title), "description": plain(head.description)}

    def page(self, page: str, text: str) -> str:
        """``text``, that of ``page``, with what each of its calls shows in the call's place.

        It is for MkDocs, which reads the links in Markdown but leaves those in
        HTML as they are, so these lead to built pages; Zensical reads both.
        """
        parts, end = [], 0
        for nth, call in enumerate(find(text)):
            parts += [text[end : call.start], _built(self.call(page, call.name, *call.arguments, nth=nth), page)]
            end = call.end
        return "".join([*parts, text[end:]])

    def kept(self, page: str) -> Markup | None:
        """The address at which the facts of ``page``, a path below docs/, are edited, if they are kept elsewhere than in the page."""
        kept = self.handbook.kept.get(page)
        return self.repository.editor(*kept) if kept else None

    def call(self, page: str, name: str, *arguments: str, nth: int | None = None) -> str:
        """What the call ``name``, the ``nth`` on ``page``, counted from 0, shows there. ``page`` is a path below docs/.

        Raises ``KeyError`` for an unknown call or record; the check makes
        sure that no page of a handbook without problems causes one. Raises
        :class:`Unrendered` if a template uses a name that means nothing, or
        another template that is not there.
        """
        if name not in CALLS:
            raise KeyError(name)
        if name in MARKS:
            again = nth in self.handbook.repeats.get(page, ())
            # The same on all pages of a folder, but for those that it leads to.
            key: tuple[str | bool, ...] = (again, page if page in MARKS_LEAD_TO else posixpath.dirname(page), name, *arguments)
            if key not in self._marks:
                self._marks[key] = self._render(page, name, *arguments, again=again)
            return self._marks[key]
        return self._render(page, name, *arguments)

    @cached_property
    def _marks(self) -> dict[tuple[str | bool, ...], str]:
        return {}

    def _render(self, page: str, name: str, *arguments: str, again: bool = False) -> str:
        context = view(name)(Views(self.handbook, self.repository, page), *arguments)
        if again:
            context["claim"] = replace(context["claim"], again=True)
        try:
            return self.environment.get_template(f"{name}.md.j2").render(context).strip("\n")
        except TemplateSyntaxError as error:
            message = f"{TEMPLATES.name}/{error.name}:{error.lineno}: {error.message}"
        except (TemplateError, ValueError) as error:
            lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".md.j2")]
            where = f"{Path(lines[-1].filename).name}:{lines[-1].lineno}" if lines else f"{name}.md.j2:1"
            reason = f"there is no template '{error.name}'" if isinstance(error, TemplateNotFound) else str(error)
            message = f"{TEMPLATES.name}/{where}: {reason}; shown by '{name}' on docs/{page}"
        raise Unrendered(message) from None
