"""The command `deckgen delete`, which asks an API and prints the receipt."""

from typing import Annotated

import typer

from deckgen.cli.options import LOCAL, ApiKey, Url
from deckgen.dev.screen import Screen
from deckgen.domain.deletions import What
from deckgen.domain.visible import visible


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("delete")(delete)


def delete(
    what: Annotated[What, typer.Argument(metavar="WHAT", help="deck, user or tenant")],
    target: Annotated[str, typer.Argument(metavar="ID", help="Its id; a tenant is that of your key")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask")] = False,
    url: Url = LOCAL,
    api_key: ApiKey = None,
) -> None:
    """Delete a deck, a user or a tenant for good, with all that hangs on it."""
    from deckgen.client.http import Client

    if not yes:
        typer.confirm(f"Delete the {what} {visible(target)} for good?", abort=True)
    with Client(url, api_key) as client:
        receipt = client.delete(what, target)
    screen = Screen(highlight=False, soft_wrap=True)
    gone = ", ".join(f"{count} {name}" for name, count in receipt.counts if count)
    screen.print(f"Deleted so far: {gone or 'nothing'}.")
    if receipt.completed_at is None:
        screen.print("The rest goes by itself.")
    screen.print(f"The receipt is {receipt.deletion_id}.")
