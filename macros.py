"""The adapter between the site builder and the handbook package.

It registers the calls that pages may make and hands over what they show. It
reads no data, writes no markup and holds no rules.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
if str(ROOT) not in sys.path:  # Zensical runs this file once for each page
    sys.path.insert(0, str(ROOT))  # the builder need not have been started here

from handbook import builder, forwards, published, searchable, theme  # noqa: E402
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
    mkdocs = hasattr(env.conf, "site_dir")  # another builder's settings are a plain dictionary
    renderer = builder.start(ROOT, Repository(where.edit), for_each_page=not mkdocs)
    calls = count()
    for name in CALLS:
        env.macro(_macro(env, renderer, name, calls), name)
    if mkdocs:
        builder.prepare(env.conf, where)
        env.renderer = renderer
    else:  # Zensical, which has no place for what on_pre_page_macros does, and comes here once for each page
        builder.guard(renderer, env.page.path)
        _tame(env.page.meta, renderer, env.page.path)


def _macro(env: Any, renderer: Renderer, name: str, calls: Iterator[int]) -> Callable[..., str]:
    # A plain function: the macros plugin writes out the text form of every
    # macro, and that of a partial would hold the whole handbook. ``calls``
    # counts those of one page, because only Zensical makes any this way.
    def call(*arguments: str) -> str:
        file = getattr(env.page, "file", None)  # MkDocs has it, Zensical does not
        return builder.show(renderer, file.src_uri if file else env.page.path, name, *arguments, nth=next(calls))

    return call


def _tame(meta: dict[str, Any], renderer: Renderer, page: str) -> None:
    """Replace the front matter of ``page`` by what the theme needs of it, as harmless text.

    The theme prints titles as they are, both builders run whatever looks like
    a template in a title and let a field replace the macro of its name, and
    they read a title such as NO or 2019 as something else.
    """
    kept = {name: meta[name] for name in ("hide",) if name in meta}
    meta.clear()
    meta.update(kept, **renderer.head(page))


def on_pre_page_macros(env: Any) -> None:
    """Show what the page's calls show, make its front matter harmless, and say where it is edited.

    The macros plugin could make the calls itself, as Zensical does. But then
    each page would be run as a template, with the power of any program; so
    none is, which also takes a tenth off the build.
    """
    page = env.page.file.src_uri
    _tame(env.page.meta, env.renderer, page)
    env.markdown = builder.fill(env.renderer, page, env.markdown)
    env.page.edit_url = env.renderer.kept(page) or env.page.edit_url
    env.page.meta["render_macros"] = False


def on_post_build(env: Any) -> None:
    """Complete the finished site and put it in its place."""
    published.publish(env.renderer.handbook, Path(env.conf["site_dir"]))
    searchable.write(env.renderer.handbook, Path(env.conf["site_dir"]))
    forwards.write(env.renderer.handbook, Path(env.conf["site_dir"]))
    theme.leave_out(Path(env.conf["site_dir"]))
    builder.publish(env.conf)
