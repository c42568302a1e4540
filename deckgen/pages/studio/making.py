"""What people do about a deck that is made: stop it, or let it go on after it failed."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.domain.errors import NotFound
from deckgen.pages import forms
from deckgen.pages.shell import root
from deckgen.web import presentations
from deckgen.web.state import decks


async def cancel(request: Request) -> Response:
    """End the job of a deck, and lead back to its page."""
    deck_id, job_id = await _latest_job(request)
    await decks(request).cancel_job(job_id)
    return _to_deck(request, deck_id)


async def retry(request: Request) -> Response:
    """Let the failed job of a deck go on from the last step that it finished, and lead to its page."""
    deck_id, job_id = await _latest_job(request)
    await decks(request).retry_job(job_id)
    return _to_deck(request, deck_id)


async def _latest_job(request: Request) -> tuple[str, str]:
    summary = await presentations.summary_of(request)
    await forms.fields(request)  # a change is asked for by a form, even by one without fields
    if summary.job_id is None:
        raise NotFound("This deck has no job.", code="job_not_found")
    return summary.deck_id, summary.job_id


def _to_deck(request: Request, deck_id: str) -> Response:
    return RedirectResponse(f"{root(request)}/decks/{deck_id}", 303)
