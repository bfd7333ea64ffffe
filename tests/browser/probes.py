"""The questions of ``probes.js``, asked of a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_SOURCE = Path(__file__).with_name("probes.js").read_text(encoding="utf-8")
_NAMES = re.findall(r"^export (?:async )?function (\w+)", _SOURCE, re.MULTILINE)
_SCRIPT = f"() => {{ {_SOURCE.replace('export ', '')}\nwindow.probes = {{ {', '.join(_NAMES)} }} }}"
_STYLE = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet] }"""


def ask(page: Any, *questions: str) -> list[str]:
    """What is wrong with the page as it is, in words."""
    load(page)
    found: list[str] = page.evaluate("questions => questions.flatMap(question => probes[question]())", list(questions))
    return found


def load(page: Any) -> None:
    """Bring the questions into the page."""
    if not page.evaluate("'probes' in window"):
        page.evaluate(_SCRIPT)


def style(page: Any, css: str) -> None:
    """Lay a style sheet over the page as a reader's own would lie. No policy of the page forbids this way."""
    page.evaluate(_STYLE, css)
