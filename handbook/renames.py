"""An older version in the names of a newer one, so that a new id alone is no difference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, get_args

from handbook.model import KINDS, Part, Ref, Tag
from handbook.relate import Handbook


class Renames:
    """What each record was called before: one that says so under ``aliases``, and whose old id nothing else has."""

    def __init__(self, before: Handbook, after: Handbook) -> None:
        self.former: dict[str, dict[str, str]] = {kind: dict(_renamed(before.items[kind], after.items[kind])) for kind in KINDS}

    def was(self, kind: str, record_id: str) -> str:
        """The id in the older version of a record of the newer one, which it need not have had."""
        return self.former[kind].get(record_id, record_id)

    def part(self, part: Part) -> Part:
        """A record, or a part of one, of the older version with the ids of the newer one."""
        if not any(self.former.values()):
            return part
        fields = type(part).model_fields.items()
        return part.model_copy(update={name: self._value(getattr(part, name), mark(info.annotation, info.metadata)) for name, info in fields})

    def text(self, body: str) -> str:
        """The text of a page of the older version with the ids of the newer one, in its calls and its links to pages."""
        return self._ids.sub(lambda found: self._new[found[0]], body) if self._new else body

    def _value(self, value: Any, meant: Tag | Ref | None) -> Any:
        if isinstance(value, Part):
            return self.part(value)
        if isinstance(value, tuple):
            return tuple(self._value(each, meant) for each in value)
        if isinstance(value, dict):
            return {key: self._value(each, meant) for key, each in value.items()}
        return self._now[meant.kind].get(value, value) if isinstance(meant, Ref) else value

    @cached_property
    def _now(self) -> dict[str, dict[str, str]]:
        """By kind: the new id of each old one."""
        return {kind: {old: new for new, old in former.items()} for kind, former in self.former.items()}

    @cached_property
    def _new(self) -> dict[str, str]:
        return {old: new for ids in self._now.values() for old, new in ids.items()}

    @cached_property
    def _ids(self) -> re.Pattern[str]:
        """An old id in quotation marks, or as the name of a page in a link."""
        return re.compile(rf'(?<=["(/])(?:{"|".join(sorted(self._new))})(?="|\.md[#)])')


def mark(annotation: Any, metadata: Iterable[Any] = ()) -> Tag | Ref | None:
    """What marks a field as one of tags or ids, wherever in its type that stands."""
    for found in (*metadata, *getattr(annotation, "__metadata__", ())):
        if isinstance(found, Tag | Ref):
            return found
    return next((meant for inner in get_args(annotation) if (meant := mark(inner))), None)


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for item in new.values():
        if item.id not in old:
            yield from ((item.id, alias) for alias in item.record.aliases if alias in old and alias not in new)
