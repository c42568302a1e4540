"""The command `deckgen`.

Each command imports what it alone needs, so that all of them print within the first second.
"""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli import (
    api_keys,
    asking,
    assistants,
    deletions,
    generating,
    jobs,
    opening,
    refreshing,
    signing_keys,
    working,
)
from deckgen.cli.inputs import checked_file_of, file_of, text_of
from deckgen.cli.options import LOCAL, ApiKey, AsJson, Table, Url
from deckgen.dev.screen import Screen, json_text, sentences, tell_end
from deckgen.domain.errors import DeckgenError, InvalidRequest
from deckgen.domain.overrides import CountCopies

PARQUET = ".parquet"

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Business presentations from data, in which every number can be proved.",
)
app.add_typer(api_keys.app, name="keys")
app.add_typer(signing_keys.app, name="signing-keys")


def _version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(version("deckgen"))
        raise typer.Exit


@app.callback()
def about(
    _: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_version, help="Show the version and exit"),
    ] = False,
) -> None:
    """Nothing of its own: options that belong to no command."""


@app.command()
def status(
    job_id: Annotated[
        str, typer.Argument(metavar="JOB", help="Id of the job, from the answer to the request")
    ],
    as_json: AsJson = False,
    url: Url = LOCAL,
    api_key: ApiKey = None,
) -> None:
    """Show the progress of a job."""
    from deckgen.client.http import Client

    with Client(url, api_key) as client:
        job = client.job(job_id)
    if as_json:
        typer.echo(json_text(job.to_json()))
        return
    console = Screen(highlight=False, soft_wrap=True)
    console.print(f"{job.job_id}: {job.status}, {job.progress.percent}%, deck {job.deck_id}")
    for step in job.progress.steps:
        took = "" if step.seconds is None else f"  {step.seconds:.1f} s"
        console.print(f"  {step.name:<10} {step.status}{took}")
    if job.waiting_for:
        console.print(job.waiting_for)
    if job.error:
        console.print(f"{job.error.code}: {job.error.message}")
    tell_end(console, job)


jobs.add_to(app)
working.add_to(app)
deletions.add_to(app)
generating.add_to(app)
asking.add_to(app)
opening.add_to(app)
assistants.add_to(app)
refreshing.add_to(app)


@app.command()
def verify(
    deck: Annotated[Path, typer.Argument(help="A deck as JSON, or its PowerPoint file")],
    data: Annotated[
        Path | None, typer.Argument(help="The table from which it was made; - is piped in")
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option(
            help="A signer to accept: a public key, or a file of keys; may be repeated", metavar="KEY"
        ),
    ] = None,
    trust: Annotated[
        list[str] | None,
        typer.Option(help="A deckgen whose keys to accept; may be repeated", metavar="URL"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compute everything in a deck again from its data; name what does not hold, and who signed it.

    Of a PowerPoint file that was edited each number is named that was changed, added, moved or left
    without its sentence; its fonts, colours and order may be others.

    The exit code is 0 if everything holds, 1 if something does not, 3 if something could not be proved,
    and 2 if DECK is no deck. With --key or --trust a deck holds only if one of their keys signed it.
    """
    from deckgen.client.trust import Trust
    from deckgen.client.verify_files import verify_files
    from deckgen.dev import verdict

    try:
        trusted = Trust.of(key or [], trust or [])
        with file_of(data) if data else nullcontext() as table:
            verification, document = verify_files(deck, table)
            signature = trusted.look_at(document, table)
        if signature.is_trusted:
            verification = verification.believing_the_signer()
    except DeckgenError as error:
        Screen(stderr=True).print(f"deckgen: {error}", soft_wrap=True)
        raise typer.Exit(verdict.NOT_USED) from None
    if as_json:
        typer.echo(json_text(verdict.document(verification, signature)))
    else:
        verdict.show(Screen(highlight=False, soft_wrap=True), verification, signature)
    raise typer.Exit(verdict.exit_code(verification, signature))


@app.command()
def inspect(
    data: Table,
    brief: Annotated[
        str, typer.Option(help="Questions, to see how they are understood; none is answered")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say what a table means, with reasons: its rows, its columns, and what can be derived."""
    brief = text_of(brief, data)
    with checked_file_of(data) as file:
        from deckgen.client.inspect_files import inspect_file
        from deckgen.dev import table_report

        model = inspect_file(file, brief)
    if as_json:
        typer.echo(json_text(model.to_json()))
    else:
        table_report.show(Screen(highlight=False), model)


@app.command()
def table(
    data: Table,
    out: Annotated[Path, typer.Option(help="Parquet file to write")] = Path("data.parquet"),
    copies: Annotated[
        CountCopies | None,
        typer.Option(help="How rows that are alike count, where the deck's brief says it"),
    ] = None,
) -> None:
    """Write the table as deckgen reads it: the SQL of a fact gives its value there in any DuckDB.

    Of several tables each is written beside OUT, under its name in the SQL.
    """
    from deckgen.client.table_files import write_table_files

    if out.suffix != PARQUET:
        raise InvalidRequest(f"Can't write {out}: its name must end in {PARQUET}.")
    with file_of(data) as file:
        files, targets = write_table_files(file, out, copies)
    screen = Screen(highlight=False, soft_wrap=True)
    for one, target in zip(files.tables, targets, strict=True):
        screen.print(f"Saved {target}: {one.rows:,} rows and {one.columns:,} columns of {one.name}.")
    for warning in files.warnings:
        screen.print(f"  {warning}")


@app.command()
def dev(
    fake_model: Annotated[
        bool,
        typer.Option("--fake-model", help="Use a stand-in as language model, without key or costs"),
    ] = False,
) -> None:
    """Run everything at http://localhost:3000, restart it when the code changes; Ctrl-C ends it."""
    from deckgen.dev import supervisor

    supervisor.main(fake_model=fake_model)


@app.command()
def migrate() -> None:
    """Bring the database up to date: DATABASE_URL, or the embedded one."""
    from deckgen.dev.postgres import Postgres
    from deckgen.dev.with_servers import migrated

    with migrated(only={Postgres.name}):
        Screen(stderr=True).print("The database is up to date.")


def main() -> None:
    with sentences():
        app()
