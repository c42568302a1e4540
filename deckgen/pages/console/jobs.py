"""The list of jobs: found by a form, the newest first."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.console import Count, FoundCounts
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.finding import Action, FoundJobs, JobFilter
from deckgen.domain.jobs import JobStatus
from deckgen.pages.console.frame import console_page
from deckgen.web.state import decks

SHOWN = 50
SINCE = ("1h", "24h", "7d", "30d")
NOTHING = FoundCounts(all=Count(count=0), by_status={})


async def show(request: Request) -> Response:
    """Show the jobs that match, how many there are with each status, and what can be done to all."""
    chosen, cursor = chosen_by(request.query_params), request.query_params.get("cursor", "")
    query = {**chosen, "limit": SHOWN} | ({"cursor": cursor} if cursor else {})
    errors: tuple[FieldError, ...] = ()
    try:
        found = await decks(request).find_jobs(query)
        counts = await decks(request).console.count_jobs(chosen)
    except InvalidRequest as error:
        errors = error.errors or (FieldError("", error.message),)
        found, counts = FoundJobs(jobs=[], next_cursor=None), NOTHING
    return console_page(
        request,
        "jobs.html",
        "jobs",
        status=422 if errors else 200,
        found=found,
        counts=counts,
        chosen=chosen,
        errors=errors,
        spans=dict.fromkeys((*SINCE, *filter(None, [chosen.get("since")]))),
        is_first=not cursor,
        link=link,
        actions=_actions(chosen, counts),
    )


def chosen_by(values: Mapping[str, str]) -> dict[str, str]:
    """Returns the filter that a query or a form holds, without what is empty."""
    return {
        name: values[name].strip() for name in JobFilter.model_fields if values.get(name, "").strip()
    }


def link(path: str, chosen: Mapping[str, str], **changed: str | None) -> str:
    """Returns a URL with a filter, of which something is changed; None takes it out."""
    query = {name: value for name, value in (dict(chosen) | changed).items() if value is not None}
    return f"{path}?{urlencode(query)}" if query else path


def within(action: Action, chosen: Mapping[str, str]) -> dict[str, str] | None:
    """Returns the filter with those of its statuses that the action applies to; None without any."""
    wanted = [each.strip() for each in chosen.get("status", "").split(",") if each.strip()]
    if not wanted:
        return dict(chosen)
    possible = [status for status in action.statuses if status in wanted]
    return {**chosen, "status": ",".join(possible)} if possible else None


def _actions(chosen: Mapping[str, str], counts: FoundCounts) -> list[tuple[Action, Count, str]]:
    """Returns what can be done to the jobs that match: with their number, and where that begins."""
    possible = []
    for action in (Action.RETRY, Action.DISMISS, Action.CANCEL, Action.PRIORITY):
        narrowed = within(action, chosen)
        if narrowed is None:
            continue
        wanted = narrowed["status"].split(",") if "status" in narrowed else action.statuses
        count = _sum([counts.by_status.get(JobStatus(status), Count(count=0)) for status in wanted])
        if count.count:
            possible.append((action, count, link("/console/jobs/many", narrowed, action=action.value)))
    return possible


def _sum(counts: list[Count]) -> Count:
    return Count(count=sum(each.count for each in counts), is_more=any(each.is_more for each in counts))
