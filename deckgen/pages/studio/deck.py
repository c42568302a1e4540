"""A deck: how far it is while it is made, and then its slides and files."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.errors import NotFound
from deckgen.domain.jobs import Job
from deckgen.domain.presentations import PresentationSummary
from deckgen.export.format import Use
from deckgen.export.formats import formats
from deckgen.pages.language import wants_page
from deckgen.pages.shell import page
from deckgen.web import presentations
from deckgen.web.state import decks

_slides = presentations.form(next(each for each in formats() if each.name == "page"))


async def show(request: Request) -> Response:
    """Show a deck to people; a program gets the slides themselves, as it always did."""
    summary = await presentations.summary_of(request)
    if summary.shown_sha256 and not wants_page(request):
        return await _slides(request)
    job = await _job(request, summary)
    if summary.shown_sha256 is None or _is_going_on(job):
        return page(request, "studio/waiting.html", deck=summary, job=job, reload=_is_going_on(job))
    name = await _name(request, summary.deck_id)
    return page(request, "studio/deck.html", deck=summary, name=name, files=_files())


async def progress(request: Request) -> Response:
    """Show how far a deck is, as a part of its page; at the end the page is loaded again."""
    summary = await presentations.summary_of(request)
    job = await _job(request, summary)
    answer = page(request, "studio/progress.html", deck=summary, job=job)
    if not _is_going_on(job):
        answer.headers["HX-Refresh"] = "true"
    return answer


async def _job(request: Request, summary: PresentationSummary) -> Job | None:
    """Returns the latest job of a deck, while it is kept."""
    if summary.job_id is None:
        return None
    try:
        return await decks(request).get_job_status(summary.job_id)
    except NotFound:
        return None


def _is_going_on(job: Job | None) -> bool:
    return job is not None and not job.status.is_terminal


async def _name(request: Request, deck_id: str) -> str:
    """Returns what people call a deck: its question, while that is kept."""
    listed = await decks(request).deck_list.of_ids([deck_id])
    return listed[0].question if listed and listed[0].question else deck_id


def _files() -> list[str]:
    """Returns how the names of a deck's files end, its page aside; JSON is for few, and the last."""
    return sorted((each.ending for each in formats() if each.use is not Use.PAGE), reverse=True)
