"""The offline engine on the table that comes with the repository."""

import gzip
from pathlib import Path

import pytest

from deckgen.domain.charts import Chart
from deckgen.domain.facts import render
from tests.unit.orchestrator.analyst.engine import Run, run_table

SAMPLE = Path(__file__).parents[2] / "examples" / "newspaper_revenue.csv"


@pytest.fixture(scope="module")
def newspapers(tmp_path_factory: pytest.TempPathFactory) -> Run:
    path = tmp_path_factory.mktemp("sample") / SAMPLE.name
    return run_table(path, SAMPLE.read_bytes())


def test_the_sample_gives_a_sound_deck(newspapers: Run) -> None:
    """Every number is bound and holds, and titles and sizes keep to the rules."""
    assert [check for check in newspapers.deck.quality if not check.passed] == []


def test_the_sample_s_story_is_told(newspapers: Run) -> None:
    """Revenue at constant prices peaked in 2000; what it lost since 2005 it lost in advertising."""
    values = newspapers.deck.reference_values()
    titles = [render(slide.title, values) for slide in newspapers.deck.slides]
    assert "Revenue (2012 dollars) peaked in 2000 and has fallen by 77% since" in titles
    assert any("lies entirely in ads" in title for title in titles)


def test_no_fact_of_the_sample_sums_a_rate_or_a_year(newspapers: Run) -> None:
    """Shares, amounts per head and years are in no sum."""
    for name in ("AdsProportion", "RevenuePerCap_2012", "Year"):
        assert not [fact for fact in newspapers.findings.facts if f'sum("{name}"' in fact.sql]


def test_charts_of_time_are_lines_or_columns_in_order(newspapers: Run) -> None:
    """The axis of time runs forward."""
    told = [each for each in newspapers.findings.scan if each.plan]
    charts = [each.chart for each in told if each.plan and each.plan.operation == "development"]
    assert charts
    for chart in charts:
        assert isinstance(chart, Chart)
        assert chart.kind in ("line", "column")
        assert chart.categories == sorted(map(str, chart.categories))


def test_a_compressed_copy_gives_the_same_findings(newspapers: Run, tmp_path: Path) -> None:
    """Whether the file is gzipped makes no difference to what is found in it."""
    path = tmp_path / (SAMPLE.name + ".gz")
    again = run_table(path, gzip.compress(SAMPLE.read_bytes()), newspapers.brief.business_context)
    assert again.findings == newspapers.findings
