"""The commands that list jobs, and that change one or many: jobs, retry, cancel, dismiss."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from deckgen.cli.options import LOCAL, ApiKey, AsJson, Url
from deckgen.dev.screen import Screen, json_text
from deckgen.domain.errors import DeckgenError, InvalidRequest
from deckgen.domain.finding import MAX_LISTED, Action, BulkResult, FoundJobs, JobBrief, Preview
from deckgen.domain.visible import visible

if TYPE_CHECKING:  # only the command that is called loads it
    from deckgen.client.http import Client

Status = Annotated[
    list[str] | None,
    typer.Option(help="waiting, delayed, active, completed, failed or cancelled; may be repeated"),
]
Code = Annotated[list[str] | None, typer.Option(help="Code of the error; may be repeated")]
User = Annotated[str | None, typer.Option(help="Jobs of this user")]
Deck = Annotated[str | None, typer.Option(help="Jobs of this deck")]
Query = Annotated[str | None, typer.Option("--q", help="Words that are all in the brief or the error")]
Since = Annotated[str | None, typer.Option(help="Requested since: 24h, 7d, 2026-01-31T12:00:00Z")]
Ids = Annotated[
    list[str] | None, typer.Argument(metavar="JOB", help="Ids; without them the jobs that match")
]
All = Annotated[bool, typer.Option("--all", help="Instead of a filter: all jobs to which it applies")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show how many jobs would be changed")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask")]

SHORT = 8  # letters of an id, enough to tell a few jobs apart
UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
DONE = {Action.RETRY: "are retried", Action.CANCEL: "are cancelled", Action.DISMISS: "are dismissed"}
ASK = {
    Action.RETRY: "Run them again?",
    Action.CANCEL: "Cancel them?",
    Action.DISMISS: "Mark them as needing no action?",
}


def add_to(app: typer.Typer) -> None:
    """Add the four commands."""
    app.command("jobs")(list_jobs)
    for action, help_ in (
        (Action.RETRY, "Run failed jobs again, from the steps that they had finished."),
        (Action.CANCEL, "Cancel jobs that are waiting or active."),
        (Action.DISMISS, "Mark failed jobs as needing no action."),
    ):
        app.command(action.value, help=help_)(_changing(action))


def list_jobs(
    status: Status = None,
    code: Code = None,
    user: User = None,
    deck: Deck = None,
    q: Query = None,
    since: Since = None,
    limit: Annotated[int, typer.Option(min=1, help="Largest number of jobs")] = 50,
    ids: Annotated[bool, typer.Option("--ids", help="Print only whole ids, one per line")] = False,
    as_json: AsJson = False,
    url: Url = LOCAL,
    api_key: ApiKey = None,
) -> None:
    """List the jobs that match, the newest first."""
    query = _filter(status, code, user, deck, q, since)
    with _client(url, api_key) as client:
        found = _pages(client, query, limit)
    if as_json:
        typer.echo(json_text(found.to_json()))
        return
    if ids:
        for job in found.jobs:
            typer.echo(visible(job.job_id))
        return
    screen = Screen(highlight=False)
    show(screen, found.jobs)
    if found.next_cursor:
        screen.print(f"There are more than {limit}: narrow the filter, or raise --limit.")


def _client(url: str, key: str | None) -> "Client":
    from deckgen.client.http import Client

    return Client(url, key)


def _pages(client: "Client", query: dict[str, Any], limit: int) -> FoundJobs:
    """Returns the first jobs that match, with a cursor if there are more."""
    jobs: list[JobBrief] = []
    cursor: str | None = None
    while True:
        page_size = min(MAX_LISTED, limit - len(jobs))
        page = client.find_jobs(query | {"limit": page_size, "cursor": cursor})
        jobs += page.jobs
        cursor = page.next_cursor
        if cursor is None or len(jobs) >= limit:
            return FoundJobs(jobs=jobs, next_cursor=cursor)


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
        api_key: ApiKey = None,
    ) -> None:
        query = _filter(status, code, user, deck, q, since)
        screen = Screen(highlight=False)
        with _client(url, api_key) as client:
            if jobs:
                if query or all_ or dry_run:
                    raise InvalidRequest("Give either the ids of jobs or a filter, not both.")
                _change_each(client, screen, action, jobs)
            elif not query and not all_:
                raise InvalidRequest("Give the ids of jobs, a filter, or --all for all jobs.")
            else:
                query |= {"all": True} if all_ else {}
                _change_many(client, screen, action, query, dry_run=dry_run, yes=yes)

    return change


def _change_each(client: "Client", screen: Screen, action: Action, job_ids: Sequence[str]) -> None:
    """Change each job, even if others are refused; then the exit code is 1."""
    refused = 0
    for job_id in job_ids:
        try:
            job = client.change_job(action, job_id)
        except DeckgenError as error:
            refused += 1
            screen.print(f"{job_id}: {error.message}", soft_wrap=True)
        else:
            state = "dismissed" if action is Action.DISMISS else job.status
            screen.print(f"{job.job_id}: {state}", soft_wrap=True)
    if refused:
        raise typer.Exit(1)


def _change_many(
    client: "Client", screen: Screen, action: Action, query: dict[str, Any], *, dry_run: bool, yes: bool
) -> None:
    preview = client.preview_change(action, query)
    if dry_run or not yes:
        _show_preview(screen, preview)
    if dry_run or not preview.count:
        return
    if not yes:
        typer.confirm(ASK[action], abort=True)
    _tell(screen, action, client.change_jobs(action, query, preview.count))


def _show_preview(screen: Screen, preview: Preview) -> None:
    show(screen, preview.jobs)
    listed = len(preview.jobs)
    newest = f", of which these are the newest {listed}" if listed < preview.count else ""
    screen.print(f"{preview.count} jobs match{newest}.")


def _tell(screen: Screen, action: Action, changed: BulkResult) -> None:
    skipped = ", ".join(f"{count} {code}" for code, count in changed.reasons.items())
    screen.print(
        f"{changed.changed} of {changed.matched} jobs {DONE[action]}."
        + (f" Skipped: {skipped}." if skipped else "")
    )


def show(screen: Screen, jobs: Sequence[JobBrief]) -> None:
    """Print a table of jobs, or a sentence if there are none."""
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
    """Returns an age in its largest unit: 3 d, 5 h, 12 min, 40 s."""
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
    """Returns the query of the options that were given, in the API's names."""
    options = {"status": status, "code": code, "user": user, "deck": deck, "q": q, "since": since}
    return {name: value for name, value in options.items() if value not in (None, [])}
