"""Where this copy of the handbook is published and edited.

Read from the environment, so that a fork publishes under its own address
without editing a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GITHUB = "https://github.com"


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
    editor on the main branch; another server than github.com has its pages
    elsewhere. Without those there are none, and the site's configuration
    decides. The site's address always ends with a slash, because the builder
    joins the pages' addresses to it.
    """
    site = environ.get("HANDBOOK_SITE_URL", "")
    edit = environ.get("HANDBOOK_EDIT_ROOT", "")
    server = environ.get("GITHUB_SERVER_URL", GITHUB).rstrip("/")
    owner, _, name = environ.get("GITHUB_REPOSITORY", "").partition("/")
    if owner and name and "/" not in name:
        host = f"{owner.lower()}.github.io"
        if server == GITHUB:
            site = site or (f"https://{host}" if name.lower() == host else f"https://{host}/{name}")
        edit = edit or f"{server}/{owner}/{name}/edit/main"
    return Address(f"{site.rstrip('/')}/" if site else None, edit.rstrip("/"))
