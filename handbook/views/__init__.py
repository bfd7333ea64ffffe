"""What each call on a page shows: which rows, in which order, with which links.

A view picks and orders; it holds no words for readers. The words, the columns
and the headings are in the template of the same name under ``templates/``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handbook.views.find import FindViews
from handbook.views.fit import FitViews
from handbook.views.forms import FormViews
from handbook.views.inquiries import InquiryViews
from handbook.views.lists import ListViews
from handbook.views.parts import EVIDENCE_PAGE, LIST_PAGES, PASSAGES_PAGE, Edit, Repository
from handbook.views.records import RecordViews


class Views(RecordViews, ListViews, FindViews, FitViews, InquiryViews, FormViews):
    """All views, each a method of its call's name."""


def view(name: str) -> Callable[..., dict[str, Any]]:
    """The view of a call. Raises ``AttributeError`` if there is none."""
    found: Callable[..., dict[str, Any]] = getattr(Views, name)
    return found


__all__ = ["EVIDENCE_PAGE", "LIST_PAGES", "PASSAGES_PAGE", "Edit", "Repository", "Views", "view"]
