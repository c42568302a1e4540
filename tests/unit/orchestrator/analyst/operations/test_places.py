"""Places: dense areas by coordinates; points that are spread evenly have none."""

import random
from pathlib import Path

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask


def around(latitude: float, longitude: float, number: int, seed: int) -> list[tuple[float, float, str]]:
    luck = random.Random(seed)
    return [
        (
            round(latitude + luck.uniform(-0.05, 0.05), 4),
            round(longitude + luck.uniform(-0.05, 0.05), 4),
            "minor",
        )
        for _ in range(number)
    ]


def test_two_areas_are_told_with_number_and_centre(tmp_path: Path) -> None:
    """Each area has its number, its share and its centre; the densest is the headline."""
    rows = around(40.4, -3.7, 90, 1) + around(41.4, 2.2, 60, 2)
    said = ask(tmp_path, "latitude,longitude,severity", rows, "Where do accidents happen?")
    assert said.headline == "Two areas hold most rows: 60% lie around 40.4°, -3.70°"
    assert "lie 90 of 150 rows (60%)" in said.points[0]
    assert "lie 60 of 150 rows (40%)" in said.points[1]


def test_one_area_among_scattered_points(tmp_path: Path) -> None:
    """A single dense area is told with its share, and with the place that most of it belongs to."""
    luck = random.Random(3)
    rows = [(y, x, "Lyon") for y, x, _ in around(45.7, 4.8, 80, 1)]
    rows += [(luck.uniform(43, 50), luck.uniform(0, 7), "elsewhere") for _ in range(60)]
    said = ask(tmp_path, "lat,lng,city", rows, "Wo häufen sich die Störungen?", locale="de_DE")
    assert said.operation == "places"
    assert "lie in one area, around 45,7° latitude and 4,79°" in said.headline


def test_points_that_are_spread_evenly_have_no_area(tmp_path: Path) -> None:
    """Of even points no area stands out, and their bounds are told."""
    for seed in range(5):
        luck = random.Random(seed)
        rows = [
            (round(luck.uniform(48, 50), 4), round(luck.uniform(9, 12), 4), "a") for _ in range(200)
        ]
        said = ask(tmp_path, "lat,lon,kind", rows, "Where do accidents cluster?")
        assert said.headline == "No area stands out among the 200 rows"
        assert said.answer.end is End.ANSWERED


def test_a_few_points_are_too_few(tmp_path: Path) -> None:
    """Ten points make no area."""
    said = ask(tmp_path, "lat,lon,kind", around(48, 9, 10, 1), "Where do accidents happen?")
    assert said.answer.reason == "the table lacks enough places with coordinates"
