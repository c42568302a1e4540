"""`deckgen open`: a deck in the browser."""

import os
import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from deckgen.cli.options import LOCAL, ApiKey, Url
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.visible import visible
from deckgen.export.formats import by_ending

SHOWN = (".html", ".pdf")  # what a browser shows


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `app`."""
    app.command("open")(open_deck)


def open_deck(
    deck: Annotated[
        str, typer.Argument(metavar="DECK_ID|FILE", help="A deck of a running deckgen, or a file")
    ],
    share: Annotated[
        bool,
        typer.Option(
            "--share", help="By a link for whoever has it, for a day: a browser has no API key"
        ),
    ] = False,
    url: Url = LOCAL,
    api_key: ApiKey = None,
) -> None:
    """Open a deck in the browser, and print its address; without a display only print it."""
    address = _of_file(Path(deck)) or _at(url, api_key, deck, share=share)
    typer.echo(visible(address))
    if _has_display():
        import webbrowser

        webbrowser.open(address)


def _of_file(path: Path) -> str | None:
    """Returns the address of a file; None for what is the id of a deck."""
    if path.is_file():
        if path.suffix not in SHOWN:
            raise InvalidRequest(
                f"A browser does not show {path}, only files that end in {' or '.join(SHOWN)}: "
                "deckgen generate writes them with --out."
            )
        return path.resolve().as_uri()
    if path.suffix in by_ending():
        raise InvalidRequest(f"There is no file {path}.")
    return None


def _at(url: str, api_key: str | None, deck_id: str, *, share: bool) -> str:
    """Returns the address of a deck's page at a deckgen, which must have the deck."""
    from deckgen.client.http import Client

    with Client(url, api_key) as client:
        if share:
            return client.base_url + client.share(deck_id, days=1).url
        client.presentation(deck_id)
        return f"{client.base_url}/decks/{quote(deck_id, safe='')}"


def _has_display() -> bool:
    """True if a window can be opened; else a browser of the terminal would take the terminal."""
    is_unix = sys.platform not in ("darwin", "win32")
    return not is_unix or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
