"""A job with all that is kept of it, and what can be done to it."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.finding import Action
from deckgen.domain.jobs import Job
from deckgen.domain.requests import PriorityRequest, parse
from deckgen.pages import forms
from deckgen.pages.console.frame import console_page, is_admin
from deckgen.pages.shell import root
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.state import caller, decks, job_id

DO: dict[str, Callable[[AsyncOrchestrator, str], Awaitable[Job]]] = {
    Action.RETRY: AsyncOrchestrator.retry_job,
    Action.CANCEL: AsyncOrchestrator.cancel_job,
    Action.DISMISS: AsyncOrchestrator.dismiss_job,
}


async def show(request: Request) -> Response:
    """Show a job: what happened to it and when, what it cost, and who was told."""
    kept = await decks(request).console.job(job_id(request))
    possible = [action.value for action in Action if kept.job.status in action.statuses]
    if kept.job.dismissed_at is not None:
        possible.remove(Action.DISMISS)
    return console_page(
        request,
        "job.html",
        "jobs",
        kept=kept,
        job=kept.job,
        possible=possible,
        may_redeliver=is_admin(caller(request)),
    )


async def change(request: Request) -> Response:
    """Retry, cancel or dismiss a job, or change its priority; then show it."""
    named = job_id(request)
    await decks(request).get_job_status(named)  # whose it is not, is told that before all else
    values = await forms.fields(request)
    action = values.get("action", "")
    if action == Action.PRIORITY:
        wanted = parse(PriorityRequest, {"priority": _whole(values.get("priority", ""))})
        await decks(request).change_priority(named, wanted.priority)
    elif action in DO:
        await DO[action](decks(request), named)
    else:
        raise InvalidRequest.of(FieldError("action", f"must be one of {', '.join(Action)}"))
    return RedirectResponse(f"{root(request)}/console/jobs/{named}", 303)


def _whole(text: str) -> int | str:
    """Returns a number that was typed; other text as it is, which the request then refuses."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
