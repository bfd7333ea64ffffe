"""Where the site is published and edited, from what the environment says."""

from __future__ import annotations

import pytest

from handbook.address import Address, address

ACTIONS = {"GITHUB_REPOSITORY": "North-Sea/handbook", "GITHUB_SERVER_URL": "https://github.com"}


def test_without_a_word_from_the_environment_there_is_no_address() -> None:
    assert address({}) == Address(None, "")


def test_a_repository_on_github_gives_its_pages_and_its_editor() -> None:
    assert address(ACTIONS) == Address("https://north-sea.github.io/handbook/", "https://github.com/North-Sea/handbook/edit/main")


def test_a_fork_is_published_and_edited_under_its_own_name() -> None:
    fork = address({**ACTIONS, "GITHUB_REPOSITORY": "baltic/handbook"})
    assert fork == Address("https://baltic.github.io/handbook/", "https://github.com/baltic/handbook/edit/main")


@pytest.mark.parametrize(
    ("said", "branch"),
    [
        ({"GITHUB_REF_NAME": "trunk", "GITHUB_REF_TYPE": "branch"}, "trunk"),
        ({"GITHUB_REF_NAME": "new/part #1", "GITHUB_REF_TYPE": "branch", "GITHUB_REF": "refs/heads/new/part #1"}, "new/part%20%231"),
        ({"GITHUB_REF_NAME": "v1", "GITHUB_REF_TYPE": "tag"}, "main"),
        ({"GITHUB_REF_NAME": "12/merge", "GITHUB_REF_TYPE": "branch", "GITHUB_REF": "refs/pull/12/merge"}, "main"),
        ({"GITHUB_REF_NAME": ""}, "main"),
    ],
)
def test_pages_are_edited_on_the_branch_that_is_built(said: dict[str, str], branch: str) -> None:
    assert address({**ACTIONS, **said}).edit == f"https://github.com/North-Sea/handbook/edit/{branch}"


@pytest.mark.parametrize("name", ["north-sea.github.io", "North-Sea.github.io"])
def test_the_repository_named_like_the_host_is_published_at_its_root(name: str) -> None:
    assert address({"GITHUB_REPOSITORY": f"North-Sea/{name}"}).site == "https://north-sea.github.io/"


def test_what_is_said_on_purpose_wins() -> None:
    said = {"HANDBOOK_SITE_URL": "https://handbook.example/", "HANDBOOK_EDIT_ROOT": "https://git.example/handbook/edit"}
    assert address({**ACTIONS, **said}) == Address("https://handbook.example/", "https://git.example/handbook/edit")


def test_one_address_said_on_purpose_leaves_the_other_alone() -> None:
    assert address({**ACTIONS, "HANDBOOK_SITE_URL": "https://x.example/"}).edit == "https://github.com/North-Sea/handbook/edit/main"
    assert address({**ACTIONS, "HANDBOOK_EDIT_ROOT": "https://x.example/e"}).site == "https://north-sea.github.io/handbook/"


@pytest.mark.parametrize("written", ["https://x.example/handbook", "https://x.example/handbook/", "https://x.example/handbook//"])
def test_the_site_s_address_ends_with_one_slash_because_the_builder_joins_to_it(written: str) -> None:
    assert address({"HANDBOOK_SITE_URL": written}).site == "https://x.example/handbook/"


def test_the_editor_s_address_ends_without_a_slash() -> None:
    assert address({"HANDBOOK_EDIT_ROOT": "https://x.example/edit/main/"}).edit == "https://x.example/edit/main"


def test_empty_variables_count_as_missing() -> None:
    empty = dict.fromkeys(("HANDBOOK_SITE_URL", "HANDBOOK_EDIT_ROOT", "GITHUB_REPOSITORY"), "")
    assert address(empty) == Address(None, "")


def test_another_server_than_github_com_has_its_pages_elsewhere() -> None:
    other = address({"GITHUB_REPOSITORY": "a/b", "GITHUB_SERVER_URL": "https://git.example/"})
    assert other == Address(None, "https://git.example/a/b/edit/main")


@pytest.mark.parametrize("name", ["", "a", "a/", "/b", "a/b/c"])
def test_what_is_no_repository_gives_no_address(name: str) -> None:
    assert address({"GITHUB_REPOSITORY": name}) == Address(None, "")


def test_a_run_of_github_actions_gives_both_addresses_whatever_started_it_and_wherever_it_stands() -> None:
    for ref, event in (("refs/heads/main", "push"), ("refs/pull/7/merge", "pull_request"), ("refs/tags/v0.1.0", "workflow_dispatch")):
        actions = {**ACTIONS, "GITHUB_ACTIONS": "true", "GITHUB_REF": ref, "GITHUB_EVENT_NAME": event, "GITHUB_REPOSITORY_OWNER": "North-Sea"}
        assert address(actions) == address(ACTIONS)
