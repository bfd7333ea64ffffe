"""Say how many of the questions the built site answers: ``python -m tests.search`` after ``python -m handbook build``.

Those that were held out while the search was tuned are counted apart. ``--all``
shows the questions without an answer among those, too.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import NAMES, QUIET, Quiet
from tests.search.asking import Question, put, questions, rate, ready


def main() -> None:
    """Ask everything and print the rates."""
    handler = functools.partial(Quiet, directory=str(Path("site").resolve()))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=next(filter(None, map(shutil.which, NAMES))), args=QUIET)
        page = browser.new_page()
        ready(page, f"http://127.0.0.1:{server.server_port}/")
        asked: list[tuple[Question, bool]] = []
        for question in questions():
            found = put(page, question.ask)
            asked.append((question, question.answered_by(found)))
            if not asked[-1][1] and (not question.held_out or "--all" in sys.argv):
                print(f"{question.lang} {question.ask!r}: {found[:5]}")
        browser.close()
    server.shutdown()
    for language in ("en", "de", "da", "nl", "nb", "sv"):
        mine = [(q, a) for q, a in asked if q.lang == language]
        print(f"{language}: tuned on {rate(x for x in mine if not x[0].held_out)}, held out {rate(x for x in mine if x[0].held_out)}")
    others = [(q, a) for q, a in asked if q.lang != "en"]
    print(f"others: tuned on {rate(x for x in others if not x[0].held_out)}, held out {rate(x for x in others if x[0].held_out)}")


if __name__ == "__main__":
    main()
