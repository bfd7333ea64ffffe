"""Draw the partners' countries.

The outlines in ``data/outlines.geojson`` are Natural Earth's (public domain).
They are projected with Lambert's azimuthal equal-area projection (Snyder, Map
Projections: A Working Manual, 1987, equations 22-4 and 24-2) centred on the
North Sea, so that areas compare fairly.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

CENTRE = (7.0, 56.6)  # longitude and latitude, degrees
SCALE = 2100.0  # drawing units for one earth radius
WIDTH, HEIGHT = 560, 640  # drawing units


@dataclass(frozen=True)
class Map:
    """Shapes by country code as SVG path data, and where each country's label stands."""

    width: int
    height: int
    shapes: dict[str, Markup]
    labels: dict[str, tuple[int, int]]
    others: Markup


def draw(path: Path) -> Map:
    """Draw the outlines in the file at ``path``.

    Countries marked ``partner`` become a shape each with a place for a label
    (the longitude and latitude in their property ``label``); all others
    become one shape.
    """
    shapes: dict[str, Markup] = {}
    labels: dict[str, tuple[int, int]] = {}
    others: list[str] = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        outline = "".join(_path(ring) for polygon in feature["geometry"]["coordinates"] for ring in polygon)
        properties = feature["properties"]
        if properties["partner"]:
            shapes[feature["id"]] = Markup(outline)  # noqa: S704  (digits and letters made here)
            x, y = project(*properties["label"])
            labels[feature["id"]] = (round(x), round(y))
        else:
            others.append(outline)
    return Map(WIDTH, HEIGHT, shapes, labels, Markup("".join(others)))  # noqa: S704


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """A place given in degrees as drawing units from the top left corner."""
    lam, phi = math.radians(longitude - CENTRE[0]), math.radians(latitude)
    phi0 = math.radians(CENTRE[1])
    k = math.sqrt(2 / (1 + math.sin(phi0) * math.sin(phi) + math.cos(phi0) * math.cos(phi) * math.cos(lam)))
    x = k * math.cos(phi) * math.sin(lam)
    y = k * (math.cos(phi0) * math.sin(phi) - math.sin(phi0) * math.cos(phi) * math.cos(lam))
    return WIDTH / 2 + SCALE * x, HEIGHT / 2 - SCALE * y


def _path(ring: Sequence[Sequence[float]]) -> str:
    points = [project(longitude, latitude) for longitude, latitude in ring]
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points) + "Z"
