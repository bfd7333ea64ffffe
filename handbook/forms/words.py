"""The templates for what contributors send and get, and how their words become harmless in them.

On a page their words are escaped before (see :mod:`handbook.forms.wording`).
In an answer they stand as code only: there the host makes no links of them,
calls nobody, and closes nothing.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.calls import TEMPLATES

FOLDER = TEMPLATES / "forms"
WIDTH = 100
MAX_SHOWN = 600
MAX_CODE = 80


@cache
def environment() -> Environment:
    """The environment of these templates. It escapes nothing: what it is given is harmless already, or goes through one of its filters."""
    made = Environment(loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)  # noqa: S701
    made.globals["call"] = call
    made.filters.update(code=code, fence=fence)
    return made


def render(template: str, **context: object) -> str:
    """What a template makes of ``context``, with single empty lines."""
    text = environment().get_template(template).render(**context)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def call(name: str, *arguments: str) -> str:
    """A call as it stands on a page."""
    given = ", ".join(f'"{argument}"' for argument in arguments)
    return f"{{{{ {name}({given}) }}}}"


def code(text: str) -> str:
    """``text`` as code within a line, cut if it is long."""
    line = " ".join(text.replace("`", "'").split())
    return f"`{line if len(line) <= MAX_CODE else line[: MAX_CODE - 1] + '…'}`" if line else ""


def fence(text: str) -> str:
    """``text`` as a block of code, cut if it is long; the fence is longer than any in it."""
    shown = text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN].rstrip()} …"
    lines = [part for line in shown.split("\n") for part in (textwrap.wrap(line, WIDTH) or [""])]
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    ticks = "`" * max(3, longest + 1)
    return "\n".join([f"{ticks}text", *lines, ticks])
