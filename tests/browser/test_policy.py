"""The Content-Security-Policy stops scripts that are not ours, and nothing that is."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from handbook import audit
from tests.browser.conftest import KINDS_OF_PAGE, Quiet, Watched
from tests.conftest import ROOT, copy_project
from tests.site.conftest import Once, once, python  # noqa: F401  (a fixture)
from tests.site.test_publishing import Preview, change
from tests.small_project import small_project

POLICY = (ROOT / "overrides/partials/policy.html").read_text(encoding="utf-8").partition("-#}")[2].strip()
ARTICLE = '<article class="md-content__inner md-typeset">'
TELL = """addEventListener("securitypolicyviolation", event => tell(
  `${location.pathname}: ${event.effectiveDirective} stops ${event.blockedURI || event.sourceFile}`))"""
PARTS_STARTED = """home => Promise.all([...document.querySelectorAll("[data-part]")].map(
  part => import(`${home}assets/javascripts/${part.dataset.part}/index.js`)))"""
LAB = "pick=recommendation.run-a-living-lab,tool.living-lab,lesson.bet-on-people"


def guarded(watched: Watched) -> Any:
    """A page that notes in ``stopped`` what its policy stops, in ``errors`` what the console calls an error."""
    page: Any = watched.page()
    page.stopped, page.errors = [], watched.errors
    page.expose_function("tell", lambda what: page.stopped.append(what))  # noqa: PLW0108  (Playwright marks what it is given)
    page.add_init_script(TELL)
    page.on("console", lambda message: page.errors.append(f"{page.url}: {message.text}") if message.type == "error" else None)
    return page


def in_order(page: Any) -> bool:
    """Whether nothing was stopped up to now. What the page was to tell is told before this is answered."""
    page.evaluate("1")
    assert page.stopped == []
    assert page.errors == []
    return True


@pytest.fixture
def page(open_page: Any) -> Any:
    return guarded(open_page(permissions=["clipboard-read", "clipboard-write"]))


def visit(page: Any, address: str, paths: list[str]) -> None:
    for path in paths:
        page.goto(address + path, wait_until="load")
        page.evaluate(PARTS_STARTED, address)
    assert in_order(page)


# -- what is ours holds ---------------------------------------------------------------------


def test_no_page_needs_anything_that_its_policy_stops(page: Any, address: str, site: Path) -> None:
    paths = list(audit.read(site).pages)
    assert len(paths) > 100
    visit(page, address, [path.removesuffix("index.html") for path in paths])


@pytest.fixture(scope="session")
def zensical(once: Once) -> Iterator[str]:  # noqa: F811
    """Where the site that Zensical builds is served."""

    def make(target: Path) -> None:
        built = python(copy_project(target), "handbook", "build", "--with", "zensical")
        assert built.returncode == 0, built.stdout + built.stderr

    yield from served(functools.partial(Quiet, directory=str(once("zensical-whole", make) / "site")))


def served(handler: Any) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_no_page_of_zensicals_needs_anything_that_its_policy_stops(page: Any, zensical: str) -> None:
    visit(page, zensical, list(KINDS_OF_PAGE.values()))


def search(page: Any, home: str) -> None:
    page.goto(home)
    page.locator("input.md-search__input").press_sequentially("living lab")
    page.locator(".md-search-result__item").first.wait_for()
    page.locator(".hb-search[data-complete]").wait_for()


def dark(page: Any, home: str) -> None:
    page.goto(home + "lessons/")
    page.get_by_role("button", name="Dark colours").click()
    page.goto(home + "matrix/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def menu(page: Any, home: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(home + "sectors/food/")
    page.get_by_role("button", name="Menu").click()
    page.locator("#__drawer:checked").wait_for(state="attached")


def fit_check(page: Any, home: str) -> None:
    page.goto(home + "fit-check/#!for=run-a-living-lab&sector=food")
    page.locator("fieldset").first.wait_for()
    page.locator("fieldset input").first.check()
    page.wait_for_url("**fit=**")
    page.locator(".hb-fit-answer").first.wait_for()


def plan(page: Any, home: str) -> None:
    page.goto(f"{home}plan/#!{LAB}&sector=food&date=2027-06-10")
    page.locator(".hb-plan-live").first.wait_for()
    page.get_by_label("Title").press_sequentially("Labs for food")
    page.locator("[data-block=why]").get_by_role("button", name="Edit").click()
    page.locator("[data-block=why]").get_by_role("textbox").press_sequentially("Our members asked twice.\n")
    for name, begins in (("Word document", b"PK"), ("Calendar", b"BEGIN:VCALENDAR"), ("Markdown", b"# Labs for food")):
        with page.expect_download() as got:
            page.get_by_role("button", name=name).click()
        assert Path(got.value.path()).read_bytes().startswith(begins), name
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Take off").first.click()


def compare(page: Any, home: str) -> None:
    page.goto(f"{home}compare/#!{LAB}")
    page.locator(".hb-compare").first.wait_for()
    page.get_by_label("Remember on this device").check()
    page.get_by_role("button", name="Down: ").first.click()


def questions(page: Any, home: str) -> None:
    page.goto(home + "questions/#!pick=tool.living-lab")
    page.get_by_role("button", name="Copy as text").click()
    page.get_by_text("The questions are copied as plain text.").wait_for()


def matrix(page: Any, home: str) -> None:
    page.goto(home + "matrix/")
    page.get_by_role("checkbox", name="Food").check()
    page.get_by_role("status").filter(has_text="recommendations shown").wait_for()


def find(page: Any, home: str) -> None:
    page.goto(home + "find/")
    page.get_by_label("Food").check()
    page.wait_for_url("**sector=food**")
    page.get_by_label("Order").select_option("By title")


def damaged(page: Any, home: str) -> None:
    page.goto(home + "find/#!sector=atlantis&x=1")
    page.locator(".hb-notice").first.wait_for()


def shortlist(page: Any, home: str) -> None:
    page.goto(home + "toolbox/living-lab/")
    page.get_by_role("button", name="Add to my shortlist").click()
    page.locator(".hb-bar").click()
    page.wait_for_url("**/compare/**")


def the_map(page: Any, home: str) -> None:
    page.goto(home + "clusters/")
    page.locator("svg[aria-labelledby~=map-title]").scroll_into_view_if_needed()


STATES = {
    "the search is open and shows results": search,
    "the colours are dark, and stay so on the next page": dark,
    "the menu is open on a telephone": menu,
    "the fit check is answered": fit_check,
    "the plan is edited, taken away in three forms and printed": plan,
    "the shortlist is compared and remembered": compare,
    "the question sheet is copied": questions,
    "the matrix is filtered": matrix,
    "the lessons are filtered": find,
    "a damaged link is opened": damaged,
    "a page is put on the shortlist": shortlist,
    "the map is in view": the_map,
}


@pytest.mark.parametrize("state", STATES)
def test_the_policy_stops_nothing_while(state: str, page: Any, address: str) -> None:
    STATES[state](page, address)
    assert in_order(page)


# -- what is not ours is stopped ------------------------------------------------------------

INJECTED = {
    "a script in the page": "<script>ran = true</script>",
    "a module in the page": '<script type="module">window.ran = true</script>',
    "a handler in a tag": '<img src="nope.png" alt="" onerror="ran = true">',
    "a link to a script": '<a id="trap" href="javascript:void(window.ran = true)">Read more</a>',
    "a script in its own address": '<script src="data:text/javascript,ran=true"></script>',
    "a frame in its own address": """<iframe src="data:text/html,<script>parent.postMessage('ran','*')</script>"></iframe>""",
    "a frame that holds a page": '<iframe srcdoc="<script>parent.ran = true</script>"></iframe>',
    "a script from another site": '<script src="{elsewhere}a.js"></script>',
    "another address for all scripts of the page": '<base href="{elsewhere}">',
}


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """Another site: the same computer, another port. Whatever script is asked for marks the page that runs it."""

    class Script(Quiet):
        def do_GET(self) -> None:  # noqa: N802  (its name in the library)
            answer(self, b"window.ran = true", "text/javascript")

    yield from served(Script)


def answer(handler: http.server.SimpleHTTPRequestHandler, body: bytes, kind: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.send_header("Access-Control-Allow-Origin", "*")
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture(scope="module")
def changed(site: Path) -> Iterator[Callable[[str, str, str], str]]:
    """A function that replaces what stands once in a page, and returns where the page is served as it is then."""
    pages: dict[str, str] = {}

    class Site(Quiet):
        def do_GET(self) -> None:  # noqa: N802
            if self.path in pages:
                answer(self, pages[self.path].encode(), "text/html; charset=utf-8")
            else:
                super().do_GET()

    def change_page(path: str, old: str, new: str) -> str:
        whole = (site / path / "index.html").read_text(encoding="utf-8")
        assert whole.count(old) == 1
        pages[f"/{path}"] = whole.replace(old, new)
        return home + path

    for home in served(functools.partial(Site, directory=str(site))):  # noqa: B007  (used above)
        yield change_page


def has_been_stopped(page: Any) -> bool:
    """Waits until the policy of the page, or of a frame in it, tells that it has stopped something."""
    return any(page.stopped or page.evaluate("new Promise(done => setTimeout(done, 20))") for _ in range(1_500))


@pytest.mark.parametrize("policy", [True, False], ids=["is stopped by the policy", "would run without it"])
@pytest.mark.parametrize("injected", INJECTED)
def test_a_script_that_somebody_got_into_a_page(injected: str, policy: bool, page: Any, changed: Any, elsewhere: str) -> None:
    page.add_init_script("addEventListener('message', event => { if (event.data === 'ran') window.ran = true })")
    markup = INJECTED[injected].format(elsewhere=elsewhere)
    if policy:
        begin = "</title>" if markup.startswith("<base") else ARTICLE
        page.goto(changed("lessons/", begin, begin + markup))
    else:
        page.goto(changed("lessons/", POLICY, markup))
    if page.locator("#trap").count():
        page.evaluate("document.getElementById('trap').click()")
    if not policy:
        page.wait_for_function("window.ran === true")
        return
    assert has_been_stopped(page)
    assert page.evaluate("window.ran") is None


NEEDED = {
    "script-src 'self'": "",
    "style-src 'self'": "",
    "img-src 'self'": "",
    "img-src data:": "lessons/",
    "connect-src 'self'": "fit-check/",
    "worker-src 'self'": "",
}
"""Each source that the policy allows, with a page that needs it; the worker is that of the search."""


def test_the_policy_allows_nothing_else() -> None:
    directives = (part.split() for part in (POLICY.split('content="')[1].removesuffix('">').split(";")))
    assert {f"{name} {source}" for name, *sources in directives for source in sources if source != "'none'"} == set(NEEDED)


@pytest.mark.parametrize("needed", NEEDED)
def test_a_page_needs_what_the_policy_allows_as(needed: str, page: Any, changed: Any) -> None:
    name, source = needed.split()
    given = re.search(rf"{name} [^;]*", POLICY)[0]
    left = given.replace(f" {source}", "")
    page.goto(changed(NEEDED[needed], given, left if " " in left else f"{left} 'none'"))
    if name == "worker-src":
        page.locator("input.md-search__input").press_sequentially("living")
    assert has_been_stopped(page)
    assert {stopped.split()[1].partition("-src")[0] for stopped in page.stopped} == {name.removesuffix("-src")}


# -- the preview --------------------------------------------------------------------------


def test_the_preview_keeps_the_policy_and_still_loads_a_page_again_when_it_has_changed(page: Any, tmp_path: Path) -> None:
    preview = Preview(small_project(tmp_path / "project"))
    try:
        preview.wait(lambda: "Serving on" in preview.said)
        page.goto(preview.address + "lessons/write-it-down/")
        assert "script-src 'self' 'sha256-" in page.locator("meta[http-equiv]").get_attribute("content")
        change(preview.project / "docs/lessons/write-it-down.md", "title: Write it down", "title: Write it up")
        page.get_by_role("heading", name="Write it up", level=1).wait_for(timeout=90_000)
        assert in_order(page)
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))")
        assert page.evaluate("window.ran") is None
        assert len(page.stopped) == 1
    finally:
        preview.stop()
