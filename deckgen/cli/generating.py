"""`deckgen generate`: a deck out of a table and a brief, in as many forms as are asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli import templates
from deckgen.cli.inputs import checked_file_of, text_of
from deckgen.cli.options import ApiKey
from deckgen.dev.screen import Screen, json_text, progress_by_step, tell_end
from deckgen.domain.briefs import Urgency
from deckgen.domain.errors import InvalidRequest
from deckgen.export.formats import by_ending
from deckgen.export.themes.theme import names


def add_to(app: typer.Typer) -> None:
    app.command()(generate)


def generate(
    csv: Annotated[
        Path | None, typer.Argument(help="A table with a header: CSV, XLSX or Parquet; - is piped")
    ] = None,
    brief: Annotated[
        str, typer.Option(help="The question or the occasion, in your own words; - is piped")
    ] = "",
    out: Annotated[
        list[Path] | None,
        typer.Option(
            help=f"File to write, once a form; its name ends in {', '.join(by_ending())}",
            show_default="deck.pptx",
        ),
    ] = None,
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
    api_key: ApiKey = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the completed job as JSON, with the files")
    ] = False,
) -> None:
    """Make a deck from a table, a brief or both."""
    files = _checked(out or [Path("deck.pptx")])
    if theme and theme not in names():
        raise InvalidRequest(f"There is no theme {theme}, only {', '.join(names())}.")
    templates.check(template)
    brief = text_of(brief, csv)
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
    own = nullcontext() if csv is None else checked_file_of(csv, is_own_server=not url)
    with (
        own as table,
        _deckgen_at(console, url) as (base_url, check),
        progress_by_step(console, check) as show,
    ):
        from deckgen.client.generating import generate as make_deck
        from deckgen.client.http import Client

        with Client(base_url, api_key) as client:
            context["template"] = templates.uploaded(console, client, template)
            job = make_deck(
                client,
                table,
                brief,
                files,
                priority=priority,
                context=context,
                on_submitted=console.tell_job,
                on_progress=show,
            )
    console.print(f"Saved {', '.join(map(str, files))}.", highlight=False)
    tell_end(console, job)
    if as_json:
        typer.echo(json_text(job.to_json() | {"files": [str(each) for each in files]}))


def _checked(files: list[Path]) -> list[Path]:
    """Returns the files to write; InvalidRequest if one has the ending of no form, or stands twice."""
    endings = by_ending()
    for each in files:
        if each.suffix not in endings:
            raise InvalidRequest(f"Can't write {each}: its name must end in {', '.join(endings)}.")
        if files.count(each) > 1:
            raise InvalidRequest(f"{each} is to be written twice.")
    return files


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
