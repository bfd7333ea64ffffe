"""What the link check says of a web that answers in every way, on this machine only."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from handbook.links import CLOSED, FINE, GONE, MOVED, NAME, SILENT, Answer, Unfit, Web, cited, exceptions, report, run
from handbook.load import load
from handbook.problem import Place
from tests.conftest import ROOT
from tests.handbook.examples import LESSON, change


class Host(ThreadingHTTPServer):
    """Answers by the path, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: Counter[str] = Counter()
        self.names: set[str] = set()
        self.now = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.release = threading.Event()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Answers(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        host = self.server
        with host.lock:
            host.asked[self.path] += 1
            host.names.add(self.headers["User-Agent"])
            time_asked = host.asked[self.path]
        word = self.path.strip("/")
        if word == "never":
            host.release.wait(30)
            return
        if word.startswith("busy"):
            self._work()
        codes = {"soon": [500, 200], "later": [429, 200], "broken": [500], "moved": [301], "there-for-now": [302], "round": [302], "out": [302]}
        code = codes.get(word, [int(word) if word.isdigit() else 200])
        self.send_response(code[min(time_asked, len(code)) - 1])
        targets = {"moved": "/fine", "there-for-now": "/fine", "round": "/round", "out": "file:///etc/passwd"}
        if word in targets:
            self.send_header("Location", targets[word])
        if word == "later":
            self.send_header("Retry-After", "7" if time_asked == 1 else "")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _work(self) -> None:
        """Be busy for a while, and over with it before anything is answered."""
        with self.server.lock:
            self.server.now += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.now)
        time.sleep(0.05)
        with self.server.lock:
            self.server.now -= 1

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[Host]:
    started = Host()
    thread = threading.Thread(target=started.serve_forever, daemon=True)
    thread.start()
    yield started
    started.release.set()
    started.shutdown()
    started.server_close()


