"""The form by which people ask for a deck on the pages."""

from typing import Annotated

from pydantic import Field

from deckgen.domain.documents import BaseDocument, PlainText
from deckgen.domain.requests import Table

FORM = "make"  # the name of the route that takes it


class NewDeckForm(BaseDocument):
    """What was typed and chosen; `lost_file` says that a file was chosen before a session was over."""

    question: Annotated[PlainText, Field(max_length=4_000)] = ""
    csv_data: Table | None = None
    csv_name: Annotated[PlainText, Field(max_length=200)] = ""
    lost_file: PlainText = ""
