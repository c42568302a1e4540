"""Answers: each question of a brief with its end, and what was computed for it."""

from pydantic import Field

from deckgen.domain.blocks import Kpi, Tone
from deckgen.domain.charts import Chart
from deckgen.domain.claims import Stated
from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Text
from deckgen.domain.questions import Question


class Move(BaseDocument):
    """Something to do that an answer allows: what it is worth, and what is to be known first."""

    text: Text
    evidence: Text = Field(default="", description="What speaks for it")
    first: Text
    name: Text
    size: str = Field(description="The fact that says what it is worth")
    worth: str = Field(description="What that measures: only alike sizes are added up")


class Row(BaseDocument):
    """A sentence of an answer as a row of the summary: its figure, what that is, and the rest of it."""

    of: Text = Field(description="The sentence that it stands for")
    figure: Text
    label: Text
    text: Text
    tone: Tone = Field(default="plain", description="What the figure means, if it is a change")


class Answer(Question):
    """A question of the brief with what was computed for it."""

    headline: Text = Field(default="", description="The answer in one sentence")
    short: Text = Field(default="", description="The same for the summary, its figure first")
    gist: Text = Field(default="", description="The same in a few words, or the news in it")
    points: list[Text] = []
    rows: list[Row] = Field(
        default=[], description="Its sentences that have a figure, for the summary; the answer first"
    )
    summed: int = Field(default=2, description="How many of its sentences stand in the summary")
    kpis: list[Kpi] = []
    chart: Chart | None = None
    method: Text = ""
    states: list[Stated] = Field(
        default=[],
        exclude_if=lambda states: not states,
        description="What its sentences state beyond the values of their facts",
    )
    moves: list[Move] = Field(
        default=[], description="What it allows to do; of advice, what is advised, the largest first"
    )
    fact_ids: list[str] = []
