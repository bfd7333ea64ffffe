"""The workflows cannot run here. What can be proved about them without GitHub is proved here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook import revisions
from tests.conftest import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
NAMES = [path.stem for path in WORKFLOWS]
TOOLS = Path(sys.executable).parent

PINS = {
    "actions/checkout": ("9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0", "v7.0.0"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
    "actions/download-artifact": ("3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"),
    "actions/setup-python": ("ece7cb06caefa5fff74198d8649806c4678c61a1", "v6.3.0"),
    "actions/upload-artifact": ("043fb46d1a93c77aae656e7c1c64a875d1fc6a0a", "v7.0.1"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
}
MAY_WRITE = {
    ("publish", "deploy"): {"pages", "id-token"},
    ("links", "tell"): {"issues"},
    ("overdue", "tell"): {"issues"},
    ("form", "propose"): {"contents", "pull-requests", "issues"},
}
"""Every job that may change anything, and what."""

PYTHON = ".venv/bin/python -m handbook"
RUN = {
    "make check": "made",
    "make test": "made",
    "make site": "made",
    "make other": "made",
    f'{PYTHON} diff HEAD^1 HEAD >> "$GITHUB_STEP_SUMMARY"': "diff",
    f"{PYTHON} audit site": "audit",
    f"{PYTHON} links > report.md": "links",
    f"{PYTHON} overdue > report.md": "overdue",
    f'{PYTHON} from-form form/form.md --kind "$(cat form/kind)" '
    "--into form/files --answer form/answer.md --note form/note.md || test -s form/answer.md": "from-form",
    'python3 -m handbook.github tell links "Cited addresses that need a look" report/report.md': "tell",
    'python3 -m handbook.github tell overdue "Pages that are due for another look" report/report.md': "tell",
    "python3 -m handbook.github take form": "take",
    'python3 -m handbook.github propose "$RUNNER_TEMP/form"': "propose",
}
"""Every script line in a workflow, with the command in it. ``test_lines.py`` runs each of them."""


def workflow(name: str) -> dict[str, Any]:
    """A workflow as GitHub reads it. YAML 1.1 reads its key ``on`` as true."""
    found = yaml.safe_load((GITHUB / "workflows" / f"{name}.yml").read_text(encoding="utf-8"))
    found["on"] = found.pop(True)
    return dict(found)


def jobs() -> list[tuple[str, str, dict[str, Any]]]:
    return [(name, job, said) for name in NAMES for job, said in workflow(name)["jobs"].items()]


JOBS = jobs()
JOB_NAMES = [f"{name}-{job}" for name, job, _ in JOBS]


def steps(key: str) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{name}-{job}", step) for name, job, said in JOBS for step in said["steps"] if key in step]


def tool(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([TOOLS / command[0], *command[1:]], capture_output=True, text=True, timeout=120, check=False)


# -- by tools of others ------------------------------------------------------------------


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    return tool("zizmor", "--offline", "--persona", "auditor", "--strict-collection", "--no-ignores", "--no-progress", "--format", "json", folder)


def test_the_strictest_audit_of_workflows_finds_nothing() -> None:
    done = zizmor(GITHUB)
    assert json.loads(done.stdout) == [], done.stdout
    assert done.returncode == 0, done.stderr
    for path in (*WORKFLOWS, GITHUB / "dependabot.yml"):
        assert f"completed {path}" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("persist-credentials: false", "persist-credentials: true", "artipacked"),
        ("run: python3 -m handbook.github take form", "run: echo ${{ github.event.issue.title }}", "template-injection"),
        ("@9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0 # v7.0.0", "@v7", "unpinned-uses"),
        ("permissions: {}\n", "permissions: write-all\n", "excessive-permissions"),
        ("  issues:\n    types: [opened, edited, labeled]", "  pull_request_target:", "dangerous-triggers"),
    ],
)
def test_the_audit_would_find_a_planted_fault(tmp_path: Path, old: str, new: str, found: str) -> None:
    text = (GITHUB / "workflows/form.yml").read_text(encoding="utf-8")
    assert old in text
    target = tmp_path / ".github/workflows"
    target.mkdir(parents=True)
    (target / "form.yml").write_text(text.replace(old, new), encoding="utf-8")
    assert found in {finding["ident"] for finding in json.loads(zizmor(tmp_path).stdout)}


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
        ("vendor.github-issue-forms", [path for path in sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")) if path.stem != "config"]),
    ],
)
def test_every_file_for_github_has_the_shape_that_github_asks_for(schema: str, paths: list[Path]) -> None:
    if not paths:
        assert not (GITHUB / "ISSUE_TEMPLATE").exists()
        return
    done = tool("check-jsonschema", "--builtin-schema", schema, *paths)
    assert done.returncode == 0, done.stdout + done.stderr


# -- rights --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_has_no_right_that_a_job_does_not_name(name: str) -> None:
    assert workflow(name)["permissions"] == {}


@pytest.mark.parametrize(("name", "job", "said"), JOBS, ids=JOB_NAMES)
def test_only_the_named_jobs_may_write_and_nothing_but_what_they_need(name: str, job: str, said: dict[str, Any]) -> None:
    assert {right for right, level in said["permissions"].items() if level == "write"} == MAY_WRITE.get((name, job), set())
    assert set(said["permissions"].values()) <= {"read", "write"}


@pytest.mark.parametrize(("name", "job", "said"), JOBS, ids=JOB_NAMES)
def test_a_job_that_may_write_runs_no_package_of_others(name: str, job: str, said: dict[str, Any]) -> None:
    if (name, job) in MAY_WRITE:
        lines = [step["run"] for step in said["steps"] if "run" in step]
        assert all(line.startswith("python3 -m handbook.github ") for line in lines)
    imported = set(re.findall(r"^(?:from|import) ([a-z_]+)", (ROOT / "handbook/github.py").read_text(encoding="utf-8"), re.MULTILINE))
    assert imported <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("name", NAMES)
def test_no_workflow_runs_a_stranger_s_code_with_rights_or_knows_a_secret(name: str) -> None:
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(workflow(name)["on"])
    assert "secrets." not in (GITHUB / "workflows" / f"{name}.yml").read_text(encoding="utf-8")


def test_a_proposal_s_code_runs_only_where_it_may_read() -> None:
    for name, job, said in JOBS:
        if "pull_request" in workflow(name)["on"]:
            assert set(said["permissions"].values()) == {"read"}, job
            assert not [step for step in said["steps"] if "env" in step]


def test_the_token_is_given_only_to_the_step_that_needs_it() -> None:
    given = [(where, step) for where, step in steps("env") if "GH_TOKEN" in step["env"]]
    assert [where for where, _ in given] == ["form-propose", "links-tell", "overdue-tell"]
    for name, _job, said in JOBS:
        assert "env" not in said
        assert "env" not in workflow(name)


# -- what is fetched ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(path: Path) -> None:
    lines = [line.strip().removeprefix("- ") for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    for line in lines:
        assert line in {f"uses: {action}@{commit} # {version}" for action, (commit, version) in PINS.items()}


def test_no_checkout_keeps_credentials_and_none_fetches_another_branch() -> None:
    for where, step in steps("uses"):
        if step["uses"].startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False, where
            assert not {"ref", "repository", "token"} & step["with"].keys(), where


def test_nothing_is_kept_between_runs_that_could_be_poisoned() -> None:
    for where, step in steps("uses"):
        assert "cache" not in step["uses"], where
        assert "cache" not in step.get("with", {}), where


# -- how it runs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "job", "said"), JOBS, ids=JOB_NAMES)
def test_every_job_ends_and_every_script_stops_at_its_first_fault(name: str, job: str, said: dict[str, Any]) -> None:
    assert 0 < said["timeout-minutes"] <= 60, job
    assert workflow(name)["defaults"]["run"]["shell"] == "bash --noprofile --norc -euo pipefail {0}"
    assert not [step for step in said["steps"] if "shell" in step or "continue-on-error" in step]


def test_every_script_line_is_one_of_our_commands_that_a_test_runs() -> None:
    assert {step["run"] for _, step in steps("run")} == set(RUN)


def test_no_text_from_github_stands_in_a_script_line() -> None:
    assert [step["run"] for _, step in steps("run") if "${{" in step["run"]] == []


def test_the_site_is_deployed_only_after_check_test_build_and_audit() -> None:
    said = workflow("publish")["jobs"]
    runs = [step["run"] for step in said["build"]["steps"] if "run" in step]
    assert runs == ["make check", "make other", "make test", "make site", f"{PYTHON} audit site"]
    assert said["deploy"]["needs"] == "build"
    assert "if" not in said["deploy"]
    assert [step["uses"].partition("@")[0] for step in said["deploy"]["steps"]] == ["actions/deploy-pages"]
    assert said["build"]["if"] == "github.ref == 'refs/heads/main' || startsWith(github.ref, 'refs/tags/v')"
    assert workflow("publish")["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}
    assert workflow("publish")["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_one_run_for_each_issue_at_a_time_and_none_is_stopped_half_way() -> None:
    assert workflow("form")["concurrency"] == {"group": "form-${{ github.event.issue.number }}", "cancel-in-progress": False}


def test_the_link_check_can_block_nobody() -> None:
    for name in ("links", "overdue"):
        assert set(workflow(name)["on"]) == {"schedule", "workflow_dispatch"}


# -- who looks at what -----------------------------------------------------------------------------

EDITORS, MAINTAINERS = "@your-organisation/handbook-editors", "@your-organisation/handbook-maintainers"


def owners(path: str) -> str:
    """Who owns a path: of all lines of CODEOWNERS that fit it, the last counts. Only folders, files and * are read, as there are no others."""
    lines = [line.split() for line in (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    fitting = [names for place, *names in lines if place == "*" or (f"/{path}".startswith(place) if place.endswith("/") else f"/{path}" == place)]
    assert all(place == "*" or (place[0] == "/" and "*" not in place) for place, *_ in lines)
    return " ".join(fitting[-1])


def test_content_and_machinery_have_different_owners_and_every_file_has_one() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\0")
    paths = [path for path in listed if path] or [path.relative_to(ROOT).as_posix() for path in ROOT.glob("[a-z]*/**/*") if path.is_file()]
    owned: dict[str, list[str]] = {}
    for path in paths:
        owned.setdefault(owners(path), []).append(path)
    assert set(owned) <= {EDITORS, MAINTAINERS, f"{EDITORS} {MAINTAINERS}"}
    content = [path for path in owned[EDITORS] if not path.startswith(("data/", "docs/"))]
    assert content == []
    machinery = [path for path in owned[MAINTAINERS] if path.startswith("data/") or (path.endswith(".md") and path.startswith("docs/"))]
    assert machinery == []
    assert {"docs/assets/javascripts/handbook.js", "mkdocs.yml"} <= set(owned[MAINTAINERS])


def test_what_may_come_with_either_sort_of_change_may_be_approved_by_either_team() -> None:
    told = [path for path in revisions.NEITHER if path.startswith("data/")]
    assert {owners(path) for path in (*revisions.MADE, *told)} == {f"{EDITORS} {MAINTAINERS}"}


# -- dependencies ---------------------------------------------------------------------------------------


def test_both_kinds_of_dependencies_are_kept_up_to_date_in_one_proposal_a_week_each() -> None:
    said = yaml.safe_load((GITHUB / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert [entry["package-ecosystem"] for entry in said] == ["pip", "github-actions"]
    assert all(entry["schedule"]["interval"] == "weekly" and len(entry["groups"]) == 1 for entry in said)


def test_what_judges_the_workflows_is_pinned_too() -> None:
    group = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["dev"]
    assert [name for name in group if re.match(r"(?:zizmor|check-jsonschema)==[0-9.]+$", name)] == ["check-jsonschema==0.39.0", "zizmor==1.32.0"]
    assert shutil.which("zizmor", path=str(TOOLS) + os.pathsep) is not None
