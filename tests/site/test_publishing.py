"""The site holds wherever it is published, shows changes while it is edited, and comes out the same everywhere."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from handbook import audit, made, theme
from handbook.address import Address
from handbook.check import check
from handbook.relate import relate
from tests.conftest import ROOT, copy_project, mkdocs
from tests.site.conftest import Once, clean_environment, tree
from tests.small_project import small_project

PATIENCE = 90
"""Seconds to wait for a preview. It takes two or three; a busy machine may need many times that."""


def get(address: str) -> tuple[int, str]:
    """The status and the text that a server on this machine answers with."""
    assert urlsplit(address).hostname == "127.0.0.1"
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310  (this machine only)
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


# -- below a path ----------------------------------------------------------------

BASE = "/some-repo/"
BUILT_FOR = f"http://127.0.0.1:8000{BASE}"
"""The address that the site is built for. Each test process serves it at a port of its own."""


class _Pages(SimpleHTTPRequestHandler):
    """Answers as GitHub Pages does for a repository: below one path, and with 404.html for whatever is not there."""

    def translate_path(self, path: str) -> str:
        plain = urlsplit(path).path
        return super().translate_path(plain.removeprefix(BASE.rstrip("/"))) if plain.startswith(BASE) else "/nowhere"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not self.path.startswith(BASE):
            super().send_error(code, message, explain)
            return
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def below_a_path(once: Once) -> Iterator[str]:
    """The address of the real site, built for and served below a path of its own."""

    def make(target: Path) -> None:
        built = mkdocs(copy_project(target), "build", environ={"HANDBOOK_SITE_URL": BUILT_FOR})
        assert built.returncode == 0, built.stderr

    site = once("below-a-path", make) / "site"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{BASE}"
    server.shutdown()
    server.server_close()


def crawl(start: str, home: str) -> dict[str, int]:
    """Every address of this host that ``start`` leads to, in any number of steps, with its status."""
    host = urlsplit(home).netloc
    found: dict[str, int] = {}
    left = [start]
    while left:
        address = left.pop()
        if address in found:
            continue
        found[address], text = get(address)
        if address.endswith(".css"):
            links = re.findall(r"url\(['\"]?([^'\")]+)", text)
        elif "</html>" in text:
            page = audit.read_page("", text)
            links = [reference.value for reference in page.references]
            config = json.loads(text.partition('<script id="__config" type="application/json">')[2].partition("</script>")[0])
            assert urljoin(address, config["base"].rstrip("/") + "/") == home, address
            assert theme.is_left_out(urljoin(address, config["search"]).removeprefix(home)), "nothing of ours starts the theme's own search"
        else:
            links = []
        full = (urljoin(address, link.replace(BUILT_FOR, home)).partition("#")[0] for link in links)
        left += [link for link in full if urlsplit(link).netloc == host]
    return found


def test_below_a_path_every_link_and_every_asset_is_there(below_a_path: str) -> None:
    found = crawl(below_a_path, below_a_path)
    assert {address: status for address, status in found.items() if status != 200} == {}
    assert {address for address in found if not address.startswith(below_a_path)} == set()
    pages = {address for address in found if address.endswith("/")}
    listed = re.findall("<loc>(.*?)</loc>", get(below_a_path + "sitemap.xml")[1])
    assert {address.replace(BUILT_FOR, below_a_path) for address in listed} == pages
    assert get(below_a_path + "search/records.json")[0] == 200


@pytest.mark.parametrize("missing", ["nope", "lessons/nope/x/", "lessons/nope/x/y.html"])
def test_below_a_path_the_page_for_wrong_addresses_holds_at_any_depth(below_a_path: str, missing: str) -> None:
    status, text = get(below_a_path + missing)
    assert status == 404
    assert "There is no page at this address" in text
    found = crawl(below_a_path + missing, below_a_path)
    assert {address: status for address, status in found.items() if status != 200} == {below_a_path + missing: 404}


# -- a repository's addresses -------------------------------------------------------

EDIT = "https://github.com/Owner/name/edit/main/"


def line_of(path: str, text: str) -> int:
    return (ROOT / path).read_text(encoding="utf-8").splitlines().index(text) + 1


CONDITIONS, SECTOR, LESSON = "conditions/index", "sectors/food", "lessons/train-the-pitch"

PENCILS = {
    LESSON: f"{EDIT}docs/{LESSON}.md",
    "about/privacy": f"{EDIT}docs/about/privacy.md",
    SECTOR: f"{EDIT}data/sectors.yaml#L{line_of('data/sectors.yaml', 'food:')}",
    "transfer/run-a-living-lab": f"{EDIT}data/recommendations.yaml#L{line_of('data/recommendations.yaml', 'run-a-living-lab:')}",
    CONDITIONS: f"{EDIT}data/conditions.yaml",
    "clusters/index": f"{EDIT}data/clusters.yaml",
    "about/glossary": f"{EDIT}data/glossary.yaml",
    "about/sources": f"{EDIT}data/sources.yaml",
    "about/source-map": f"{EDIT}data/sources.yaml",
    "matrix/index": f"{EDIT}data/recommendations.yaml",
}


@pytest.fixture(scope="module")
def on_github(once: Once) -> Path:
    """The real site, built as GitHub Actions would for the repository Owner/name."""

    def make(target: Path) -> None:
        built = mkdocs(copy_project(target), "build", environ={"GITHUB_REPOSITORY": "Owner/name", "GITHUB_SERVER_URL": "https://github.com"})
        assert built.returncode == 0, built.stderr

    return once("on-github", make) / "site"


def test_on_github_the_audit_finds_nothing_either(on_github: Path) -> None:
    assert audit.audit(audit.read(on_github, made.words(ROOT), where=Address(None, EDIT.rstrip("/")))) == []


def page_of(site: Path, source: str) -> audit.Page:
    path = f"{source.removesuffix('/index')}/index.html"
    return audit.read_page(path, (site / path).read_text(encoding="utf-8"))


def edit_links(page: audit.Page) -> list[str]:
    return [e.attributes["href"] for e in page.named("a") if "/edit/" in e.attributes.get("href", "")]


@pytest.mark.parametrize("source", PENCILS)
def test_on_github_a_page_says_its_own_address_and_its_pencil_leads_to_the_file_that_holds_its_facts(on_github: Path, source: str) -> None:
    page = page_of(on_github, source)
    assert page.canonical == [f"https://owner.github.io/name/{page.location}"]
    pencils = [e.attributes["href"] for e in page.named("a") if e.attributes.get("rel") == "edit"]
    assert pencils == [PENCILS[source]]


@pytest.mark.parametrize(("source", "file"), [(LESSON, f"docs/{LESSON}.md"), (SECTOR, "data/sectors.yaml"), (CONDITIONS, "data/conditions.yaml")])
def test_on_github_a_fact_leads_to_the_line_on_which_it_is_kept(on_github: Path, source: str, file: str) -> None:
    links = [link for link in edit_links(page_of(on_github, source)) if "#L" in link]
    assert links
    lines = (on_github.parent / file).read_text(encoding="utf-8").splitlines()
    kept = []
    for link in links:
        path, _, number = link.removeprefix(EDIT).partition("#L")
        assert link.startswith(EDIT)
        assert path == file
        kept.append(lines[int(number) - 1])
    if source == LESSON:
        assert kept == ["---"]
    elif source == SECTOR:
        assert kept == ["food:", "food:"], "the pencil and the link at the end"
    else:
        assert sorted(kept) == sorted(line for line in lines if re.match(r"[a-z]", line))


def test_every_edit_address_on_github_is_that_of_a_file(on_github: Path) -> None:
    links = {link for page in audit.read(on_github).pages.values() for link in edit_links(page)}
    files = {link.removeprefix(EDIT).partition("#")[0] for link in links}
    assert {file for file in files if not (ROOT / file).is_file()} == set()
    pages = {path.relative_to(on_github.parent).as_posix() for path in on_github.parent.glob("docs/**/*.md")}
    made_of_data = {f"docs/{page}" for page in relate(check(ROOT).base).kept}
    assert files & pages == pages - made_of_data


def test_the_audit_finds_nothing_in_the_site_on_github(on_github: Path) -> None:
    assert audit.audit(audit.read(on_github, where=Address(None, EDIT.rstrip("/")))) == []


def test_without_a_repository_no_page_has_an_edit_link_or_a_link_to_one(site: Path) -> None:
    pages = audit.read(site).pages.values()
    assert [page.path for page in pages if edit_links(page) or any(e.attributes.get("rel") == "edit" for e in page.named("a"))] == []
    assert [page.path for page in pages for e in page.named("a") if "None" in e.attributes.get("href", "")] == []


# -- the same bytes everywhere --------------------------------------------------------


def test_a_copy_and_a_clone_built_in_other_places_and_times_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    copy = copy_project(tmp_path / "a")
    clone = tmp_path / "somewhere" / "else with a longer name"
    git = partial(subprocess.run, check=True, capture_output=True, env={**clean_environment(), "GIT_CONFIG_GLOBAL": "/dev/null"})
    me = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    git(["git", "init", "--quiet", str(copy)])
    git(["git", "-C", str(copy), "add", "."])
    git(["git", "-C", str(copy), *me, "commit", "--quiet", "--message", "All"])
    git(["git", "clone", "--quiet", str(copy), str(clone)])
    shutil.rmtree(copy / ".git")
    common = {"SOURCE_DATE_EPOCH": "1700000000"}
    one = mkdocs(copy, "build", environ={**common, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"})
    other = mkdocs(clone, "build", environ={**common, "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"})
    assert (one.returncode, other.returncode) == (0, 0), one.stderr + other.stderr
    first, second = tree(copy / "site"), tree(clone / "site")
    assert {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)} == set()
    assert "sitemap.xml.gz" in first


TURKISH = ("tr_TR", "ISO-8859-9")
"""A language and signs of its own: there the small letter of I is no i, and a file without a coding named is not read as UTF-8."""


def test_a_build_on_a_system_in_another_language_makes_the_same_site_byte_for_byte(tmp_path: Path) -> None:
    name = ".".join(TURKISH)
    folder = tmp_path / "locales"
    folder.mkdir()
    program = shutil.which("localedef")
    if not program or not Path("/usr/share/i18n/locales", TURKISH[0]).exists():
        pytest.skip("this system cannot make a language to try (Debian's package 'locales' is not installed)")
    subprocess.run([program, "-i", TURKISH[0], "-f", TURKISH[1], str(folder / name)], check=True, capture_output=True)
    turkish = {"LC_ALL": name, "LOCPATH": str(folder)}
    asked = [
        sys.executable,
        "-c",
        "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.getencoding(), locale.localeconv()['decimal_point'])",
    ]
    spoken = subprocess.run(asked, env={**clean_environment(), **turkish}, capture_output=True, text=True, check=True).stdout
    assert spoken.split() == [TURKISH[1], ","]
    trees = []
    for language in ({"LC_ALL": "C.UTF-8"}, turkish):
        project = copy_project(tmp_path / str(len(trees)))
        built = mkdocs(project, "build", environ={"SOURCE_DATE_EPOCH": "1700000000", **language})
        assert built.returncode == 0, built.stderr
        trees.append(tree(project / "site"))
    first, second = trees
    assert {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)} == set()


OTHER = "HANDBOOK_OTHER_PYTHON"
SET_UP = "import material, mkdocs, mkdocs_macros, pydantic, sys; print(sys.version)"


def other_pythons() -> Iterator[str]:
    """Programs that may be another Python with all that a build needs, the one that was named first."""
    yield os.environ.get(OTHER, "")
    yield str(ROOT / ".venv-other/bin/python")
    yield from (f"python3.{minor}" for minor in range(15, 10, -1))


def version_of(python: str) -> str:
    """The version of a Python, or nothing if it cannot build the handbook."""
    found = shutil.which(python)
    asked = [found, "-c", SET_UP] if found else ["false"]
    return subprocess.run(asked, cwd="/", capture_output=True, text=True, check=False).stdout


def test_another_version_of_python_makes_the_same_site_byte_for_byte(tmp_path: Path) -> None:
    found = ((python, version) for python in other_pythons() if (version := version_of(python)) and version.strip() != sys.version)
    python, version = next(found, ("", ""))
    assert python or OTHER not in os.environ, f"{os.environ.get(OTHER)} is no other Python with the packages of requirements.txt"
    if not python:
        pytest.skip("there is only one Python with the packages of requirements.txt here; 'make other' sets up a second")
    common = {**clean_environment(), "SOURCE_DATE_EPOCH": "1700000000"}
    trees = []
    for program in (sys.executable, python):
        project = copy_project(tmp_path / str(len(trees)))
        built = subprocess.run([program, "-m", "mkdocs", "build"], cwd=project, env=common, capture_output=True, text=True, timeout=600, check=False)
        assert built.returncode == 0, built.stderr
        trees.append(tree(project / "site"))
    first, second = trees
    assert {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)} == set(), version
    assert len(first) > 300


# -- the live preview -------------------------------------------------------------------


class Preview:
    """``mkdocs serve`` on a copy of a project."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.address = f"http://127.0.0.1:{free_port()}/"
        self.log = project / "preview.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", urlsplit(self.address).netloc],
                cwd=project,
                env={**clean_environment(), "PYTHONUNBUFFERED": "1"},
                stdout=log,
                stderr=log,
            )

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)  # as Ctrl+C does, so that it clears up behind itself
        try:
            self.process.wait(timeout=5)  # for good if the tests run in the background of a shell, where Ctrl+C is ignored
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def shows(self, path: str, text: str) -> bool:
        return text in get(self.address + path)[1]

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait until something is so. Fails after a while, or if the preview has ended."""
        end = time.monotonic() + PATIENCE
        while True:
            assert self.process.poll() is None, self.said
            with contextlib.suppress(OSError):
                if until():
                    return
            assert time.monotonic() < end, self.said
            time.sleep(0.1)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    started = Preview(small_project(tmp_path / "project"))
    try:
        started.wait(lambda: "Serving on" in started.said)
        yield started
    finally:
        started.stop()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_preview_shows_a_change_survives_a_fault_and_shows_the_next_change(preview: Preview) -> None:
    conditions = preview.project / "data/conditions.yaml"
    title = re.search(r"^  title: (.+)$", conditions.read_text(encoding="utf-8"), re.MULTILINE)
    assert title
    assert preview.shows("conditions/", title[1])

    change(conditions, title[1], "A first new title")
    preview.wait(lambda: preview.shows("conditions/", "A first new title"))

    change(conditions, "A first new title\n", "A second new title\n  nosuch: 1\n")
    preview.wait(lambda: "The preview shows the last good pages until this is mended." in preview.said)
    assert re.search(r"^data/conditions\.yaml:\d+:3: nosuch: ", preview.said, re.MULTILINE)
    assert preview.shows("conditions/", "A first new title")
    assert not preview.shows("conditions/", "A second new title")

    change(conditions, "  nosuch: 1\n", "")
    preview.wait(lambda: preview.shows("conditions/", "A second new title"))


def test_a_preview_survives_a_broken_template_and_a_broken_link(preview: Preview) -> None:
    template = preview.project / "templates/conditions.md.j2"
    good = template.read_text(encoding="utf-8")
    for fault, named in (("{{ nosuch }}", "'nosuch' is undefined"), ("[x](nope.md)", "contains a link 'nope.md'")):
        failed = preview.said.count("The preview shows the last good pages")
        template.write_text(f"{good}\n\n{fault}\n", encoding="utf-8")
        preview.wait(lambda failed=failed: preview.said.count("The preview shows the last good pages") > failed)  # type: ignore[misc]
        assert named in preview.said
        assert get(preview.address + "conditions/")[0] == 200
    template.write_text(f"{good}\n\nMended at last.\n", encoding="utf-8")
    preview.wait(lambda: preview.shows("conditions/", "Mended at last."))
