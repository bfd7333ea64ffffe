"""Look whether the addresses that the handbook cites still answer.

The web is asked politely: one request at a time for each host with a pause
between two, three attempts, and a name by which a host can tell who asks. What
is wrong with other people's sites is no fault of a proposal, so this is no rule
of the check: editors start it, and a schedule does.

An address that cannot be looked at by a program stands in
``link-exceptions.toml`` with the reason. Such an address is looked at all the
same, so that an exception nobody needs any more is reported.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import ipaddress
import re
import socket
import sys
import threading
import time
import tomllib
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from handbook.load import Files, load
from handbook.problem import Place, printable
from handbook.yamlread import Map, Seq, Value

EXCEPTIONS = "link-exceptions.toml"
NAME = "transfer-handbook-link-check/1 (weekly, one request at a time)"

ATTEMPTS = 3
PATIENCE = 20.0
"""Seconds to wait for an answer."""
PAUSES = (5.0, 30.0)
"""Seconds before the second and the third attempt."""
LONGEST_PAUSE = 60.0
"""Seconds to wait at most when a host names a time itself."""
BETWEEN = 1.0
"""Seconds between two requests to one host."""
MOST_HOPS = 5
HOSTS_AT_ONCE = 8

FINE, MOVED, CLOSED, GONE, SILENT = "fine", "moved", "closed", "gone", "silent"
HEADINGS = {
    GONE: "There is no page any more",
    SILENT: "No answer, or an error, three times",
    CLOSED: "Closed to programs: look yourself",
    MOVED: "Moved for good",
}
_STATES = {404: GONE, 410: GONE, 401: CLOSED, 403: CLOSED, 405: CLOSED, 406: CLOSED, 451: CLOSED, 999: CLOSED}
_FOR_GOOD = {301, 308}
_REDIRECTS = {301, 302, 303, 307, 308}
_FINE = range(200, 300)

_IN_TEXT = re.compile(r"(?:\]\([ \t]*<?|<)(https?://[^\s<>()]+)")
_RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)$")
"""Names that belong to nobody (RFC 2606), used in examples."""


class Unfit(Exception):  # noqa: N818  (said to a person, not raised past the command)
    """The list of exceptions cannot be read. Its text says why."""


@dataclass(frozen=True)
class Answer:
    """What came of asking for an address: one of the states above, and the reason in words."""

    state: str
    words: str = ""


@dataclass
class Web:
    """How the web is asked. Tests replace the clock and let this machine count as public."""

    patience: float = PATIENCE
    between: float = BETWEEN
    sleep: Callable[[float], None] = time.sleep
    public: Callable[[str], bool] = lambda host: _is_public(host)  # noqa: PLW0108  (it stands further below)
    _hosts: defaultdict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _entry: threading.Lock = field(default_factory=threading.Lock)

    def look(self, address: str) -> Answer:
        """Ask for ``address`` until there is an answer that another attempt would not change, or ``ATTEMPTS`` times."""
        answer, wait = self._ask(address)
        for pause in PAUSES[: ATTEMPTS - 1]:
            if answer.state != SILENT:
                break
            self.sleep(min(wait, LONGEST_PAUSE) if wait else pause)
            answer, wait = self._ask(address)
        return answer

    def _ask(self, address: str) -> tuple[Answer, float]:
        """Follow an address to its end. Returns what came of it, and the seconds that the host wants to be left alone, or 0."""
        here, moved = address, False
        for _ in range(MOST_HOPS + 1):
            try:
                parts = urlsplit(here)
                if parts.scheme not in {"http", "https"} or not parts.hostname:
                    return Answer(SILENT, f"leads to {printable(here)}, which is no address on the web"), 0
                status, headers = self._request(here, parts.hostname)
                target = urljoin(here, headers.get("location", ""))
            except (OSError, http.client.HTTPException, ValueError) as error:
                return Answer(SILENT, _reason(error)), 0
            if status not in _REDIRECTS:
                now = here if moved and _same(here) != _same(address) else None
                return _judge(status, now), _seconds(headers.get("retry-after", ""))
            moved = moved or status in _FOR_GOOD
            here = target
        return Answer(SILENT, f"forwards more than {MOST_HOPS} times"), 0

    def _request(self, address: str, host: str) -> tuple[int, Mapping[str, str]]:
        """Ask once, alone with this host. Returns the status and the headers, with names in small letters."""
        with self._entry:
            lock = self._hosts[host]
        with lock:
            try:
                if not self.public(host):
                    raise ValueError("is not an address on the public web")
                request = urllib.request.Request(address, headers={"User-Agent": NAME, "Accept": "*/*"})  # noqa: S310  (scheme is looked at)
                with _OPENER.open(request, timeout=self.patience) as answer:
                    return answer.status, {name.lower(): value for name, value in answer.headers.items()}
            except urllib.error.HTTPError as error:
                with error:
                    return error.code, {name.lower(): value for name, value in error.headers.items()}
            finally:
                self.sleep(self.between)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Leaves it to us to follow a redirect, so that each step is looked at."""

    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def _is_public(host: str) -> bool:
    """Whether every address of a host is one of the public internet. Raises ``OSError`` if the name is not known.

    A cited address must not make the machine that looks ask its own neighbours.
    """
    found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    return all(ipaddress.ip_address(str(ip).partition("%")[0]).is_global for ip in found)


