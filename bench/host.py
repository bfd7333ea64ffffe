"""A site on this machine, served as GitHub Pages serves it: below a path, compressed, and kept by browsers for ten minutes."""

from __future__ import annotations

import gzip
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

BELOW = "/handbook/"
COMPRESSED = ("text/", "application/json", "application/xml", "application/javascript", "image/svg+xml")
"""The beginnings of the types that GitHub Pages compresses."""

LEVEL = 6
"""How hard it tries; the usual one of servers."""


@cache
def moved(site: Path, path: str) -> bytes:
    """The bytes that the host sends for a file of ``site``."""
    body = (site / path).read_bytes()
    return gzip.compress(body, LEVEL, mtime=0) if _type(path).startswith(COMPRESSED) else body


def file_of(site: Path, address: str) -> str | None:
    """The file below ``site`` for the path of an address, or None if there is none."""
    path = unquote(urlsplit(address).path)
    path = path.removeprefix(BELOW) + ("index.html" if path.endswith("/") else "")
    inside = (site / path).resolve()
    return path if inside.is_file() and inside.is_relative_to(site.resolve()) else None


def _type(path: str) -> str:
    return mimetypes.guess_type(path)[0] or "application/octet-stream"


class _Host(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one go: as two, the second waits for the browser to have acknowledged the first

    def __init__(self, *arguments: Any, site: Path) -> None:
        self.site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answer with the file, or with the page for wrong addresses."""
        found = file_of(self.site, self.path) if self.path.startswith(BELOW) else None
        path = found or "404.html"
        body, kind = moved(self.site, path), _type(path)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith(COMPRESSED) else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if kind.startswith(COMPRESSED):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """Serve ``site`` while the block runs; gives its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, site=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        server.shutdown()
