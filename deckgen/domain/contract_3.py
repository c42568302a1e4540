"""Findings as contract 3 has them, which is served beside the present one: insights and no answers.

Releases before 0.5.0 draft decks of insights, and theirs may lie in the database when they end.
"""

from typing import Any

from pydantic import Field

from deckgen.domain.answers import Answer
from deckgen.domain.blocks import Kpi
from deckgen.domain.charts import Chart
from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Fact, Text
from deckgen.domain.findings import Findings, Tested
from deckgen.domain.questions import End

NEWER = {"about": None}  # members of facts that releases of contract 3 do not know
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
