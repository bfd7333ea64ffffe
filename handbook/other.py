"""Build the site with either builder, and let nothing replace the last good site but a site without a finding.

The order is always the same: check the data and the pages, build into a new
folder, audit what came out, and only then put it in the place of ``site/``.

MkDocs started by itself keeps most of this (macros.py sees to it), all but the
audit. Zensical 0.0.73 started by itself keeps none of it: it empties ``site/``
before it has read a page, asks for the check in the middle of its work, looks
for broken links only in what people wrote and not in what the calls made of
it, and shows no pencil beside a title, because it makes its address from
``repo_url`` only, which would have each reader's browser ask api.github.com. It
does end with an error, and names the faults.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from handbook import audit, forwards, made, published, searchable, theme
from handbook.address import Address, address
from handbook.alone import Taken, claim
from handbook.builder import NEW, OLD, not_moved, recover, remove, swap
from handbook.report import report
from handbook.views import Repository

SITE = "site"
CONFIG = "mkdocs.yml"
BUILDERS = ("mkdocs", "zensical")


def build(root: Path, name: str, environ: Mapping[str, str]) -> int:
    """Build the handbook below ``root`` into ``root/site`` with one of the ``BUILDERS``.

    Returns 0 if all went well. Otherwise what is wrong has been printed, and
    ``site/`` is as it was. It must be a folder: through a link, a builder
    would write where people already read. Of two builds at once in one folder
    the second is refused.
    """
    site = root / SITE
    if site.is_symlink():
        return _fail(f"'{SITE}' is a link to another folder; remove the link, build, and copy the folder to where it is served")
    try:
        recover(site)
        claimed = claim(site)
    except (Taken, OSError) as error:
        return _fail(str(error))
    try:
        return _build(root, name, environ)
    except OSError as error:
        return _fail(f"the build cannot go on: {error}")
    finally:
        claimed.release()


def _build(root: Path, name: str, environ: Mapping[str, str]) -> int:
    where = address(environ)
    site = root / SITE
    try:
        handbook = made.renderer(root, Repository(where.edit)).handbook
    except made.Faulty as faulty:
        report(faulty.problems, sys.stderr)
        return 1
    new = site.with_name(site.name + NEW)
    _clear(new)
    try:
        code = _run(root, name, new, where, environ)
        if code == 0 and name == "zensical":  # MkDocs does it by itself
            published.publish(handbook, new)
            searchable.write(handbook, new)
            forwards.write(handbook, new)
            theme.leave_out(new)
        code = code or audit.run(new, made.words(root), root, where)
        return code or _swap(new, site)
    finally:
        _clear(new)


def _swap(new: Path, site: Path) -> int:
    try:
        swap(new, site)
    except OSError as error:
        return _fail(not_moved(site, error))
    return 0


def _clear(new: Path) -> None:
    """Remove the folder ``new``, and what a builder that fills it needs or leaves beside it. Raises ``OSError`` if something is still there."""
    for path in (new, new.with_name(new.name + NEW), new.with_name(new.name + OLD), new.with_name(f"{new.name}.yml")):
        remove(path)


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def _run(root: Path, name: str, new: Path, where: Address, environ: Mapping[str, str]) -> int:
    if name == "mkdocs":
        return _call(root, environ, "mkdocs", "build", "--site-dir", new.name)
    # Zensical takes the folder to build into from its settings only, and these from a file only.
    settings = {"INHERIT": CONFIG, "site_dir": new.name, **({"site_url": where.site} if where.site else {})}
    config = root / f"{new.name}.yml"
    config.write_text(json.dumps(settings), encoding="utf-8")  # JSON is YAML
    # In UTF-8 whatever the system's language is, or it fails in a folder with an accent in its name.
    # With its memory cleared: that knows the files it was made from, but not the addresses.
    return _call(root, {**environ, "PYTHONUTF8": "1"}, "zensical", "build", "--clean", "--config-file", config.name)


def _call(root: Path, environ: Mapping[str, str], *command: str) -> int:
    # A builder inherits the claim, so that no other build begins while it is at work, should this process be killed.
    return subprocess.run([sys.executable, "-m", *command], cwd=root, env=dict(environ), check=False, close_fds=False).returncode  # noqa: S603  (our own)


# -- the command line ------------------------------------------------------------


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``build`` to the command line."""
    parser = commands.add_parser("build", help="check, build, audit, and only then replace the last good site")
    parser.add_argument("--with", dest="builder", choices=BUILDERS, default=BUILDERS[0], help="the builder (default: mkdocs)")
    parser.set_defaults(run=lambda options: build(options.root, options.builder, os.environ))
