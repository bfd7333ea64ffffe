"""Where this copy of the handbook is published and edited.

Read from the environment, so that a fork publishes under its own address
without editing a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

GITHUB = "https://github.com"
MAIN = "main"


@dataclass(frozen=True)
class Address:
    """The site's address, and the address below which its files are edited; None or empty where there is none."""

    site: str | None
    edit: str


NOWHERE = Address(None, "")
"""Where a site is that is neither published nor edited anywhere."""


def address(environ: Mapping[str, str]) -> Address:
    """The addresses that ``environ`` gives.

    ``HANDBOOK_SITE_URL`` and ``HANDBOOK_EDIT_ROOT`` win. Without them, the
    variables that GitHub Actions sets (``GITHUB_REPOSITORY``,
    ``GITHUB_SERVER_URL`` and ``GITHUB_REF_NAME``) give the addresses of GitHub
    Pages and of GitHub's editor on the branch that is built, or on the main
    branch if it is a tag or a proposal that is built; another server than
    github.com has its pages elsewhere. Without those there are none, and the
    site's configuration decides. The site's address always ends with a slash,
    because the builder joins the pages' addresses to it.
    """
    site = environ.get("HANDBOOK_SITE_URL", "")
    edit = environ.get("HANDBOOK_EDIT_ROOT", "")
    server = environ.get("GITHUB_SERVER_URL", GITHUB).rstrip("/")
    owner, _, name = environ.get("GITHUB_REPOSITORY", "").partition("/")
    if owner and name and "/" not in name:
        host = f"{owner.lower()}.github.io"
        if server == GITHUB:
            site = site or (f"https://{host}" if name.lower() == host else f"https://{host}/{name}")
        edit = edit or f"{server}/{owner}/{name}/edit/{_branch(environ)}"
    return Address(f"{site.rstrip('/')}/" if site else None, edit.rstrip("/"))


def _branch(environ: Mapping[str, str]) -> str:
    """The branch that GitHub Actions builds. A proposal's own ref, such as ``12/merge``, is none that anybody can edit."""
    name = environ.get("GITHUB_REF_NAME", "")
    is_branch = environ.get("GITHUB_REF_TYPE", "branch") == "branch" and not environ.get("GITHUB_REF", "").startswith("refs/pull/")
    return quote(name) if name and is_branch and not name.endswith("/merge") else MAIN
