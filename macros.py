"""The adapter between the site builder and the handbook package.

It registers the calls that pages may make and hands over what they show. It
reads no data, writes no markup and holds no rules.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))  # the builder need not have been started here

from handbook import builder  # noqa: E402
from handbook.address import address  # noqa: E402
from handbook.calls import CALLS  # noqa: E402
from handbook.render import Renderer  # noqa: E402
from handbook.views import Repository  # noqa: E402


def define_env(env: Any) -> None:
    """Check everything, then register one macro for each call.

    Stops the build with every problem in words, before any page is rendered,
    if the check finds one.
    """
    where = address(os.environ)
    renderer = builder.start(ROOT, Repository(where.edit))
    for name in CALLS:
        env.macro(_macro(env, renderer, name), name)
    if hasattr(env.conf, "site_dir"):  # MkDocs; another builder's settings are a plain dictionary
        builder.prepare(env.conf, where)


def _macro(env: Any, renderer: Renderer, name: str) -> Callable[..., str]:
    # A plain function: the macros plugin writes out the text form of every
    # macro, and that of a partial would hold the whole handbook.
    def call(*arguments: str) -> str:
        file = getattr(env.page, "file", None)  # MkDocs has it, Zensical does not
        return renderer.call(file.src_uri if file else env.page.path, name, *arguments)

    return call


def on_pre_page_macros(env: Any) -> None:
    """Escape what the theme prints from the front matter as it is."""
    meta = env.page.meta
    meta["description"] = meta.get("description") or meta.get("summary", "")
    for name in ("title", "description"):
        meta[name] = escape(meta[name])


def on_post_build(env: Any) -> None:
    """Put the finished site in its place."""
    builder.publish(env.conf)
