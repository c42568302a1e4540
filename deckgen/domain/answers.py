"""Answers: each question of a brief with its end, and what was computed for it."""

from pydantic import Field

from deckgen.domain.claims import Stated
from deckgen.domain.decks import Chart, Kpi
from deckgen.domain.facts import Text
from deckgen.domain.questions import Question


class Answer(Question):
    """A question of the brief with what was computed for it."""

    headline: Text = Field(default="", description="The answer in one sentence")
    points: list[Text] = []
    summed: int = Field(default=2, description="How many of its sentences stand in the summary")
    kpis: list[Kpi] = []
    chart: Chart | None = None
    method: Text = ""
    states: list[Stated] = Field(
        default=[],
        exclude_if=lambda states: not states,
        description="What its sentences state beyond the values of their facts",
    )
    fact_ids: list[str] = []
