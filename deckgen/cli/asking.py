"""The command that answers a question about a table."""

from typing import Annotated

import typer

from deckgen.cli.inputs import checked_file_of, text_of
from deckgen.cli.options import AsJson, Table
from deckgen.dev.screen import Screen, json_text

NOT_ANSWERED = 3


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `app`."""
    app.command()(ask)


def ask(
    data: Table,
    question: Annotated[
        str, typer.Argument(help="One question, or a few, in your own words; - is piped in")
    ],
    locale: Annotated[
        str | None, typer.Option(help="How numbers and dates are written, such as de_DE")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of the words, such as de; else the question's own")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question about a table, with the query behind each number.

    The exit code is 0 if each question is answered, at least in part, and 3 if one is not: then it
    says why.
    """
    question = text_of(question, data)
    with checked_file_of(data) as file:
        from deckgen.client.inspect_files import ask_file
        from deckgen.dev import answer_report

        replies = ask_file(file, question, locale, language)
    if as_json:
        typer.echo(json_text(replies.to_json()))
    else:
        answer_report.show(Screen(highlight=False, soft_wrap=True), replies)
    if not replies.is_answered:
        raise typer.Exit(NOT_ANSWERED)
