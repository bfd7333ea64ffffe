"""``python -m tests.browser``: look at the whole site, and write down for the accessibility statement what was found."""

from __future__ import annotations

import functools
import http.server
import sys
import tempfile
import threading
from pathlib import Path

from tests.browser.conftest import Quiet, addresses
from tests.browser.evaluation import DATA, evaluate, write
from tests.conftest import copy_project, mkdocs


def main() -> int:
    """Build the site, look at it and write. Returns 1 if the site cannot be built, or if something is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project")
        built = mkdocs(project, "build")
        if built.returncode:
            print(built.stdout + built.stderr, file=sys.stderr)
            return 1
        site = project / "site"
        handler = functools.partial(Quiet, directory=str(site))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            facts = evaluate(f"http://127.0.0.1:{server.server_port}/", addresses(site))
            server.shutdown()
    write(facts)
    print(f"{facts['looks']} looks at {facts['pages']} pages, {len(facts['found'])} faults: {DATA}")
    print("\n".join(facts["found"]))
    return 1 if facts["found"] else 0


if __name__ == "__main__":
    sys.exit(main())
