"""How a table is read, shown before there is a deck, so that it can be set right."""

from dataclasses import dataclass

from starlette.requests import Request

from deckgen.domain.datasets import Role
from deckgen.domain.errors import DeckgenError
from deckgen.domain.new_decks import Correction, NewDeckForm, packed
from deckgen.domain.table_models import ColumnModel, Confidence, TableModel
from deckgen.web.state import caller, decks, state

MOST_COLUMNS = 100  # that are shown, as a form has a limit
DATE = "(a date)"  # where any date says that something happened


@dataclass(frozen=True)
class Row:
    """A column with what it was taken for, and what somebody has set right of it."""

    column: ColumnModel
    taken: str
    set_right: Correction
    is_found: bool  # something was seen that its name alone does not say

    @property
    def outcomes(self) -> list[str]:
        """The values of which one is what counts."""
        outcome = self.column.outcome
        if outcome is None or outcome.counts == DATE or not outcome.otherwise:
            return []
        return [outcome.counts, outcome.otherwise]

    @property
    def is_guess(self) -> bool:
        """True if somebody should look at it."""
        kind = self.column.measure
        sure = kind.confidence if kind else self.column.confidence
        return sure is Confidence.GUESS and not self.set_right.setting()


@dataclass(frozen=True)
class Preview:
    """What was understood of a table, or why it can't be read; `held` is what the page holds of it."""

    name: str
    model: TableModel | None = None
    rows: tuple[Row, ...] = ()
    problem: DeckgenError | None = None
    held: str = ""


async def of(request: Request, form: NewDeckForm, *, holds: bool) -> Preview | None:
    """Returns how the table of a form is read; None without one. It `holds` the table for a page that
    can't keep the file itself.
    """
    table = form.table()
    if table is None:
        return None
    content, name = table
    held = packed(content) if holds else ""
    try:
        with state(request).previews.one_more(caller(request)):
            model = await decks(request).preview_table(content, form.context, csv_name=name)
    except DeckgenError as error:
        return Preview(name, problem=error, held=held)
    return Preview(
        name, model, tuple(_row(each, form) for each in model.columns[:MOST_COLUMNS]), held=held
    )


def _row(column: ColumnModel, form: NewDeckForm) -> Row:
    set_right = next(
        (each for each in form.corrections if each.column == column.name),
        Correction(column=column.name),
    )
    is_found = bool(column.rate or column.weight or column.sentinels or column.outcome)
    return Row(column, taken_for(column), set_right, is_found)


def taken_for(column: ColumnModel) -> str:
    """Returns what a column was taken for: the kind of a measure, else its role."""
    if column.role is Role.MEASURE and column.measure is not None:
        return column.measure.kind.value
    return column.role.value
