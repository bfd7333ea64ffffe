"""The map: the projection, the shapes, and that the drawing follows its file."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from handbook.check import check
from handbook.geography import CENTRE, HEIGHT, NO_OUTLINES, NOT_TEXT, SCALE, TOO_DEEP, WIDTH, Label, draw, project
from handbook.load import OUTLINES
from handbook.yamlread import read

EARTH = 6371.0  # kilometres; a kilometre is SCALE / EARTH drawing units


def outlines(path: Path, *features: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def feature(country: str, ring: list[list[float]], *, partner: bool, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": country,
        "properties": {"partner": partner, **properties},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
    }


DISC = 16  # the radius of the disc behind each number, in drawing units: templates/map.md.j2
SQUARE = [[6.0, 56.0], [8.0, 56.0], [8.0, 57.0], [6.0, 56.0]]


def test_the_centre_is_in_the_middle_of_the_drawing() -> None:
    assert project(*CENTRE) == pytest.approx((WIDTH / 2, HEIGHT / 2))


def test_north_is_up_and_east_is_right() -> None:
    x, y = project(CENTRE[0] + 1, CENTRE[1])
    assert x > WIDTH / 2
    assert project(CENTRE[0], CENTRE[1] + 1)[1] < HEIGHT / 2
    assert project(CENTRE[0] - 1, CENTRE[1]) == pytest.approx((WIDTH - x, y))


def test_distances_from_the_centre_are_the_chord_of_the_angle() -> None:
    """In this projection a point at an angle c from the centre is 2 sin(c/2) earth radii away (Snyder 1987, page 182)."""
    for degrees in (1, 5, 10):
        _, y = project(CENTRE[0], CENTRE[1] + degrees)
        assert HEIGHT / 2 - y == pytest.approx(2 * SCALE * math.sin(math.radians(degrees) / 2))


def test_areas_compare_fairly() -> None:
    """A field of one degree by one has the same area in the drawing as on the sphere, wherever it lies."""
    for longitude, latitude in ((7, 56), (5, 51), (20, 65), (-3, 54)):
        steps = [i / 20 for i in range(21)]
        ring = [(longitude + s, latitude) for s in steps] + [(longitude + 1, latitude + s) for s in steps]
        ring += [(longitude + 1 - s, latitude + 1) for s in steps] + [(longitude, latitude + 1 - s) for s in steps]
        points = [project(*place) for place in ring]
        drawn = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))) / 2
        sphere = math.radians(1) * (math.sin(math.radians(latitude + 1)) - math.sin(math.radians(latitude))) * SCALE**2
        assert drawn == pytest.approx(sphere, rel=1e-3)


def test_all_land_is_one_shape_that_singles_nobody_out_and_partners_have_labels(tmp_path: Path) -> None:
    path = outlines(
        tmp_path / "o.geojson",
        feature("NO", SQUARE, partner=True, label=list(CENTRE), side="left"),
        feature("FI", SQUARE, partner=False),
        feature("PL", SQUARE, partner=False),
    )
    drawn = draw(path)
    assert re.fullmatch(r"(M\d+ \d+(L\d+ \d+){3}Z){3}", drawn.land)
    assert drawn.labels == {"NO": Label(WIDTH // 2, HEIGHT // 2, "left")}
    assert (drawn.width, drawn.height) == (WIDTH, HEIGHT)


def test_a_preview_sees_a_change_of_the_outlines(tmp_path: Path) -> None:
    path = outlines(tmp_path / "o.geojson", feature("NO", SQUARE, partner=True, label=[7, 56], side="right"))
    assert draw(path).labels.keys() == {"NO"}
    outlines(path, feature("DK", SQUARE, partner=True, label=[7, 56], side="right"))
    assert draw(path).labels.keys() == {"DK"}


def test_every_country_that_an_organisation_can_have_is_drawn_with_its_label_inside_the_drawing(root: Path) -> None:
    drawn = draw(root / OUTLINES)
    vocabulary, _ = read((root / "data/vocabulary.yaml").read_bytes(), "data/vocabulary.yaml")
    assert vocabulary["country"].keys() <= drawn.labels.keys()
    for label in drawn.labels.values():
        assert DISC < label.x < WIDTH - DISC
        assert DISC < label.y < HEIGHT - DISC
        assert label.side in {"left", "right"}


def test_the_drawing_holds_nothing_but_moves_and_lines(root: Path) -> None:
    drawn = draw(root / OUTLINES)
    assert re.fullmatch(r"(M-?\d+ -?\d+(L-?\d+ -?\d+)+Z)+", drawn.land)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"[" * 400_000, TOO_DEEP),
        (b"\xff", NOT_TEXT),
        *((text.encode(), NO_OUTLINES) for text in ("[]", "{}", "1", '{"features": 1}', '{"features": [1]}', '{"features": [{"geometry": null}]}')),
    ],
)
def test_why_the_map_cannot_be_drawn_is_said_in_plain_words(raw: bytes, reason: str, tiny: Path) -> None:
    (tiny / OUTLINES).write_bytes(raw)
    (problem,) = check(tiny).problems
    assert (problem.rule.id, problem.words.partition("(")[2].partition(")")[0]) == ("outlines-broken", reason)
