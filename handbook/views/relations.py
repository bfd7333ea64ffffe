"""What the drawing on a record's page shows: what it needs, what it builds, what it leads to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handbook.diagram import Group, Node, draw
from handbook.relate import Item
from handbook.views.parts import Parts

MOST = 6
"""A group of more than these is drawn as one box that leads to the list: a tool may stand in thousands of lessons."""


@dataclass(frozen=True)
class Relation:
    """Records of one kind that relate to a record in the same way; ``key`` is what the template calls it by."""

    key: str
    kind: str
    ids: tuple[str, ...]

    @property
    def folded(self) -> bool:
        """Whether they are drawn as one box. Conditions never are: there are few, and each decides."""
        return self.kind != "condition" and len(self.ids) > MOST


class RelationViews(Parts):
    """The drawings of lessons, tools and recommendations, and the same in words."""

    def _lesson_relations(self, item: Item) -> dict[str, Any]:
        record = item.record
        after = [
            Relation("builds", "condition", record.builds),
            Relation("tools", "tool", record.tools),
            Relation("recommendations", "recommendation", item.back.get("recommendations", ())),
        ]
        return self._relations(item, self._conditions(item), after, {"tools"})

    def _tool_relations(self, item: Item) -> dict[str, Any]:
        before = [*self._conditions(item), Relation("lessons", "lesson", item.back.get("lessons", ()))]
        after = [
            Relation("builds", "condition", item.record.builds),
            Relation("recommendations", "recommendation", item.back.get("recommendations", ())),
            Relation("uses", "use", item.back.get("uses", ())),
        ]
        return self._relations(item, before, after, {"uses"})

    def _recommendation_relations(self, item: Item) -> dict[str, Any]:
        record = item.record
        before = [*self._conditions(item), Relation("lessons", "lesson", record.lessons)]
        after = [Relation("tools", "tool", record.tools), Relation("uses", "use", item.back.get("uses", ()))]
        return self._relations(item, before, after, {"must", "helps", "lessons", "tools", "uses"})

    def _relations(self, item: Item, before: Sequence[Relation], after: Sequence[Relation], told: Container[str]) -> dict[str, Any]:
        """The drawing, and lists of what has no section of its own on the page; ``told`` are the keys of what has."""
        groups = [[self._group(relation) for relation in relations] for relations in (before, after)]
        words = [r for r in (*before, *after) if r.ids and r.key not in told]
        return {
            "kind": item.kind,
            "drawing": draw(item.title, *groups),
            "listed": [{"key": r.key, "links": self.links(r.kind, r.ids)} for r in words if not r.folded],
            "folded": [{"key": r.key, "links": self.links(r.kind, r.ids)} for r in words if r.folded],
        }

    def _conditions(self, item: Item) -> list[Relation]:
        return [
            Relation(strength, "condition", tuple(r.condition for r in item.record.requires if r.strength == strength))
            for strength in self.book.vocabulary["strength"]
        ]

    def _group(self, relation: Relation) -> Group:
        if relation.folded:
            return Group(relation.key, (Node("", Markup(f"#{relation.key}"), count=len(relation.ids)),))  # noqa: S704  (our own keys only)
        return Group(relation.key, tuple(self._nodes(relation)))

    def _nodes(self, relation: Relation) -> Iterable[Node]:
        for record_id in relation.ids:
            item = self.book.get(relation.kind, record_id)
            # What else builds a condition matters to those who lack it, not to those who are about to build it.
            lacking = relation.kind == "condition" and relation.key != "builds"
            builders = (len(item.back.get("built_by_lessons", ())), len(item.back.get("built_by_tools", ()))) if lacking else None
            yield Node(item.title, self.href(self.target(relation.kind, record_id)), builders)
