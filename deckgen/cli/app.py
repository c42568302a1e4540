"""The command `deckgen`.

Each command imports what it alone needs, so that all of them print within the first second.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli import api_keys, asking, deletions, jobs, refreshing, signing_keys, templates
from deckgen.dev import table_file
from deckgen.dev.screen import Screen, json_text, progress_by_step, sentences, tell_end
from deckgen.domain.briefs import Urgency
from deckgen.domain.errors import DeckgenError, InvalidRequest
from deckgen.domain.overrides import CountCopies
from deckgen.export.formats import by_ending
from deckgen.export.themes.theme import names

PARQUET = ".parquet"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Business presentations from data, in which every number can be proved.",
)
app.add_typer(api_keys.app, name="keys")
app.add_typer(signing_keys.app, name="signing-keys")


@app.command()
def generate(
    csv: Annotated[
        Path | None, typer.Argument(help="A table with a header: CSV, XLSX or Parquet")
    ] = None,
    brief: Annotated[str, typer.Option(help="The question or the occasion, in your own words")] = "",
    out: Annotated[
        Path, typer.Option(help=f"File to write; its name ends in {', '.join(by_ending())}")
    ] = Path("deck.pptx"),
    industry: Annotated[
        str | None, typer.Option(help="Industry of the business: retail, health")
    ] = None,
    audience: Annotated[str | None, typer.Option(help="Who will see it: board, analysts")] = None,
    urgency: Annotated[
        Urgency | None, typer.Option(help="High puts the advice first, on few slides")
    ] = None,
    slides: Annotated[int | None, typer.Option(min=4, max=30, help="Largest number of slides")] = None,
    locale: Annotated[
        str | None, typer.Option(help="How numbers and dates are written, such as de_DE")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of the words, such as de; else the brief's own")
    ] = None,
    theme: Annotated[str | None, typer.Option(help=f"How the deck looks: {', '.join(names())}")] = None,
    template: Annotated[
        str | None,
        typer.Option(
            help="A .potx or .pptx file that it is drawn upon, or the name of an uploaded one"
        ),
    ] = None,
    priority: Annotated[int, typer.Option(min=1, max=10, help="A higher one is more urgent")] = 5,
    url: Annotated[
        str | None,
        typer.Option(envvar="DECKGEN_URL", help="A running deckgen; without it one is started"),
    ] = None,
    api_key: jobs.ApiKey = None,
) -> None:
    """Make a deck from a table, a brief or both."""
    endings = by_ending()
    if out.suffix not in endings:
        raise InvalidRequest(f"Can't write {out}: its name must end in {', '.join(endings)}.")
    if theme and theme not in names():
        raise InvalidRequest(f"There is no theme {theme}, only {', '.join(names())}.")
    templates.check(template)
    if csv is not None:
        table_file.check(csv, is_own_server=not url)
    context: dict[str, object] = {
        "industry": industry,
        "audience": audience,
        "urgency": urgency,
        "slideCount": slides,
        "language": language,
        "locale": locale,
        "theme": theme,
    }
    console = Screen(stderr=True)
    with _deckgen_at(console, url) as (base_url, check), progress_by_step(console, check) as show:
        from deckgen.client.http import generate as make_deck

        context["template"] = templates.uploaded(console, base_url, api_key, template)
        job = make_deck(
            base_url,
            csv,
            brief,
            [out],
            key=api_key,
            priority=priority,
            context=context,
            on_submitted=console.tell_job,
            on_progress=show,
        )
    console.print(f"Saved {out}.", highlight=False)
    tell_end(console, job)


@app.command()
def status(
    job_id: Annotated[
        str, typer.Argument(metavar="JOB", help="Id of the job, from the answer to the request")
    ],
    url: Annotated[
        str, typer.Option(envvar="DECKGEN_URL", help="A running deckgen")
    ] = "http://localhost:3000",
    api_key: jobs.ApiKey = None,
) -> None:
    """Show the progress of a job."""
    from deckgen.client.http import Client

    with Client(url, api_key) as client:
        job = client.job(job_id)
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
deletions.add_to(app)
asking.add_to(app)
refreshing.add_to(app)


@app.command()
def verify(
    deck: Annotated[Path, typer.Argument(help="A deck as JSON, or its PowerPoint file")],
    data: Annotated[Path | None, typer.Argument(help="The table from which it was made")] = None,
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
        verification, document = verify_files(deck, data)
        signature = trusted.look_at(document, data)
        if signature.is_trusted:
            verification = verification.believing_the_signer()
    except DeckgenError as error:
        Screen(stderr=True).print(f"deckgen: {error}", soft_wrap=True)
        raise typer.Exit(verdict.NOT_USED) from None
    verdict.show(Screen(highlight=False, soft_wrap=True), verification, signature)
    raise typer.Exit(verdict.exit_code(verification, signature))


@app.command()
def inspect(
    data: Annotated[Path, typer.Argument(help="A table with a header: CSV, XLSX or Parquet")],
    brief: Annotated[
        str, typer.Option(help="Questions, to see how they are understood; none is answered")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all of it as JSON, as the API answers")
    ] = False,
) -> None:
    """Say what a table means, with reasons: its rows, its columns, and what can be derived."""
    table_file.check(data, is_own_server=False)
    from deckgen.client.inspect_files import inspect_file
    from deckgen.dev import table_report

    model = inspect_file(data, brief)
    if as_json:
        typer.echo(json_text(model.to_json()))
    else:
        table_report.show(Screen(highlight=False), model)


@app.command()
def table(
    data: Annotated[Path, typer.Argument(help="A table with a header: CSV, XLSX or Parquet")],
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
    files, targets = write_table_files(data, out, copies)
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


@contextmanager
def _deckgen_at(console: Screen, url: str | None) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the address of a deckgen, and a check that raises if it was started here and has ended."""
    if url:
        console.print(f"Asking {url} …", highlight=False)
        yield url, lambda: None
        return
    from deckgen.dev import temporary

    console.print("Starting a deckgen for this deck; set DECKGEN_URL to use one that is running …")
    with temporary.deckgen() as running:
        yield running.url, running.check


def main() -> None:
    with sentences():
        app()
