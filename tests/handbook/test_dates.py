"""Dates as people write them."""

from __future__ import annotations

import pytest

from handbook.dates import iso


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2018", "2018"),
        ("2018-11", "2018-11"),
        ("2018-11-07", "2018-11-07"),
        ("7.11.2018", "2018-11-07"),
        ("07.11.2018", "2018-11-07"),
        ("7. 11. 2018", "2018-11-07"),
        ("11.2018", "2018-11"),
        ("11/2018", "2018-11"),
        ("2018/11/7", "2018-11-07"),
        ("2018-1-2", "2018-01-02"),
        ("7 November 2018", "2018-11-07"),
        ("7th Nov. 2018", "2018-11-07"),
        ("November 7, 2018", "2018-11-07"),
        (" november   2018 ", "2018-11"),
        ("Sept 2018", "2018-09"),
        ("29.2.2020", "2020-02-29"),
        ("7. marts 2026", "2026-03-07"),
        ("maart 2026", "2026-03"),
        ("7. März 2026", "2026-03-07"),
        ("Ma\u0308rz 2026", "2026-03"),
        ("1. mai 2026", "2026-05-01"),
        ("Okt. 2026", "2026-10"),
        ("31 augusti 2026", "2026-08-31"),
    ],
)
def test_a_date_that_can_be_read_in_one_way_is_read(written: str, meant: str) -> None:
    assert iso(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", "soon", "3/4/2018", "3-4-2018", "31.2.2018", "29.2.2019", "2018-13", "18", "32.1.2018", "0.0.2018", "Novembre 2018", "7 Novem ber 2018",
     "2018-11-07T10:00", "1234567890", "Ma 2018x", "7.11.18"],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two_is_not_guessed_at(written: str) -> None:
    assert iso(written) is None


@pytest.mark.parametrize("meant", ["2018", "2018-11", "2018-11-07"])
def test_what_is_right_stays_as_it_is(meant: str) -> None:
    assert iso(meant) == meant
