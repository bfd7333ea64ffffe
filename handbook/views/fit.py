"""Views of the fit check: its questions and checklists on paper, and the rule's worked example."""

from __future__ import annotations

from typing import Any

from handbook import fit, fitdata
from handbook.views.parts import Link, Parts

RULE_PAGE = "fit-check/rule.md"


class FitViews(Parts):
    """What the pages of the fit check show without a script."""

    def fit_check(self) -> dict[str, Any]:
        """All questions by group, those that decide before those that help, and a checklist for each recommendation."""
        recommendations = self.book.all("recommendation")
        must = {r.condition for i in recommendations for r in i.record.requires if r.strength == "must"}
        needed = {r.condition for i in recommendations for r in i.record.requires}
        return {
            "rule": self.href(RULE_PAGE),
            "verdicts": self.badges("fit", reversed(self.book.vocabulary["fit"])),
            "levels": {tag: entry.label for tag, entry in self.book.vocabulary["readiness"].items()},
            "must": self._questions(must),
            "helps": self._questions(needed - must),
            "checklists": [
                {
                    "id": i.id,
                    "link": self.link("recommendation", i.id),
                    "must": [self._question(r.condition) for r in i.record.requires if r.strength == "must"],
                    "helps": [self.link("condition", r.condition) for r in i.record.requires if r.strength == "helps"],
                }
                for i in recommendations
            ],
        }

    def _questions(self, conditions: set[str]) -> list[dict[str, Any]]:
        groups = []
        for group in self.book.vocabulary["condition-group"]:
            rows = [self._question(i.id) for i in self.book.all("condition") if i.id in conditions and i.record.group == group]
            if rows:
                groups.append({"group": self.badge("condition-group", group), "rows": rows})
        return groups

    def _question(self, condition: str) -> dict[str, Any]:
        return {"link": self.link("condition", condition), "record": self.book.get("condition", condition).record}

    def fit_example(self, recommendation: str) -> dict[str, Any]:
        """What the rule says if everything is in place for a recommendation but one of its musts, and what comes first then."""
        base = fitdata.base(self.book)
        whole = dict.fromkeys(base.builders, fit.HAVE)

        def found(condition: str, level: str) -> fit.Answer:
            return fit.answer(base, {**whole, condition: level}, recommendation)

        rows = [
            {
                "condition": self.link("condition", condition),
                "cells": [self._cell(found(condition, level), level) for level in (fit.CAN, fit.UNKNOWN, fit.NOT)],
            }
            for condition in base.advice[recommendation].must
        ]
        return {"recommendation": self.link("recommendation", recommendation), "rows": rows}

    def _cell(self, found: fit.Answer, level: str) -> dict[str, Any]:
        builders = next((step.with_ for step in found.steps if step.do == "build"), ())
        return {
            "level": self.book.vocabulary["readiness"][level].label,
            "verdict": self.badge("fit", found.verdict),
            "builder": self._builder(builders[0]) if builders else None,
        }

    def _builder(self, key: str) -> Link:
        kind, record_id = key.split(".", 1)
        return self.link(kind, record_id)
