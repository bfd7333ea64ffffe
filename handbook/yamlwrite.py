"""Write YAML as the handbook's files have it, whatever the texts in it hold.

Every text comes out so that :mod:`handbook.yamlread` reads the same text
again: what YAML would take for something else is put in quotation marks.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

WIDTH: Final = 100
LONG: Final = 70
"""Characters from which on a text has lines of its own."""


class _Dumper(yaml.SafeDumper):
    """PyYAML's writer with hyphens indented, long texts folded, and nothing where there is no value."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if len(text) > LONG else None)


def _nothing(dumper: yaml.SafeDumper, _none: None) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


_Dumper.add_multi_representer(dict, lambda dumper, values: dumper.represent_dict(values))
_Dumper.add_multi_representer(list, lambda dumper, values: dumper.represent_list(values))
_Dumper.add_representer(str, _text)
_Dumper.add_representer(type(None), _nothing)


def write(values: Any) -> str:
    """``values`` as a YAML block that ends with a line end. A value of None stays empty, to be filled in."""
    return str(yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH))