class Clock:
    """Notes how long it was asked to wait, and does not."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(clock: Clock) -> Web:
    return Web(patience=0.3, between=0, sleep=clock, public=lambda _: True)


@pytest.mark.parametrize(
    ("path", "answer", "times"),
    [
        ("/fine", Answer(FINE), 1),
        ("/there-for-now", Answer(FINE), 1),
        ("/404", Answer(GONE, "answers 404"), 1),
        ("/410", Answer(GONE, "answers 410"), 1),
        ("/403", Answer(CLOSED, "answers 403"), 1),
        ("/soon", Answer(FINE), 2),
        ("/broken", Answer(SILENT, "answers 500"), 3),
        ("/418", Answer(SILENT, "answers 418"), 3),
        ("/never", Answer(SILENT, "no answer in time"), 3),
    ],
)
def test_an_address_is_asked_as_often_as_needed_and_judged_by_its_last_answer(host: Host, web: Web, path: str, answer: Answer, times: int) -> None:
    assert web.look(host.at(path)) == answer
    assert host.asked[path] == times


def test_a_page_that_moved_for_good_is_reported_with_its_new_address(host: Host, web: Web) -> None:
    assert web.look(host.at("/moved")) == Answer(MOVED, f"now at <{host.at('/fine')}>")


def test_a_host_that_refuses_the_connection_is_tried_three_times(web: Web, clock: Clock) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert web.look(f"http://127.0.0.1:{port}/") == Answer(SILENT, "refuses the connection")
    assert [seconds for seconds in clock.waited if seconds] == [5, 30]


def test_a_host_that_names_a_time_is_left_alone_for_that_time(host: Host, web: Web, clock: Clock) -> None:
    assert web.look(host.at("/later")) == Answer(FINE)
    assert [seconds for seconds in clock.waited if seconds] == [7]


def test_forwarding_in_a_circle_or_out_of_the_web_ends(host: Host, web: Web) -> None:
    assert web.look(host.at("/round")) == Answer(SILENT, "forwards more than 5 times")
    assert web.look(host.at("/out")) == Answer(SILENT, "leads to file:///etc/passwd, which is no address on the web")


def test_a_name_that_nobody_knows_and_an_address_that_is_none_are_no_crash(web: Web) -> None:
    assert web.look("http://nobody.invalid/").state == SILENT
    assert web.look("http://[::1/").state == SILENT


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://169.254.169.254/", "http://10.0.0.1/", "http://[::1]/", "http://localhost/"])
def test_no_cited_address_makes_the_machine_ask_itself_or_its_neighbours(address: str, clock: Clock) -> None:
    assert Web(sleep=clock).look(address) == Answer(SILENT, "is not an address on the public web")


def test_a_host_gets_one_request_at_a_time_with_a_pause_and_learns_who_asks(host: Host, clock: Clock) -> None:
    web = Web(patience=5, between=1, sleep=clock, public=lambda _: True)
    threads = [threading.Thread(target=web.look, args=[host.at(f"/busy-{number}")]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert host.most_at_once == 1
    assert clock.waited == [1] * 6
    assert host.names == {NAME}


def test_every_address_in_records_and_in_text_is_found_with_its_lines(tiny: Path) -> None:
    page = (tiny / LESSON).read_text(encoding="utf-8")
    line = page.count("\n") + 3
    added = "\n\nSee [it](https://north.org/a#part), <https://north.org/b> and [this](https://x.example/).\n"
    (tiny / LESSON).write_text(page + added, encoding="utf-8")
    sources = (tiny / "data/sources.yaml").read_text(encoding="utf-8").splitlines()
    found = cited(load(tiny))
    assert found["https://north.org/a"] == [Place(LESSON, line, 1)]
    assert found["https://north.org/b"] == [Place(LESSON, line, 1)]
    assert not [address for address in found if "x.example" in address], "names in examples belong to nobody"
    for address, places in found.items():
        for place in places:
            if place.path == "data/sources.yaml":
                assert address in sources[place.line - 1]


def test_the_real_handbook_s_sources_are_all_looked_at() -> None:
    urls = {line.split(": ", 1)[1] for line in (ROOT / "data/sources.yaml").read_text(encoding="utf-8").splitlines() if line.startswith("  url: ")}
    assert urls
    assert {url.partition("#")[0] for url in urls} <= cited(load(ROOT)).keys()


PLACES = {f"https://x.org/{name}": [Place("data/sources.yaml", number, 3)] for number, name in enumerate("abcd", start=1)}
STATES = [Answer(FINE), Answer(GONE, "answers 404"), Answer(CLOSED, "answers 403"), Answer(MOVED, "now at <https://y.org/>")]
ANSWERS = dict(zip(PLACES, STATES, strict=True))


def test_the_report_names_what_needs_a_look_with_the_line_and_nothing_else() -> None:
    said = report(PLACES, ANSWERS, {})
    assert "- <https://x.org/b> answers 404\n  Cited in `data/sources.yaml` line 2\n" in said
    assert [line for line in said.splitlines() if line.startswith("## ")] == [
        "## There is no page any more",
        "## Closed to programs: look yourself",
        "## Moved for good",
    ]
    assert "https://x.org/a" not in said


def test_an_exception_is_left_out_and_reported_once_nobody_needs_it() -> None:
    said = report(PLACES, ANSWERS, {"https://x.org/a": "r", "https://x.org/b": "r", "https://x.org/gone": "r"})
    assert "answers 404" not in said
    assert "- <https://x.org/a>: it answers again\n" in said
    assert "- <https://x.org/gone>: nothing cites it any more\n" in said
    assert "Exceptions that still hold: 1." in said


def test_nothing_to_look_at_is_an_empty_report() -> None:
    assert report(PLACES, dict.fromkeys(PLACES, Answer(FINE)), {}) == ""


def test_the_real_list_of_exceptions_can_be_read() -> None:
    assert all(exceptions(ROOT).values())


UNFIT = ['address = "https://x.org/"', 'address = "a"\nreason = ""\nsince = 2026-01-01', 'address = "a"\nreason = "r"\nsince = "x"', "x"]


@pytest.mark.parametrize("entry", UNFIT)
def test_an_exception_without_reason_or_day_is_refused(tmp_path: Path, entry: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "link-exceptions.toml").write_text(f"[[exception]]\n{entry}\n", encoding="utf-8")
    with pytest.raises(Unfit, match=r"link-exceptions\.toml"):
        exceptions(tmp_path)
    assert run(tmp_path) == 1
    assert "link-exceptions.toml" in capsys.readouterr().err


def test_the_command_prints_the_report_and_ends_well_whatever_the_web_says(
    tiny: Path, host: Host, web: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    change(tiny, LESSON, "## What happened\n", f"## What happened\n\nSee <{host.at('/404')}> and <{host.at('/fine')}>.\n")
    web.public = lambda name: name == "127.0.0.1"
    assert run(tiny, web) == 0
    said = capsys.readouterr()
    assert f"- <{host.at('/404')}> answers 404" in said.out
    assert host.at("/fine") not in said.out
    assert " addresses answer\n" in said.err
    assert host.asked == {"/404": 1, "/fine": 1}
