"""The command `deckgen refresh`, which imports what it needs, as in app.py."""

from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli.options import AsJson
from deckgen.dev.screen import Screen, json_text
from deckgen.domain.errors import DeckgenError

NOT_HELD, NOT_USED = 1, 2


def add_to(app: typer.Typer) -> None:
    app.command()(refresh)


def refresh(
    deck: Annotated[Path, typer.Argument(help="A PowerPoint file of deckgen's, edited or not")],
    data: Annotated[Path, typer.Argument(help="The new table: CSV, XLSX or Parquet")],
    out: Annotated[
        Path | None, typer.Option(help="File to write; else DECK's name with -refreshed")
    ] = None,
    as_json: AsJson = False,
    key: Annotated[
        list[str] | None,
        typer.Option(
            help="A signer whose decks to sign again: a public key, or a file of keys", metavar="KEY"
        ),
    ] = None,
    trust: Annotated[
        list[str] | None,
        typer.Option(help="A deckgen whose decks to sign again; may be repeated", metavar="URL"),
    ] = None,
) -> None:
    """Put the numbers of a new table into a presentation, in whose words, order and looks nothing else
    changes.

    What people wrote themselves is left, and listed. A sentence that no longer holds is listed, and
    marked in the file with a comment.

    The exit code is 0 if every sentence holds, 1 if one does not or if a fact is not in the new table,
    and 2 if DECK or DATA can't be used.
    """
    from deckgen.client.refresh_files import refresh_files
    from deckgen.client.trust import Trust
    from deckgen.dev import refresh_report
    from deckgen.dev.user_key import own_key

    target = out or deck.with_name(f"{deck.stem}-refreshed.pptx")
    try:
        own = own_key()
        trusted = Trust.of(key or [], trust or []).signers
        mine = {own.public.key_id: "the key of this machine"} if own else {}
        report = refresh_files(deck, data, target, own, trusted | mine)
    except DeckgenError as error:
        Screen(stderr=True).print(f"deckgen: {error}", soft_wrap=True)
        raise typer.Exit(NOT_USED) from None
    if as_json:
        typer.echo(json_text(report.to_json()))
    else:
        refresh_report.show(Screen(highlight=False, soft_wrap=True), report, target)
    raise typer.Exit(0 if report.holds else NOT_HELD)
