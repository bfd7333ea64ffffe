"""A browser, and a site on loopback for it."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Raises ``StopIteration`` if there is none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=next(filter(None, map(shutil.which, NAMES))), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def served(site: Path, below: str = "/") -> Iterator[tuple[str, list[int]]]:
    """Serve ``site`` on loopback; gives its address, and the sizes of the files below ``below`` that were asked for."""
    moved: list[int] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def copyfile(self, source: Any, outputfile: Any) -> None:
            if self.path.startswith(below):
                moved.append((site / self.path.lstrip("/")).stat().st_size)
            super().copyfile(source, outputfile)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", moved
        server.shutdown()
