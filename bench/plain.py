"""The same site without the handbook: every page's final Markdown, for MkDocs and Material alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml
from mkdocs.utils.yaml import yaml_load

from handbook import made
from handbook.load import DOCS
from handbook.render import Renderer
from handbook.views import Repository

OURS = "macros"


def plain(source: Path, target: Path) -> None:
    """Write the pages of the handbook at ``source`` to the new folder ``target``, with nothing left to be done by us.

    The theme, its changes, the extensions and the menu are those of the
    handbook. The macros plugin is not there, and with it the data for the tools
    in the page and the index of our search; the search that MkDocs and Material
    come with is there instead.
    """
    renderer = made.renderer(source, Repository())
    target.mkdir(parents=True)
    shutil.copytree(source / "overrides", target / "overrides")
    shutil.copytree(source / DOCS, target / DOCS)
    shutil.copy(source / "mkdocs.yml", target / "base.yml")
    with (source / "mkdocs.yml").open(encoding="utf-8") as file:
        config = yaml_load(file)
    changed = {"INHERIT": "base.yml", "plugins": ["search", *(p for p in config["plugins"] if OURS not in p)], "watch": [], "hooks": []}
    (target / "mkdocs.yml").write_text(json.dumps(changed), encoding="utf-8")  # JSON is YAML
    for path in (target / DOCS).rglob("*.md"):
        _finish(path, path.relative_to(target / DOCS).as_posix(), renderer)


def _finish(path: Path, page: str, renderer: Renderer) -> None:
    front, body = path.read_text(encoding="utf-8").split("---\n", 2)[1:]
    meta = yaml.safe_load(front)
    kept = {name: meta[name] for name in ("hide",) if name in meta}
    head = {**kept, **renderer.head(page)}
    written = yaml.safe_dump(head, allow_unicode=True, width=10_000)
    path.write_text(f"---\n{written}---\n{renderer.page(page, body)}", encoding="utf-8")
