"""Slides for workers of the last release, which refuse every member that they do not know."""

from typing import Any

import pytest

from deckgen.domain.blocks import (
    Action,
    Actions,
    Kpi,
    Kpis,
    Message,
    Messages,
    Table,
    TableColumn,
    Trend,
)
from deckgen.domain.charts import Annotation, ChartKind, Series, SeriesRole
from deckgen.domain.contract_3 import slide_of
from deckgen.domain.decks import Layout
from deckgen.domain.formatting.display import Unit, ValueFormat
from tests.deck_parts import chart, slide

FINE = Unit(format=ValueFormat.CURRENCY, symbol="USD", finer=2)
# The members of blocks in release 0.4.0, by their type.
KNOWN = {
    "bullets": {"type", "items"},
    "kpis": {"type", "items"},
    "chart": {
        *("type", "kind", "title", "sql", "categoryLabel", "categoryUnit", "categories", "series"),
        *("highlight", "partial", "alt"),
    },
    "table": {"type", "title", "sql", "columns", "rows"},
}
PLAN = Series(label="Plan", unit=FINE, values=[1.0, 2.0], role=SeriesRole.PLAN)
NOTED = Annotation(kind="callout", text="{{f1}}", at=[0])
VARIANCE = chart(ChartKind.VARIANCE, ["North", "South"], [1.0, 2.0], unit=FINE).model_copy(
    update={"annotations": [NOTED], "focus": [0]}
)
BLOCKS = [
    Messages(items=[Message(figure="{{f1}}", label="Revenue", text="It rose", support="By much")]),
    Actions(size_label="a year", items=[Action(action="Raise it", size="{{f1}}")]),
    Kpis(items=[Kpi(label="Revenue", value="{{f1}}", tone="bad", trend=Trend(sql="", values=[1]))]),
    VARIANCE.model_copy(update={"series": [*VARIANCE.series, PLAN]}),
    Table(title="", columns=[TableColumn(label="Revenue", unit=FINE)], rows=[[1]]),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.type)
def test_a_slide_has_only_what_the_last_release_knows(block: Any) -> None:
    """What a model has written is paid for: a worker that refused it would end the job in vain."""
    (served,) = slide_of(slide(Layout.CHART, "It rose", block)).to_json()["blocks"]
    assert served.keys() <= KNOWN[served["type"]]
    assert "finer" not in str(served)
    if served["type"] == "kpis":
        assert served["items"][0].keys() <= {"label", "value", "change"}
    if served["type"] == "chart":
        assert served["kind"] == "bar"
        assert all(each.keys() <= {"label", "unit", "values"} for each in served["series"])


def test_its_sentences_stay() -> None:
    """Messages and actions are told as points."""
    served = slide_of(slide(Layout.SUMMARY, "It rose", *BLOCKS[:2]))
    assert served.points == ["It rose", "Raise it: {{f1}}"]
