"""Insights: ranked claims over facts, each with what a slide needs to tell it."""

from enum import StrEnum

from pydantic import Field

from deckgen.domain.answers import Answer
from deckgen.domain.decks import Chart, Kpi
from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Fact, Text


class InsightKind(StrEnum):
    ANSWER = "answer"  # to a question of the brief
    OVERVIEW = "overview"
    PERIOD_CHANGE = "period_change"
    TREND = "trend"
    SEASONALITY = "seasonality"
    RANKING = "ranking"
    CONCENTRATION = "concentration"
    CHANGE_DRIVER = "change_driver"
    CORRELATION = "correlation"
    GROUP_DIFFERENCE = "group_difference"
    CHANGE_POINT = "change_point"
    TIME_OUTLIER = "time_outlier"
    MIX_RATE = "mix_rate"
    RANK_CHANGE = "rank_change"
    MAJORITY = "majority"
    EVENNESS = "evenness"


class Insight(BaseDocument):
    """A claim (`headline`) and its arguments (`takeaways`), ranked by `score` from 0 up."""

    id: str
    kind: InsightKind
    subject: str = Field(description="Its measure and dimension, to avoid repetition")
    headline: Text = Field(description="The claim as an action title")
    takeaways: list[Text]
    meaning: Text = Field(default="", description="The meaning for the reader, in one sentence")
    chart: Chart | None = None
    kpis: list[Kpi] = []
    method: Text = Field(description="How it was computed, for the notes")
    recommendation: Text = Field(default="", description="The advice that follows from it, if any")
    fact_ids: list[str]
    columns: list[int] = Field(default=[], description="The columns that it is about, from 0")
    score: float = Field(ge=0)


class Tested(BaseDocument):
    """The number of times a test was made, and that it held after correction for all tests."""

    name: str
    made: int = Field(ge=0)
    held: int = Field(ge=0)


class Question(BaseDocument):
    """One question of the brief, with the columns that it names (from 0). `by_group` are those of them
    that it names by one of their groups only, `named_before` those that earlier questions name.
    """

    text: str
    named: list[int] = []
    by_group: list[int] = []
    named_before: list[int] = []


class Findings(BaseDocument):
    """Insights are sorted by score, highest first."""

    facts: list[Fact]
    answers: list[Answer] = Field(
        default=[],
        exclude_if=lambda answers: not answers,
        description="One for each question; none in findings of deckgen before 0.5.0",
    )
    scan: list[Answer] = Field(
        default=[],
        exclude_if=lambda scan: not scan,
        description="What was found for a brief that gives a task, or whose questions have no answer",
    )
    insights: list[Insight]
    questions: list[Question] = Field(description="At least one, which may ask nothing in particular")
    named: list[int] = Field(default=[], description="The columns that the brief names, from 0")
    names_a_period: bool = Field(default=False, description="True if the brief's periods are compared")
    remarks: list[Text] = Field(
        default=[], description="Remarks that the reader must know beside the answer, a sentence each"
    )
    limits: list[Text] = Field(
        default=[], description="Limits of the findings, such as small groups, for the appendix"
    )
    tests: list[Tested] = []