def _judge(status: int, now: str | None) -> Answer:
    """What a last status means, and where the page is ``now`` if it moved for good."""
    if status in _FINE:
        return Answer(MOVED, f"now at <{printable(now)}>") if now else Answer(FINE)
    return Answer(_STATES.get(status, SILENT), f"answers {status}")


def _same(address: str) -> str:
    return address.partition("#")[0].rstrip("/")


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() else 0


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) and isinstance(error.reason, Exception) else error
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    if isinstance(cause, ConnectionRefusedError):
        return "refuses the connection"
    if isinstance(cause, socket.gaierror):
        return "nobody knows this host"
    return printable(str(cause))[:200] or type(cause).__name__


# -- what is cited -----------------------------------------------------------------


def cited(files: Files) -> dict[str, list[Place]]:
    """Every address of the web in the records and in the text of pages, with its places, in the order of the first."""
    found: dict[str, list[Place]] = {}
    for address, place in sorted(_cited(files), key=lambda pair: pair[1]):
        if not _RESERVED.search(_host(address)):
            found.setdefault(address.partition("#")[0], []).append(place)
    return found


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _cited(files: Files) -> Iterator[tuple[str, Place]]:
    for records in files.records.values():
        for record in records.values():
            yield from _in_values(record.values, record.place.path)
    for page in files.pages.values():
        for match in _IN_TEXT.finditer(page.body):
            yield match[1], Place(page.path, page.body_line + page.body.count("\n", 0, match.start()), 1)


def _in_values(value: Value, path: str) -> Iterator[tuple[str, Place]]:
    if isinstance(value, Map):
        inside: Iterable[tuple[Value, tuple[int, int]]] = ((value[key], value.values_at[key]) for key in value)
    elif isinstance(value, Seq):
        inside = zip(value, value.items_at, strict=True)
    else:
        return
    for item, spot in inside:
        if isinstance(item, str) and re.match(r"https?://\S+$", item):
            yield item, Place(path, *spot)
        else:
            yield from _in_values(item, path)


# -- exceptions --------------------------------------------------------------------


def exceptions(root: Path) -> dict[str, str]:
    """The addresses in ``link-exceptions.toml`` with their reasons. Raises :class:`Unfit` if an entry lacks something."""
    try:
        entries = tomllib.loads((root / EXCEPTIONS).read_text(encoding="utf-8")).get("exception", [])
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise Unfit(f"{EXCEPTIONS}: {error}") from error
    found: dict[str, str] = {}
    for number, entry in enumerate(entries, start=1):
        if set(entry) != {"address", "reason", "since"} or not entry["reason"] or type(entry["since"]) is not dt.date:
            raise Unfit(f"{EXCEPTIONS}: exception {number} needs an address, a reason and a day under since, and nothing else")
        found[entry["address"]] = f"{entry['reason']} (since {entry['since']})"
    return found


# -- the report --------------------------------------------------------------------


def report(places: Mapping[str, list[Place]], answers: Mapping[str, Answer], known: Mapping[str, str]) -> str:
    """What an editor has to look at, as Markdown; nothing at all if there is nothing."""
    parts = []
    for state, heading in HEADINGS.items():
        found = [address for address in places if answers[address].state == state and address not in known]
        rows = [_row(address, answers[address].words, places[address]) for address in found]
        parts += [f"## {heading}\n", *rows, ""] if rows else []
    needless = [f"- <{address}>: {_needless(address, answers)}" for address in known if answers.get(address, Answer(FINE)).state == FINE]
    parts += [f"## Exceptions that can leave {EXCEPTIONS}\n", *needless, ""] if needless else []
    if not parts:
        return ""
    last = f"An address that only people can open goes into `{EXCEPTIONS}` with the reason. Exceptions that still hold: {len(known) - len(needless)}."
    return "\n".join([*parts, last, ""])


def _row(address: str, words: str, places: list[Place]) -> str:
    return f"- <{address}> {words}\n  Cited in " + ", ".join(f"`{place.path}` line {place.line}" for place in places)


def _needless(address: str, answers: Mapping[str, Answer]) -> str:
    return "it answers again" if address in answers else "nothing cites it any more"


# -- the command line ----------------------------------------------------------------


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``links`` to the command line."""
    parser = commands.add_parser("links", help="ask the web whether the addresses that we cite still answer")
    parser.set_defaults(run=lambda options: run(options.root))


def run(root: Path, web: Web | None = None) -> int:
    """Print what needs a look, as Markdown. Returns 0 whatever the web says, and 1 if the list of exceptions is unfit."""
    web = web or Web()
    try:
        known = exceptions(root)
    except Unfit as unfit:
        print(unfit, file=sys.stderr)
        return 1
    places = cited(load(root))
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        answers = dict(zip(places, pool.map(web.look, places), strict=True))
    print(report(places, answers, known), end="")
    fine = sum(answer.state == FINE for answer in answers.values())
    print(f"{fine:,} of {len(places):,} addresses answer", file=sys.stderr)
    return 0
