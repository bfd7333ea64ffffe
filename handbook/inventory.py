"""The list of software that is not ours: ``python -m handbook.inventory``, which ``make lock`` runs.

It is put together from the two lists of Python packages, from ``vendor.toml``
and from what the installed packages say of their licences, and written twice:
as a software bill of materials in CycloneDX's JSON, for programs, and as a
page, for readers. Both hold no time and no chance number, so that the same
lists give the same bytes.

Nothing else imports this module: it needs packages that only tests have.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import is_expression, is_supported_id
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT, VENDORED = "pyproject.toml", "vendor.toml"
BUILDS, TESTS = "requirements.txt", "requirements-dev.txt"
BILL = "docs/assets/vendor/bom.json"
PAGE = "docs/about/licences.md"
TEMPLATES = "templates/software"
THEME = "mkdocs-material"

SHOWN, THEMES, DATA, BUILDING, TESTING = "in the pages", "in the theme", "data", "builds the site", "tests the site"
"""What a piece of software is used for, in the order of the page."""


class Unknown(Exception):  # noqa: N818  (it is no error of the program)
    """A package does not say its licence in a way that programs understand."""


@dataclass(frozen=True)
class Software:
    """One piece of other people's software: what it is used for, and where its licence can be read."""

    name: str
    version: str
    licence: str
    use: str
    files: tuple[str, ...] = ()
    """Where it is: paths, or patterns of paths."""
    homepage: str = ""
    sha256: str = ""
    text: str = ""
    """The file with its licence."""
    below: tuple[str, ...] = ()
    """What asks for it: names of Python packages, or of the handbook itself."""
    holder: str = ""
    """The library in whose file it is, where it has none of its own."""

    @property
    def purl(self) -> PackageURL | None:
        """Its address in the notation of package registries."""
        if self.use == DATA:
            return None
        kind = "pypi" if self.use in {BUILDING, TESTING} else "npm"
        group, _, name = self.name.rpartition("/")
        return PackageURL(kind, group or None, name, self.version or None)

    @property
    def reference(self) -> str:
        """Its name inside the bill."""
        return str(self.purl or self.name)


# -- what there is -----------------------------------------------------------------


def software(root: Path) -> list[Software]:
    """All software of others that the handbook below ``root`` uses, in the order of the page.

    Raises :class:`Unknown` if a licence is not known.
    """
    vendored = tomllib.loads((root / VENDORED).read_text(encoding="utf-8"))
    builds = list(_locked(root / BUILDS))
    names = {name for name, *_ in builds}
    found = [*_libraries(vendored, "library", SHOWN), *_libraries(vendored, "theme", THEMES)]
    found += [_vendored(entry, DATA) for entry in vendored["data"]]
    found += [_package(*entry, BUILDING, vendored["licences"]) for entry in builds]
    found += [_package(*entry, TESTING, vendored["licences"]) for entry in _locked(root / TESTS) if entry[0] not in names]
    return found


def _libraries(vendored: dict[str, Any], table: str, use: str) -> Iterator[Software]:
    """Each library of one table, and after it those inside of it."""
    for entry in vendored[table]:
        yield _vendored(entry, use)
        for part in vendored["part"]:
            if part["of"] == entry["name"]:
                yield _vendored({**entry, "version": "", "sha256": "", **part}, use)


def _vendored(entry: dict[str, Any], use: str) -> Software:
    version, sha256, text, holder = (entry.get(name, "") for name in ("version", "sha256", "text", "of"))
    files = tuple(entry["files"] if "files" in entry else [entry["file"]])
    return Software(entry["name"], version, entry["licence"], use, files, entry["homepage"], sha256, text, holder=holder)


_Locked = tuple[str, str, tuple[str, ...]]


def _locked(path: Path) -> Iterator[_Locked]:
    """Name, version and what asks for it, of each package in a list that uv has written."""
    for entry in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip()):
        wanted = Requirement(entry.partition(" \\\n")[0])
        asking = re.findall(r"#(?: via)?\s+([a-z0-9-]+)", entry.partition("# via")[1] + entry.partition("# via")[2])
        yield canonicalize_name(wanted.name), str(wanted.specifier).removeprefix("=="), tuple(sorted(set(asking)))


def _package(name: str, version: str, below: tuple[str, ...], use: str, known: dict[str, str]) -> Software:
    return Software(name, version, known.get(name) or _said(name), use, below=below)


