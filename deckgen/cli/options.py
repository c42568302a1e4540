"""Options that several commands have alike."""

from pathlib import Path
from typing import Annotated

import typer

LOCAL = "http://localhost:3000"

Table = Annotated[
    Path, typer.Argument(help="A table with a header: CSV, XLSX or Parquet; - is piped in")
]
Url = Annotated[str, typer.Option(envvar="DECKGEN_URL", help="A running deckgen")]
ApiKey = Annotated[
    str | None,
    typer.Option("--api-key", envvar="DECKGEN_API_KEY", help="A key, where the API asks for one"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print all of it as JSON, as the API answers")]
