"""What happens around a build: the check before it, and the swap after it.

A build writes into a new folder beside the published one. Only when
everything has gone well does the new folder take the old one's place, so a
failure at any stage leaves the last good site as it was.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import shutil
import sys
import threading
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from handbook import made
from handbook.address import Address
from handbook.alone import Claim, Taken, claim
from handbook.calls import CALLS, find
from handbook.exchange import exchange
from handbook.render import Renderer, Unrendered
from handbook.report import report
from handbook.views import Repository

NEW, OLD = ".new", ".old"


class Stopped(Exception, SystemExit):  # noqa: N818  (it is no error of the program)
    """The build must not go on; what is wrong has been said.

    It is both kinds of exception, like the builder's own ``Abort``, so that a
    build ends with exit code 1 and a live preview goes on waiting for a change.
    """

    code = 1


_said: list[made.Faulty] = []


PATIENCE = 20
"""For a builder that asks for each page: to look whether files have changed may take a twentieth of its time at most."""


def start(root: Path, repository: Repository, *, for_each_page: bool = False) -> Renderer:
    """The renderer for a build.

    If the check finds problems, prints them all and raises :class:`Stopped`.
    A builder that asks once for each page gets them printed once, and is ended
    at once, because it has several pages in hand.
    """
    with _one_at_a_time:
        try:
            renderer = made.renderer(root, repository, PATIENCE if for_each_page else 0)
        except made.Faulty as faulty:
            if faulty not in _said:
                report(faulty.problems, sys.stderr)
                _said[:] = [faulty]
            raise _stopped("nothing is built before the problems named above are mended", at_once=for_each_page) from None
    _spare(renderer)
    return renderer


_one_at_a_time = threading.Lock()


def show(renderer: Renderer, page: str, name: str, *arguments: str, nth: int) -> str:
    """What a call, the ``nth`` on ``page``, shows there, for a builder that asks for each. Raises :class:`Stopped` if a template is broken."""
    try:
        return renderer.call(page, name, *arguments, nth=nth)
    except Unrendered as fault:
        raise _stopped(str(fault), at_once=True) from None


def fill(renderer: Renderer, page: str, text: str) -> str:
    """``text``, that of ``page``, with what its calls show. Raises :class:`Stopped` if a template is broken."""
    try:
        return renderer.page(page, text)
    except Unrendered as fault:
        raise _stopped(str(fault)) from None


def guard(renderer: Renderer, page: str) -> None:
    """See to it that ``page``, a path below docs/, gives a builder that runs pages as templates nothing to run but known calls.

    The check has seen to that. But such a builder would run whatever it has
    missed, so this looks once more, in another way. Raises :class:`Stopped`.
    """
    text = renderer.handbook.texts[page]
    for call in reversed(find(text)):
        if call.name in CALLS:
            text = text[: call.start] + text[call.end :]
    if "{" in text or "}" in text:
        raise _stopped(f"docs/{page}: curly brackets here hold no call of the handbook, and nothing else is run", at_once=True)


def _stopped(message: str, *, at_once: bool = False) -> Stopped:
    """What ends a build; or ends it ``at_once``, before Zensical can wrap it into a page of the program's own calls."""
    if at_once and "build" in sys.argv[1:]:
        print(message, file=sys.stderr, flush=True)
        sys.stdout.flush()
        os._exit(Stopped.code)
    return Stopped(message)


_spared: list[Renderer] = []


def _spare(renderer: Renderer) -> None:
    """Keep Python from looking for garbage, again and again during the build, in a handbook that stays until its end."""
    if not any(renderer is other for other in _spared):
        _spared[:] = [renderer]
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def prepare(config: MutableMapping[str, Any], where: Address) -> None:
    """Set a MkDocs build's addresses, and make it write into a new folder instead of the published one."""
    if where.site:
        config["site_url"] = where.site
    if where.edit:
        config["edit_uri_template"] = f"{where.edit}/docs/{{path}}"
    target = Path(config["site_dir"]).resolve()  # what a link points to is swapped, not the link
    new = target.with_name(target.name + NEW)
    try:
        recover(target)
        if target not in _claims:  # a preview that has failed builds again
            _claims[target] = claim(target)
        remove(new)
    except Taken as taken:
        raise _outside_pages(str(taken)) from None
    except OSError as error:
        raise _outside_pages(f"what an earlier build has left behind is in the way: {error}") from None
    _unfinished.add(new)
    config["site_dir"] = str(new)
    if config.get("strict"):
        _heed_warnings()


