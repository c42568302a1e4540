"""The appendix: what each column was taken for and why, and what was decided on reading."""

from deckgen.domain.datasets import Column, Role, Source
from deckgen.domain.decks import Layout, Slide, Table, TableColumn
from deckgen.domain.display import TEXT

MAX_COLUMNS = 12
_ROLES = {
    Role.MEASURE: "measure",
    Role.DIMENSION: "groups",
    Role.GEOGRAPHY: "places",
    Role.TIME: "time",
    Role.ID: "identifier",
    Role.TEXT: "not analysed",
}


def appendix(source: Source) -> Slide:
    more = " Further columns were read in the same way." if len(source.columns) > MAX_COLUMNS else ""
    return Slide(
        id="appendix",
        layout=Layout.APPENDIX,
        title="How the data were read and what was made of each column",
        blocks=[_columns(source), *_notices(source)],
        notes="Sums are taken only of what adds up; prices, rates and temperatures are averaged, "
        "levels are never summed over time. Findings that were tested hold after "
        "correction for the number of tests." + more,
        source_line="Source: {{source}}",
    )


def _columns(source: Source) -> Table:
    first = "The first columns" if len(source.columns) > MAX_COLUMNS else "Columns"
    return Table(
        title=f"{first} and how they were read",
        columns=[TableColumn(label=label, unit=TEXT) for label in ("Column", "Read as", "Because")],
        rows=[[column.label, _said(column), column.reason] for column in source.columns[:MAX_COLUMNS]],
    )


def _notices(source: Source) -> list[Table]:
    if not source.warnings:
        return []
    notices = Table(
        title="What was noticed on reading",
        columns=[TableColumn(label="Notice", unit=TEXT)],
        rows=[[warning] for warning in source.warnings[:MAX_COLUMNS]],
    )
    return [notices]


def _said(column: Column) -> str:
    kind = f" ({column.additivity})" if column.additivity else ""
    return _ROLES[column.role] + kind
