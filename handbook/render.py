"""Render what a call on a page shows, as Markdown.

The words and columns are in ``templates/<call>.md.j2``; the rows come from the
view of the same name. Every value that a template prints is escaped unless it
is marked as safe, so data can never become markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.calls import CALLS
from handbook.relate import Handbook
from handbook.text import escape
from handbook.views import Repository, Views, view

TEMPLATES = Path(__file__).parent.parent / "templates"


def environment(folder: Path = TEMPLATES) -> Environment:
    """The template environment: strict about names, and escaping whatever it prints."""
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@dataclass(frozen=True)
class Renderer:
    """Renders the calls of all pages of one handbook."""

    handbook: Handbook
    repository: Repository = Repository()
    folder: Path = TEMPLATES

    @cached_property
    def environment(self) -> Environment:
        """The templates, compiled once for all pages."""
        return environment(self.folder)

    def call(self, page: str, name: str, *arguments: str) -> str:
        """What the call ``name`` shows on ``page``, a path below docs/.

        Raises ``KeyError`` for an unknown call or record; the check makes
        sure that no page of a handbook without problems causes one.
        """
        if name not in CALLS:
            raise KeyError(name)
        context = view(name)(Views(self.handbook, self.repository, page), *arguments)
        return self.environment.get_template(f"{name}.md.j2").render(context).strip("\n")

