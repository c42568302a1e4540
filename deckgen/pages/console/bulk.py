"""One action on many jobs: first their number and what will happen, then the change, and its result."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.domain.errors import Conflict, FieldError, InvalidRequest
from deckgen.domain.finding import Action, BulkResult, Preview
from deckgen.pages import forms
from deckgen.pages.console.frame import console_page
from deckgen.pages.console.jobs import chosen_by, link
from deckgen.pages.shell import root
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.state import decks

CHANGED_MEANWHILE = "count_mismatch"
DO = {
    Action.RETRY: AsyncOrchestrator.retry_jobs,
    Action.CANCEL: AsyncOrchestrator.cancel_jobs,
    Action.DISMISS: AsyncOrchestrator.dismiss_jobs,
    Action.PRIORITY: AsyncOrchestrator.change_priorities,
}
SKIPPED = "skipped."
NUMBER, CODE = re.compile("[0-9]{1,9}"), re.compile("[a-z_]{1,64}")


async def ask(request: Request) -> Response:
    """Show how many jobs match, and what will happen to them: nothing is changed by that."""
    action = _action(request.query_params)
    return await _confirm(request, action, chosen_by(request.query_params))


async def change(request: Request) -> Response:
    """Change the jobs, if as many match as were shown; else show how many match now."""
    values = await forms.fields(request)
    action, chosen = _action(values), chosen_by(values)
    wanted = _wanted(chosen) | {"count": _number(values, "count")}
    if action is Action.PRIORITY:
        wanted["priority"] = _number(values, "priority")
    try:
        done = await DO[action](decks(request), wanted)
    except Conflict as error:
        if error.code != CHANGED_MEANWHILE:
            raise
        return await _confirm(request, action, chosen, status=409)
    assert isinstance(done, BulkResult)
    told = {"matched": str(done.matched), "changed": str(done.changed), "action": action.value}
    told |= {f"{SKIPPED}{code}": str(number) for code, number in done.reasons.items()}
    return RedirectResponse(link(f"{root(request)}/console/jobs/many/result", told), 303)


async def result(request: Request) -> Response:
    """Show what became of a change: its numbers stand in the URL, so that it can be loaded again."""
    query = request.query_params
    skipped = {
        code: _number(query, f"{SKIPPED}{code}")
        for code in (name.removeprefix(SKIPPED) for name in query if name.startswith(SKIPPED))
        if CODE.fullmatch(code)
    }
    return console_page(
        request,
        "bulk_result.html",
        "jobs",
        action=_action(query),
        matched=_number(query, "matched"),
        changed=_number(query, "changed"),
        skipped=skipped,
    )


async def _confirm(
    request: Request, action: Action, chosen: dict[str, str], *, status: int = 200
) -> Response:
    preview = await DO[action](decks(request), _wanted(chosen) | {"dryRun": True})
    assert isinstance(preview, Preview)
    return console_page(
        request,
        "bulk.html",
        "jobs",
        status=status,
        action=action,
        chosen=chosen,
        preview=preview,
        has_changed=status == 409,
        back=link("/console/jobs", chosen),
    )


def _wanted(chosen: Mapping[str, str]) -> dict[str, Any]:
    """Returns the filter as a request has it; without one, all jobs are meant."""
    return dict(chosen) or {"all": True}


def _action(values: Mapping[str, str]) -> Action:
    try:
        return Action(values.get("action", ""))
    except ValueError:
        names = ", ".join(Action)
        raise InvalidRequest.of(FieldError("action", f"must be one of {names}")) from None


def _number(values: Mapping[str, str], name: str) -> int:
    value = values.get(name, "")
    if not NUMBER.fullmatch(value):
        raise InvalidRequest.of(FieldError(name, "must be a whole number"))
    return int(value)
