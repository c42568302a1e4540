"""Series of refreshed charts that people moved, changed or took out."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from deckgen.export.pptx.reading.contents import ChartPlace, PlotSeries
from deckgen.export.pptx.rewriting.charts import Follower
from deckgen.orchestrator.refresher import refresh
from deckgen.orchestrator.refresher.charting import followers, gone
from tests.presentation_edits import saved, shapes
from tests.refreshed_presentations import sales
from tests.unit.orchestrator.refresher.test_refreshed_charts import (
    _C,
    BRIEF,
    cells,
    charts,
    places,
    presentation_about,
    refreshed,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return presentation_about(BRIEF, tmp_path_factory.mktemp("made"))


def edited(content: bytes, edit: Callable[[Any, list[Any]], None]) -> bytes:
    """Returns a file after an edit of its first chart, which has a series for each region."""
    presentation = Presentation(BytesIO(content))
    every = (each for slide in presentation.slides for each in shapes(slide))
    chart = next(each.chart for each in every if getattr(each, "has_chart", False) and each.has_chart)
    edit(chart, list(chart._chartSpace.iter(f"{_C}ser")))
    return saved(presentation)


def values(content: bytes) -> dict[str, list[float | None]]:
    return {each.name: each.values for each in places(content)[0].series}


def chart_of(**series: list[float | None]) -> ChartPlace:
    every = [PlotSeries(name=name, categories=["A", "B"], values=of) for name, of in series.items()]
    return ChartPlace(name="chart", series=every)


def test_series_in_another_order_keep_their_names_and_values(made: bytes, tmp_path: Path) -> None:
    """Each goes on with its own data, and a value that somebody set stays in its series."""

    def swap(chart: Any, series: list[Any]) -> None:
        series[0].find(f".//{_C}val//{_C}pt/{_C}v").text = "77777"
        series[1].addnext(series[0])

    moved = edited(made, swap)
    untouched = values(refreshed(made, sales(level=1.5), tmp_path / "sales.csv"))
    after = refreshed(moved, sales(level=1.5), tmp_path / "sales.csv")
    first = next(iter(untouched))
    assert list(values(after)) == list(values(moved)) != list(untouched)
    assert values(after) == untouched | {first: [77777.0, *untouched[first][1:]]}
    assert cells(charts(after)[0])["B2"] == "77777.0"
    assert not places(after)[0].faults


def test_series_are_followed_by_name() -> None:
    """Where the new deck draws the same series in another order, each takes the one of its name."""
    before, found = chart_of(North=[1, 2], South=[3, 4]), chart_of(North=[1, 2], South=[9, 4])
    new = chart_of(South=[30, 40], North=[10, 20])
    assert followers(before, found, new) == {0: Follower(1), 1: Follower(0, {0: 9.0})}


def test_values_of_a_series_that_is_gone_go_with_it() -> None:
    """They would be false in the series that takes its place, so it is told that they went."""
    before, found = chart_of(North=[1, 2], South=[3, 4]), chart_of(North=[1, 2], South=[9, 4])
    new = chart_of(North=[10, 20], East=[30, 40])
    assert followers(before, found, new) == {0: Follower(0), 1: Follower(1)}
    assert list(gone(before, found, new)) == ["South"]


def test_a_series_that_people_took_out_stays_out(made: bytes, tmp_path: Path) -> None:
    """The others have their new values, and nothing says that the chart was drawn anew."""
    shorter = edited(made, lambda _, series: series[1].getparent().remove(series[1]))
    path = tmp_path / "sales.csv"
    untouched = values(refreshed(made, sales(level=1.5), path))
    after, report = refresh(shorter, path, path.name)
    assert values(after) == {name: untouched[name] for name in values(shorter)}
    assert len(values(after)) == len(untouched) - 1
    assert not places(after)[0].faults
    assert not report.refresh.notes


def test_other_series_of_the_deck_have_a_chart_drawn_anew() -> None:
    """It is decided by the deck's own series, however many of them people left in the file."""
    before, found = chart_of(North=[1, 2], South=[3, 4]), chart_of(North=[1, 2])
    assert followers(before, found, chart_of(North=[10, 20])) is None
    assert followers(before, found, before) == {0: Follower(0)}


def test_names_that_people_gave_stand_in_the_workbook_too(made: bytes, tmp_path: Path) -> None:
    """Who opens the data of the chart finds the series and the category as they are drawn."""

    def rename(chart: Any, series: list[Any]) -> None:
        for each in chart._chartSpace.iter(f"{_C}v"):
            each.text = {"West": "Wild West", "Jan 2023": "Start"}.get(each.text, each.text)

    after = refreshed(edited(made, rename), sales(level=1.5), tmp_path / "sales.csv")
    drawn = places(after)[0]
    assert "Wild West" in values(after)
    assert {each.categories[0] for each in drawn.series} == {"Start"}
    assert not drawn.faults
