"""Draw the countries around the North Sea, and where the partners are counted.

The outlines in ``data/outlines.geojson`` are Natural Earth's (public domain).
They are projected with Lambert's azimuthal equal-area projection (Snyder, Map
Projections: A Working Manual, 1987, equations 22-4 and 24-2) centred on the
North Sea, so that areas compare fairly. No country is shaded: the
partners of one may all be from a part of it that has no outline of its own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

CENTRE = (7.0, 56.6)  # longitude and latitude, degrees
SCALE = 2100.0  # drawing units for one earth radius
WIDTH, HEIGHT = 560, 640  # drawing units

NOT_TEXT = "it is not UTF-8 text"
TOO_DEEP = "its brackets stand too deep inside each other"
NO_OUTLINES = "it does not hold outlines and labels of countries where they should be"


@dataclass(frozen=True)
class Label:
    """Where a country's number stands, in drawing units, and on which side of it the name: left or right."""

    x: int
    y: int
    side: str


@dataclass(frozen=True)
class Map:
    """All land as SVG path data, and the partners' labels by country code."""

    width: int
    height: int
    land: Markup
    labels: dict[str, Label]


def draw(path: Path) -> Map:
    """Draw the outlines in the file at ``path``.

    Countries marked ``partner`` get a label at the longitude and latitude in
    their property ``label``, with the name on the ``side`` that they say.

    Raises ``OSError`` and ``json.JSONDecodeError``, and ``ValueError`` with the
    reason in plain words if the file holds something else than outlines.
    """
    try:
        return _drawn(json.loads(path.read_text(encoding="utf-8"))["features"])
    except json.JSONDecodeError:
        raise
    except UnicodeDecodeError as error:
        raise ValueError(NOT_TEXT) from error
    except RecursionError as error:
        raise ValueError(TOO_DEEP) from error
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(NO_OUTLINES) from error


def _drawn(features: Any) -> Map:
    labels: dict[str, Label] = {}
    land: list[str] = []
    for feature in features:
        land += [_path(ring) for polygon in feature["geometry"]["coordinates"] for ring in polygon]
        properties = feature["properties"]
        if properties["partner"]:
            x, y = project(*properties["label"])
            labels[feature["id"]] = Label(round(x), round(y), properties["side"])
    return Map(WIDTH, HEIGHT, Markup("".join(land)), labels)  # noqa: S704  (digits and letters made here)


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
