"""Findings and slides as contract 3 has them, which is served beside the present one: insights and no
answers, and none of the blocks that are newer.

Releases before 0.5.0 draft decks of insights, and theirs may lie in the database when they end.
"""

from typing import Any

from pydantic import Field

from deckgen.domain.answers import Answer
from deckgen.domain.blocks import Actions, Block, Bullets, Kpi, Kpis, Messages, Table
from deckgen.domain.charts import Chart, ChartKind, SeriesRole
from deckgen.domain.decks import Slide
from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Fact, Text
from deckgen.domain.findings import Findings, Tested
from deckgen.domain.formatting.display import Unit
from deckgen.domain.questions import End

NEWER = {"about": None}  # members of facts that releases of contract 3 do not know
CHARTS = frozenset({
    ChartKind.LINE, ChartKind.COLUMN, ChartKind.BAR, ChartKind.WATERFALL, ChartKind.SCATTER,
})  # fmt: skip
OVERVIEW, OTHER = "overview", "ranking"  # the kinds of insights that are written


class Insight(BaseDocument):
    """A claim (`headline`) and its arguments (`takeaways`), ranked by `score` from 0 up."""

    id: str
    kind: str
    subject: str
    headline: Text
    takeaways: list[Text]
    meaning: Text = ""
    chart: Chart | None = None
    kpis: list[Kpi] = []
    method: Text
    recommendation: Text = ""
    fact_ids: list[str]
    columns: list[int] = []
    score: float = Field(ge=0)


class FindingsOfContract3(BaseDocument):
    """Insights are sorted by score, highest first; one of them is the overview."""

    facts: list[Fact]
    insights: list[Insight]
    questions: list[dict[str, Any]] = [{"text": ""}]
    named: list[int] = []
    names_a_period: bool = False
    remarks: list[Text] = []
    limits: list[Text] = []
    tests: list[Tested] = []

    @classmethod
    def of(cls, findings: Findings) -> "FindingsOfContract3":
        """Returns findings as a release of contract 3 can draft a deck of them."""
        told = [answer for answer in findings.told if answer.headline]
        return cls(
            facts=[fact.model_copy(update=NEWER) for fact in findings.facts],
            insights=[_insight(place, answer, findings.based_on) for place, answer in enumerate(told)],
            remarks=findings.remarks,
            limits=findings.limits,
            tests=findings.tests,
        )

    def now(self) -> Findings:
        """Returns them as findings of the present contract."""
        overview = next(each for each in self.insights if each.kind == OVERVIEW)
        return Findings(
            facts=self.facts,
            based_on=overview.meaning,
            scan=[_answer(each) for each in self.insights],
            remarks=self.remarks,
            limits=self.limits,
            tests=self.tests,
        )


def _insight(place: int, answer: Answer, based_on: Text) -> Insight:
    return Insight(
        id=f"i{place + 1}",
        kind=OTHER if place else OVERVIEW,
        subject=f"a{place}",
        headline=answer.headline,
        takeaways=answer.points,
        meaning="" if place else based_on,
        chart=answer.chart,
        kpis=answer.kpis,
        method=answer.method,
        fact_ids=answer.fact_ids,
        score=1 / (place + 1),
    )


def _answer(insight: Insight) -> Answer:
    return Answer(
        question="",
        end=End.ANSWERED,
        headline=insight.headline,
        points=insight.takeaways,
        kpis=insight.kpis,
        chart=insight.chart,
        method=insight.method,
        fact_ids=insight.fact_ids,
    )


def slide_of(slide: Slide) -> Slide:
    """Returns a slide without the blocks and members that releases of contract 3 refuse."""
    return slide.model_copy(update={"blocks": [_block(each) for each in slide.blocks]})


def _block(block: Block) -> Block:
    match block:
        case Messages():
            return Bullets(items=[each.text for each in block.items])
        case Actions():
            said = ([each.action, each.size] for each in block.items)
            return Bullets(items=[": ".join(text for text in texts if text) for texts in said])
        case Kpis():
            bare = [Kpi(label=each.label, value=each.value, change=each.change) for each in block.items]
            return Kpis(items=bare)
        case Chart():
            return _chart(block)
        case Table():
            columns = [each.model_copy(update={"unit": _unit(each.unit)}) for each in block.columns]
            return block.model_copy(update={"columns": columns})
    return block


def _chart(chart: Chart) -> Chart:
    other = ChartKind.LINE if chart.category_unit.is_time else ChartKind.BAR
    series = [
        each.model_copy(update={"role": SeriesRole.ACTUAL, "unit": _unit(each.unit)})
        for each in chart.series
    ]
    return chart.model_copy(
        update={
            "kind": chart.kind if chart.kind in CHARTS else other,
            "category_unit": _unit(chart.category_unit),
            "series": series,
            "focus": [],
            "annotations": [],
        }
    )


def _unit(unit: Unit) -> Unit:
    return unit.model_copy(update={"finer": 0})