def publish(config: MutableMapping[str, Any]) -> None:
    """Put what a MkDocs build wrote in the place of the published folder.

    Does nothing if a strict build has had warnings, because MkDocs will then
    end it as failed.
    """
    new = Path(config["site_dir"])
    target = new.with_name(new.name.removesuffix(NEW))
    config["site_dir"] = str(target)
    _unfinished.discard(new)
    if config.get("strict") and _warned():
        shutil.rmtree(new, ignore_errors=True)
        return
    try:
        swap(new, target)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise _outside_pages(not_moved(target, error)) from None
    finally:
        _claims.pop(target).release()


def _outside_pages(message: str) -> Stopped:
    """What ends a build before or after its pages, where MkDocs does not say why."""
    print(message, file=sys.stderr, flush=True)
    return Stopped(message)


def not_moved(target: Path, error: OSError) -> str:
    """What to say where :func:`swap` has raised ``error``."""
    return f"the new site cannot take the place of {target}, which is as it was: {error}"


def remove(path: Path) -> None:
    """Remove a folder with all that is in it, a file, or a link but not what it leads to. Raises ``OSError`` if it is still there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def recover(target: Path) -> None:
    """Bring back the folder ``target`` if an earlier build was killed in the middle of a swap that took two steps."""
    old = target.with_name(target.name + OLD)
    if old.exists() and not target.exists():
        os.replace(old, target)  # noqa: PTH105


def swap(new: Path, target: Path) -> None:
    """Put the folder ``new`` in the place of ``target``, which may be missing.

    In one step where the system can, so that there is no moment without a
    ``target``. Raises ``OSError`` if that cannot be done; ``target`` is then
    as it was.
    """
    old = target.with_name(target.name + OLD)
    remove(old)
    if exchange(new, target):
        with suppress(OSError):  # what is published is the new one already
            remove(new)
        return
    if target.exists():
        os.replace(target, old)  # noqa: PTH105  (one call of the operating system, no half states)
    try:
        os.replace(new, target)  # noqa: PTH105
    except OSError:
        if old.exists():
            os.replace(old, target)  # noqa: PTH105
        raise
    with suppress(OSError):
        remove(old)


_unfinished: set[Path] = set()
_claims: dict[Path, Claim] = {}


@atexit.register
def _remove_unfinished() -> None:
    """Leave nothing behind of builds that failed."""
    for folder in _unfinished:
        shutil.rmtree(folder, ignore_errors=True)
    for claimed in _claims.values():
        claimed.release()


def _heed_warnings() -> None:
    """Make a strict MkDocs build see its warnings, however quiet or talkative it was told to be.

    ``--quiet`` drops warnings before they are counted, so that a strict build
    with broken links ends well (https://github.com/mkdocs/mkdocs/issues/4126),
    and ``--verbose`` leaves out the check of anchors
    (https://github.com/mkdocs/mkdocs/issues/3991).
    """
    logger, pages = logging.getLogger("mkdocs"), logging.getLogger("mkdocs.structure.pages")
    logger.setLevel(min(logger.level, logging.WARNING))
    pages.setLevel(max(pages.getEffectiveLevel(), logging.DEBUG + 1))


def _warned() -> bool:
    """Whether MkDocs has counted a warning in this strict build."""
    for handler in logging.getLogger("mkdocs").handlers:
        counts = getattr(handler, "get_counts", None)
        if counts and counts():
            return True
    return False
