"""A hook of MkDocs that keeps the live preview alive through faults.

After a build that failed, the preview of MkDocs answers no request until a
build goes well. This one goes on showing the last good pages. Zensical knows
no hooks and ignores this file.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from typing import Any


def on_serve(server: Any, **_others: Any) -> Any:
    """Wrap the server's builder, so that a failed build is told and the last good one stays."""
    server.builder = keeping(server.builder)
    return server


def keeping(build: Callable[[], None]) -> Callable[[], None]:
    """A build that prints what stopped it instead of raising it."""

    def build_or_keep() -> None:
        try:
            build()
        except (Exception, SystemExit) as error:  # noqa: BLE001  (whatever it is, the preview stays)
            if not isinstance(error, SystemExit):
                traceback.print_exc()
            elif isinstance(error, Exception):  # one that has something to say, and not only an exit code
                print(error, file=sys.stderr)
            logging.getLogger("mkdocs").error("The preview shows the last good pages until this is mended.")  # noqa: TRY400

    return build_or_keep
