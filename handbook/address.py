"""Where this copy of the handbook is published and edited.

Read from the environment, so that a fork publishes under its own address
without editing a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Address:
    """The site's address, and the address below which its files are edited; None or empty where there is none."""

    site: str | None
    edit: str


def address(environ: Mapping[str, str]) -> Address:
    """The addresses that ``environ`` gives.

    ``HANDBOOK_SITE_URL`` and ``HANDBOOK_EDIT_ROOT`` win. Without them, the
    variables that GitHub Actions sets (``GITHUB_REPOSITORY`` and
    ``GITHUB_SERVER_URL``) give the addresses of GitHub Pages and of GitHub's
    editor on the main branch. Without those there are none, and the site's
    configuration decides.
    """
    site = environ.get("HANDBOOK_SITE_URL")
    edit = environ.get("HANDBOOK_EDIT_ROOT", "")
    repository = environ.get("GITHUB_REPOSITORY", "")
    if repository.count("/") == 1:
        owner, name = repository.split("/")
        host = f"{owner.lower()}.github.io"
        site = site or (f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/")
        server = environ.get("GITHUB_SERVER_URL", "https://github.com")
        edit = edit or f"{server}/{repository}/edit/main"
    return Address(site, edit.rstrip("/"))
