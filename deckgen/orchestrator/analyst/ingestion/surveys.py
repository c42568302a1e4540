"""What the exports of survey tools have besides answers."""

from collections.abc import Iterable

import duckdb

from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn
from deckgen.orchestrator.analyst.lexicon.column_names import read_name

IMPORT_ID = '{"ImportId"'  # of Qualtrics, under the texts of the questions
_MOST_DESCRIBED = 3  # lines under the header
_WORDS = frozenset({
    "respondent", "respondents", "response", "responses", "participant", "submitdate", "questionnaire",
    "survey", "teilnehmer", "befragte", "fragebogen", "antwort", "submitted",
})  # fmt: skip


def is_survey(columns: Iterable[LoadedColumn]) -> bool:
    """True if the name of a column speaks of a survey or of those who answered."""
    return any(_WORDS & set(read_name(column.name).words) for column in columns)


def described_columns(con: duckdb.DuckDBPyConnection, types: list[str]) -> list[int]:
    """Returns the places of Qualtrics' lines under the header, the last of which has the ids."""
    if types[0] != "VARCHAR":
        return []
    first = con.execute(f"SELECT rowid, c0 FROM data ORDER BY rowid LIMIT {_MOST_DESCRIBED}").fetchall()
    last = [place for place, cell in first if (cell or "").startswith(IMPORT_ID)]
    return [place for place, _ in first if last and place <= last[-1]]
