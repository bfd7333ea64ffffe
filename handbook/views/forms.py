"""Views for those who contribute: the ways in, and whom the handbook thanks."""

from __future__ import annotations

import re
from typing import Any

from handbook.calls import EXAMPLES, TEMPLATES
from handbook.model import KINDS
from handbook.views.parts import LIST_PAGES, Parts, spelled

MAIL_FORM = "assets/forms/{form}.txt"
"""Below docs/; written by :mod:`handbook.forms.write`."""

_COPIED = re.compile(r"^`{3,}[a-z]+\n(?:\{% raw -?%\}\n)?(.*?)(?:\{% endraw %\}\n)?`{3,}$", re.DOTALL | re.MULTILINE)


class FormViews(Parts):
    """What the pages for contributors show."""

    def add(self, form: str) -> dict[str, Any]:
        """The ways to fill in one form."""
        record = self.book.get("form", form).record
        return {
            "id": form,
            "title": record.title,
            "summary": record.summary,
            "needed": [question.ask for question in record.questions if question.required],
            "form": self.repository.form(form),
            "mail": self.href(MAIL_FORM.format(form=form)),
            "send_to": record.send_to,
            "file": self.repository.new_file(KINDS[form].home, *_example(form)) if form in EXAMPLES else None,
            "thanks": self.href(LIST_PAGES["contributor"]),
        }

    def thanks(self) -> dict[str, Any]:
        """Everybody who contributed and agreed to be named, with what they gave."""
        rows = []
        for item in self.book.all("contributor"):
            given = [
                {
                    "link": next((self.link(kind, found) for kind in ("lesson", "tool", "use") if (found := getattr(part, kind))), None),
                    "what": part.what,
                    "when": spelled(part.when.isoformat()),
                }
                for part in item.record.contributions
            ]
            rows.append({"id": item.id, "record": item.record, "given": given})
        return {"rows": rows, "contribute": self.href(LIST_PAGES["form"])}


def _example(kind: str) -> tuple[str, str]:
    """The name and the text of a new file of a kind, as the contribute page shows it to copy."""
    found = _COPIED.search((TEMPLATES / "examples" / f"{kind}.md").read_text(encoding="utf-8"))
    suffix = ".md" if KINDS[kind].page_folder else ".yaml"
    return f"the-name-of-this-file{suffix}", re.sub(" +#", "  #", found[1] if found else "")
