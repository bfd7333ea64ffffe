"""What happens around a build: the check before it, and the swap after it.

A build writes into a new folder beside the published one. Only when
everything has gone well does the new folder take the old one's place, so a
failure at any stage leaves the last good site as it was.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from handbook import made
from handbook.address import Address
from handbook.__main__ import report
from handbook.render import Renderer
from handbook.views import Repository

NEW, OLD = ".new", ".old"


class Stopped(Exception, SystemExit):  # noqa: N818  (it is no error of the program)
    """The build must not go on; what is wrong has been said.

    It is both kinds of exception, like the builder's own ``Abort``, so that a
    build ends with exit code 1 and a live preview goes on waiting for a change.
    """

    code = 1


def start(root: Path, repository: Repository) -> Renderer:
    """The renderer for a build.

    If the check finds problems, prints them all and raises :class:`Stopped`.
    """
    try:
        return made.renderer(root, repository)
    except made.Faulty as faulty:
        report(faulty.problems, sys.stderr)
        raise Stopped from None


def prepare(config: MutableMapping[str, Any], where: Address) -> None:
    """Set a MkDocs build's addresses, and make it write into a new folder instead of the published one."""
    if where.site :
        config["site_url"] = where.site
    if where.edit:
        config["edit_uri_template"] = f"{where.edit}/docs/{{path}}"
    target = Path(config["site_dir"])
    new = target.with_name(target.name + NEW)
    shutil.rmtree(new, ignore_errors=True)
    config["site_dir"] = str(new)


def publish(config: MutableMapping[str, Any]) -> None:
    """Put what a MkDocs build wrote in the place of the published folder.

    Does nothing if a strict build has had warnings, because MkDocs will then
    end it as failed.
    """
    new = Path(config["site_dir"])
    target = new.with_name(new.name.removesuffix(NEW))
    config["site_dir"] = str(target)
    if config.get("strict") and _warned():
        shutil.rmtree(new, ignore_errors=True)
        return
    swap(new, target)


def swap(new: Path, target: Path) -> None:
    """Put the folder ``new`` in the place of ``target``, which may be missing."""
    old = target.with_name(target.name + OLD)
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        os.replace(target, old)  # noqa: PTH105  (one call of the operating system, no half states)
    os.replace(new, target)  # noqa: PTH105
    shutil.rmtree(old, ignore_errors=True)


def _warned() -> bool:
    """Whether MkDocs has counted a warning in this strict build."""
    for handler in logging.getLogger("mkdocs").handlers:
        counts = getattr(handler, "get_counts", None)
        if counts and counts():
            return True
    return False
