"""Previews: the request for a table model, of a client and of the API to the orchestrator."""

from typing import Annotated

from pydantic import Field

from deckgen.domain.briefs import Brief
from deckgen.domain.documents import BaseDocument, PlainText
from deckgen.domain.requests import Table

# Of errors that say that time was up, and nothing about the table.
LATE_CODES = frozenset({"query_timeout", "table_timeout"})

TableName = Annotated[PlainText, Field(min_length=1, max_length=200)]


class PreviewRequest(BaseDocument):
    """A table to be understood, without a deck."""

    csv_data: Table = Field(
        description="A table with its header. In JSON the text of a CSV; in multipart/form-data a "
        "file: CSV, XLSX (the first visible sheet with a table) or Parquet, recognised by its content"
    )
    csv_name: TableName = "uploaded data"
    context: Brief = Field(
        default=Brief(),
        description="As in a request for a deck; here `columns` and `table` have an effect, and of "
        "`businessContext` it is told how its questions are understood",
    )


class TableRequest(BaseDocument):
    """The part `request` of `POST /preview` and `POST /ask` at the orchestrator, beside `dataset`."""

    name: TableName
    context: Brief = Brief()
