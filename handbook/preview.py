"""A hook of MkDocs for its live preview: it goes on through faults, and it may reload the pages.

After a build that failed, the preview of MkDocs answers no request until a
build goes well. This one goes on showing the last good pages. And MkDocs puts
a script into each page that it shows, to load it again after a change. The
page's own policy (overrides/partials/policy.html) would stop that, so in the
preview the policy names this one script by its hash. All else that it stops on
the published site, it stops in the preview as well. Zensical knows no hooks and
ignores this file; in its preview one has to reload pages by hand.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
"""A web application as in PEP 3333: takes a request and a function that begins the answer, and returns the answer's body."""

SCRIPTS = b"script-src 'self'"
"""The part of the policy that says which scripts may run."""


def on_serve(server: Any, **_others: Any) -> Any:
    """Wrap the server's builder, so that a failed build is told and the last good one stays, and its answers, so that they may reload."""
    server.builder = keeping(server.builder)
    server.set_app(reloading(server.get_app()))
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


def reloading(application: Application) -> Application:
    """An application that lets the script run which MkDocs has put into each page."""

    def answer(request: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        body = application(request, lambda *given: begun.append(given))
        status, headers = begun[0]
        if ("Content-Type", "text/html") in headers:
            page = letting_reload(b"".join(body))
            headers = [*(header for header in headers if header[0] != "Content-Length"), ("Content-Length", str(len(page)))]
            body = [page]
        begin(status, headers)
        return body

    return answer


def letting_reload(page: bytes) -> bytes:
    """``page`` with the hash of MkDocs's script, its last, in its policy. One without such a script stays as it is."""
    script = page.rpartition(b"<script>")[2].partition(b"</script>")[0]
    if b"livereload(" not in script:
        return page
    digest = base64.b64encode(hashlib.sha256(script).digest())
    return page.replace(SCRIPTS, SCRIPTS + b" 'sha256-" + digest + b"'", 1)
