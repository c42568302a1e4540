"""The agenda of a long deck: where each question of the brief is answered."""

from deckgen.domain.answers import Answer
from deckgen.domain.blocks import Table, TableColumn
from deckgen.domain.decks import Layout, Slide
from deckgen.domain.facts import Text
from deckgen.domain.findings import Findings
from deckgen.domain.formatting.display import TEXT, Value
from deckgen.domain.language.phrasebook import Language

MOST_WITHOUT = 10  # answers: of fewer the summary tells on which slide each is


def is_needed(findings: Findings, told: list[Answer]) -> bool:
    """True if so much is answered that the summary has no room for all of it."""
    asked = {answer.headline for answer in findings.answers}
    return sum(answer.headline in asked for answer in told) > MOST_WITHOUT


def agenda(findings: Findings, slides: dict[Text, str], language: Language) -> Slide:
    """Returns the questions in their order, each with its slide: those are given by headlines."""
    says = language.say
    rows: list[list[Value]] = [
        [answer.question, slides[answer.headline]]
        for answer in findings.answers
        if answer.headline in slides
    ]
    columns = [TableColumn(label=says(f"agenda.{name}"), unit=TEXT) for name in ("question", "slide")]
    return Slide(
        id="agenda",
        layout=Layout.AGENDA,
        title=says("agenda.title"),
        blocks=[Table(title="", columns=columns, rows=rows)],
        notes=says("agenda.notes"),
        source_line=says("source.line", name="{{source}}"),
    )