def _said(name: str) -> str:
    """The licence that an installed package says it has. Raises :class:`Unknown` if it says none in SPDX's short form."""
    try:
        fields = metadata(name)
    except PackageNotFoundError:
        message = f"{name} is not installed; run 'make test' first, or put its licence into {VENDORED}"
        raise Unknown(message) from None
    said = [fields[field] for field in ("License-Expression", "License") if field in fields]
    for licence in said:
        if is_supported_id(licence) or is_expression(licence):
            return licence
    message = f"{name} does not say its licence in the form of https://spdx.org/licenses/; read it and put it into {VENDORED}"
    raise Unknown(message)


# -- for programs --------------------------------------------------------------------


def bill(project: dict[str, Any], found: Sequence[Software]) -> str:
    """The software bill of materials of ``project``, the table of that name in pyproject.toml, as JSON of CycloneDX 1.6.

    Its number is computed from its content.
    """
    main = Component(type=ComponentType.APPLICATION, name=project["name"], version=project["version"], bom_ref=project["name"])
    main.licenses.add(LicenseFactory().make_from_string(project["license"]))
    made = Bom(metadata=BomMetaData(component=main), serial_number=uuid.UUID(int=0))
    parts = {part.reference: _component(part) for part in found}
    made.components.update(parts.values())
    for component, below in ((main, _asked_by(found, project["name"])), *((parts[part.reference], _asked_by(found, part.name)) for part in found)):
        made.register_dependency(component, [parts[reference] for reference in below])
    content = json.loads(JsonV1Dot6(made).output_as_string())
    del content["metadata"]["timestamp"]  # the library knows only the present
    content["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True)).urn
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _asked_by(found: Iterable[Software], name: str) -> list[str]:
    """What ``name`` asks for or holds, be it a package, a library or the handbook."""
    return [part.reference for part in found if name in part.below or name == (part.holder or (THEME if part.use == THEMES else None))]


def _component(part: Software) -> Component:
    made = Component(
        type=ComponentType.DATA if part.use == DATA else ComponentType.LIBRARY,
        name=part.name.rpartition("/")[2],
        group=part.name.rpartition("/")[0] or None,
        version=part.version or None,
        bom_ref=part.reference,
        purl=part.purl,
        scope=ComponentScope.EXCLUDED if part.use == TESTING else ComponentScope.REQUIRED,
        licenses=[LicenseFactory().make_from_string(part.licence)],
        properties=[Property(name=name, value=value) for name, value in _properties(part) if value],
    )
    if part.sha256:
        made.hashes.add(HashType(alg=HashAlgorithm.SHA_256, content=part.sha256))
    if part.homepage:
        made.external_references.add(ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.homepage)))
    return made


def _properties(part: Software) -> list[tuple[str, str]]:
    unknown = "unknown" if not part.version and part.use != DATA else ""
    files = [("file", path) for path in part.files]
    return [("use", part.use), *files, ("inside", part.holder), ("version", unknown), ("licence text", part.text)]


# -- for readers -----------------------------------------------------------------------


def page(root: Path, found: Sequence[Software]) -> str:
    """The page that lists ``found``, in Markdown."""
    made = Environment(loader=FileSystemLoader(root / TEMPLATES), undefined=StrictUndefined, autoescape=True, trim_blocks=True)
    groups = {name: [part for part in found if part.use == use] for name, use in _GROUPS.items()}
    return made.get_template("licences.md.j2").render(**groups, bill=BILL.replace("docs", "..", 1)) + "\n"


_GROUPS = {"shown": SHOWN, "theme": THEMES, "data": DATA, "building": BUILDING, "testing": TESTING}


# -- the command line --------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both. Returns 1, and says why, if a licence is not known."""
    parser = argparse.ArgumentParser(prog="python -m handbook.inventory", description="List the software of others, with its licences.")
    parser.add_argument("--root", type=Path, default=Path(), help="the handbook's folder (default: this one)")
    root = parser.parse_args(arguments).root
    try:
        for path, text in written(root).items():
            (root / path).write_text(text, encoding="utf-8")
    except Unknown as unknown:
        print(unknown, file=sys.stderr)
        return 1
    return 0


def written(root: Path) -> dict[str, str]:
    """The two files, by their paths below ``root``."""
    found = software(root)
    project = tomllib.loads((root / PROJECT).read_text(encoding="utf-8"))["project"]
    return {BILL: bill(project, found), PAGE: page(root, found)}


if __name__ == "__main__":
    sys.exit(main())
