"""What nobody knows yet, as questions to those who did it.

The questions and why they matter are in ``data/vocabulary.yaml`` under
``question``; what a record of use calls not known, and what was looked for
and not found, is asked in its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from handbook.relate import Item
from handbook.views.comparison import ComparisonViews, Piece
from handbook.views.parts import LIST_PAGES, Badge, Link, Statement, spelled

OPENINGS = {"how", "the", "what", "when", "where", "whether", "which", "who", "why"}
"""Words that lose their capital in the middle of a question. Any other first word may be a name."""


@dataclass(frozen=True)
class Question:
    """One question: the same key in two inquiries means the same question."""

    key: str
    ask: str
    why: str
    """Why the answer matters to the reader."""
    about: Link | None = None
    so_far: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Questions whose answers matter for the same reason."""

    why: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Asked:
    """An organisation that can be asked, with its website if a source gives it, and what became of it."""

    link: Link
    country: str
    website: Markup | None
    later: tuple[Statement, ...]


@dataclass(frozen=True)
class Inquiry:
    """Questions to the same organisations: about one use, or about a record as a whole (``use`` is then None)."""

    use: Link | None
    when: str | None
    outcome: Badge | None
    so_far: tuple[Statement, ...]
    organisations: tuple[Asked, ...]
    reasons: tuple[Reason, ...]


class InquiryViews(ComparisonViews):
    """What there is to ask about a record, and the page that lists all of it."""

    def questions(self) -> dict[str, Any]:
        """All open questions about tools and recommendations. What was asked under one is not asked again under the next."""
        seen: set[str] = set()
        rows = []
        for item in (*self.book.all("tool"), *self.book.all("recommendation")):
            inquiries = list(_new(self.inquiries(item), seen))
            count = sum(len(reason.questions) for inquiry in inquiries for reason in inquiry.reasons)
            rows.append({"id": f"{item.kind}-{item.id}", "link": self.link(item.kind, item.id), "count": count, "inquiries": inquiries})
        return {
            "rows": [row for row in rows if row["inquiries"]],
            "count": len(seen),
            "partners": self.href(LIST_PAGES["organisation"]),
            "meaning": self._meaning,
        }

    def inquiries(self, item: Item) -> tuple[Inquiry, ...]:
        """What there is to ask about a lesson, a tool or a recommendation, by whom to ask."""
        uses = [self.book.get("use", use) for use in item.back.get("uses", ())]
        asked = dict.fromkeys(organisation for use in uses for organisation in use.record.organisations)
        own = {"lesson": self._of_lesson, "tool": self._of_tool, "recommendation": self._of_recommendation}[item.kind](item)
        whole = Inquiry(None, None, None, (), self._asked(asked), _by_reason(own))
        found = [whole, *(self._of_use(use) for use in uses)]
        return tuple(inquiry for inquiry in found if inquiry.reasons)

    def _of_use(self, item: Item) -> Inquiry:
        record = item.record
        questions = [self._inquire("use-outcome", item)] if record.outcome == "unknown" else []
        for number, text in enumerate(record.not_known):
            questions.append(self._inquire("not-known", item, f" {_within(text)}?", number))
        return Inquiry(
            self.link("use", item.id),
            f"{record.place}, {spelled(record.when)}",
            self.badge("outcome", record.outcome),
            tuple(self.claims(record.result)),
            self._asked(record.organisations),
            _by_reason((*questions, *self._gaps("uses", item.id))),
        )

    def _of_tool(self, item: Item) -> Iterator[Question]:
        if not item.back.get("uses"):
            question = self._inquire("no-use", item)
            # Under a recommendation that was used, its reason must not be read as the recommendation's.
            yield replace(question, why=f"{item.title}: {question.why}")
        sizes = item.record.effort
        for part in ("people", "time", "money"):
            if "unknown" in {getattr(size, part) for size in (sizes.try_, sizes.pilot, sizes.full)}:
                yield self._inquire(part, item)
        yield from self._gaps("tools", item.id)

    def _of_lesson(self, item: Item) -> Iterator[Question]:
        record = item.record
        about = (Piece(text=record.summary), *self.compared(item)["worked"])
        if record.outcome_known != "yes":
            yield replace(self._inquire(f"outcome-{record.outcome_known}", item), so_far=about)
        if record.breadth == "unknown":
            yield replace(self._inquire("breadth", item), so_far=about)

    def _of_recommendation(self, item: Item) -> Iterator[Question]:
        if not item.back.get("uses"):
            yield self._inquire("untried", item)
        for tool in item.record.tools:
            link = self.link("tool", tool)
            yield from (replace(question, about=link) for question in self._of_tool(self.book.get("tool", tool)))
        for lesson in item.record.lessons:
            link = self.link("lesson", lesson)
            yield from (replace(question, about=link) for question in self._of_lesson(self.book.get("lesson", lesson)))

    def _inquire(self, tag: str, item: Item, rest: str = "", number: int = 0) -> Question:
        entry = self.book.vocabulary["question"][tag]
        return Question(f"{item.kind}.{item.id}.{tag}.{number}", f"{entry.label}{rest}", entry.description)

    def _gaps(self, field: str, record_id: str) -> Iterator[Question]:
        """What was looked for about a tool or a use, and not found."""
        for gap in self.book.all("gap"):
            if record_id in getattr(gap.record, field):
                yield Question(f"gap.{gap.id}", gap.record.title, gap.record.matters, None, (Piece(text=gap.record.looked),))

    def _asked(self, organisations: Iterable[str]) -> tuple[Asked, ...]:
        found = []
        for organisation in organisations:
            record = self.book.get("organisation", organisation).record
            website = Markup(record.website.url) if record.website else None  # noqa: S704  (the model checks its shape)
            country = self.book.vocabulary["country"][record.country].label
            found.append(Asked(self.link("organisation", organisation), country, website, tuple(self.claims(record.later))))
        return tuple(found)


def _within(text: str) -> str:
    """``text``, a sentence, as it reads in the middle of a question."""
    first = text.split(maxsplit=1)[0]
    return (text[0].lower() + text[1:] if first.lower() in OPENINGS else text).rstrip(".")


def _new(inquiries: Iterable[Inquiry], seen: set[str]) -> Iterator[Inquiry]:
    """``inquiries`` without the questions of ``seen``, to which theirs are added."""
    for inquiry in inquiries:
        questions = [question for reason in inquiry.reasons for question in reason.questions if question.key not in seen]
        seen.update(question.key for question in questions)
        if questions:
            yield replace(inquiry, reasons=_by_reason(questions))


def _by_reason(questions: Iterable[Question]) -> tuple[Reason, ...]:
    """``questions`` under their reasons, each reason where it comes up first."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(question.why, []).append(question)
    return tuple(Reason(why, tuple(asked)) for why, asked in found.items())
