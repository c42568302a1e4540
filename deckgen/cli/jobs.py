"""The commands that find jobs, and that change one or many: jobs, retry, cancel, dismiss."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from deckgen.dev.screen import Screen
from deckgen.domain.errors import DeckgenError, InvalidRequest
from deckgen.domain.finding import MAX_LISTED, Action, BulkResult, JobBrief, Preview
from deckgen.domain.visible import visible

if TYPE_CHECKING:  # loaded by the command that is called, not by all that could be
    from deckgen.client.http import Client

Status = Annotated[
    list[str] | None, typer.Option(help="waiting, delayed, active, completed, failed or cancelled")
]
Code = Annotated[list[str] | None, typer.Option(help="A code of the error; may be repeated")]
User = Annotated[str | None, typer.Option(help="Of this user")]
Deck = Annotated[str | None, typer.Option(help="Of this deck")]
Query = Annotated[str | None, typer.Option("--q", help="Words of the brief or the error, all of them")]
Since = Annotated[str | None, typer.Option(help="Requested since: 24h, 7d, 2026-01-31T12:00:00Z")]
Url = Annotated[str, typer.Option(envvar="DECKGEN_URL", help="A running deckgen")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="JOB", help="Ids; else those that match")]
All = Annotated[bool, typer.Option("--all", help="Instead of a filter: all that it can be done to")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say how many it would be done to")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask")]

LOCAL = "http://localhost:3000"
SHORT = 8  # letters of an id, which tell a few jobs apart
UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
DONE = {Action.RETRY: "are retried", Action.CANCEL: "are cancelled", Action.DISMISS: "are dismissed"}
ASK = {
    Action.RETRY: "Run them again?",
    Action.CANCEL: "Cancel them?",
    Action.DISMISS: "Say that nothing is to be done about them?",
}


def add_to(app: typer.Typer) -> None:
    """The four commands."""
    app.command("jobs")(list_jobs)
    for action, help_ in (
        (Action.RETRY, "Run failed jobs again, from what they had finished."),
        (Action.CANCEL, "End jobs that wait or run."),
        (Action.DISMISS, "Say of failed jobs that nothing is to be done about them."),
    ):
        app.command(action.value, help=help_)(_changing(action))


def list_jobs(
    status: Status = None,
    code: Code = None,
    user: User = None,
    deck: Deck = None,
    q: Query = None,
    since: Since = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many")] = 50,
    ids: Annotated[bool, typer.Option("--ids", help="Whole ids only, one a line")] = False,
    url: Url = LOCAL,
) -> None:
    """List jobs, the newest first, as far as they match."""
    query = _filter(status, code, user, deck, q, since)
    with _client(url) as client:
        found, more = _pages(client, query, limit)
    if ids:
        for job in found:
            typer.echo(visible(job.job_id))
        return
    screen = Screen(highlight=False)
    show(screen, found)
    if more:
        screen.print(f"There are more than {limit}: narrow the filter, or raise --limit.")


def _client(url: str) -> "Client":
    from deckgen.client.http import Client

    return Client(url)


def _pages(client: "Client", query: dict[str, Any], limit: int) -> tuple[list[JobBrief], bool]:
    """The jobs of as many pages as are needed, and whether there are more."""
    found: list[JobBrief] = []
    cursor: str | None = None
    while True:
        wanted = min(MAX_LISTED, limit - len(found))
        page = client.find(query | {"limit": wanted, "cursor": cursor})
        found += page.jobs
        cursor = page.next_cursor
        if cursor is None or len(found) >= limit:
            return found, cursor is not None


def _changing(action: Action) -> Callable[..., None]:
    def change(
        jobs: Ids = None,
        status: Status = None,
        code: Code = None,
        user: User = None,
        deck: Deck = None,
        q: Query = None,
        since: Since = None,
        all_: All = False,
        dry_run: DryRun = False,
        yes: Yes = False,
        url: Url = LOCAL,
    ) -> None:
        query = _filter(status, code, user, deck, q, since)
        screen = Screen(highlight=False)
        with _client(url) as client:
            if jobs:
                if query or all_ or dry_run:
                    raise InvalidRequest("Name jobs by their ids, or give a filter, not both.")
                _change_each(client, screen, action, jobs)
            elif not query and not all_:
                raise InvalidRequest("Name jobs by their ids, give a filter, or --all for all jobs.")
            else:
                query |= {"all": True} if all_ else {}
                _change_many(client, screen, action, query, dry_run=dry_run, yes=yes)

    return change


def _change_each(client: "Client", screen: Screen, action: Action, job_ids: Sequence[str]) -> None:
    """One that is refused does not keep the others from it; the exit code tells of it."""
    refused = 0
    for job_id in job_ids:
        try:
            job = client.change_one(action, job_id)
        except DeckgenError as error:
            refused += 1
            screen.print(f"{job_id}: {error.message}", soft_wrap=True)
        else:
            told = "dismissed" if action is Action.DISMISS else job.status
            screen.print(f"{job.job_id}: {told}", soft_wrap=True)
    if refused:
        raise typer.Exit(1)


def _change_many(
    client: "Client", screen: Screen, action: Action, query: dict[str, Any], *, dry_run: bool, yes: bool
) -> None:
    preview = client.preview(action, query)
    if dry_run or not yes:
        _show_preview(screen, preview)
    if dry_run or not preview.count:
        return
    if not yes:
        typer.confirm(ASK[action], abort=True)
    _tell(screen, action, client.change(action, query, preview.count))


def _show_preview(screen: Screen, preview: Preview) -> None:
    show(screen, preview.jobs)
    listed = len(preview.jobs)
    rest = f", of which these are the newest {listed}" if listed < preview.count else ""
    screen.print(f"{preview.count} jobs match{rest}.")


def _tell(screen: Screen, action: Action, changed: BulkResult) -> None:
    skipped = ", ".join(f"{count} {code}" for code, count in changed.reasons.items())
    screen.print(
        f"{changed.changed} of {changed.matched} jobs {DONE[action]}."
        + (f" Skipped: {skipped}." if skipped else "")
    )


def show(screen: Screen, jobs: Sequence[JobBrief]) -> None:
    """A table of jobs, or that there is none."""
    if not jobs:
        screen.print("No jobs match.")
        return
    table = Table("job", "status", "deck", "user", "age", "error", box=None, pad_edge=False)
    for job in jobs:
        table.add_row(*(Text(visible(cell)) for cell in _row(job, datetime.now(UTC))))
    screen.print(table)


def _row(job: JobBrief, now: datetime) -> tuple[str, ...]:
    error = f"{job.error.code}: {job.error.message}" if job.error else ""
    status = "dismissed" if job.dismissed_at else job.status.value
    return job.job_id[:SHORT], status, job.deck_id, job.user_id, age(job.created_at, now), error


def age(since: datetime, now: datetime) -> str:
    """In the largest unit of which it has one: 3 d, 5 h, 12 min, 40 s."""
    seconds = max(0, int((now - since).total_seconds()))
    for unit, name in UNITS:
        if seconds >= unit:
            return f"{seconds // unit} {name}"
    return "0 s"


def _filter(
    status: list[str] | None,
    code: list[str] | None,
    user: str | None,
    deck: str | None,
    q: str | None,
    since: str | None,
) -> dict[str, Any]:
    """What is given of it, in the API's words."""
    given = {"status": status, "code": code, "user": user, "deck": deck, "q": q, "since": since}
    return {name: value for name, value in given.items() if value not in (None, [])}
