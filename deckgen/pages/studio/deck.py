"""A deck: how far it is while it is made, and then its slides with what can be done with them."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.access import Scope
from deckgen.domain.errors import NotFound
from deckgen.domain.jobs import Job, JobStatus
from deckgen.domain.presentations import PresentationSummary
from deckgen.export.format import Use
from deckgen.export.formats import formats
from deckgen.pages.language import wants_page
from deckgen.pages.shell import page
from deckgen.pages.studio.deck_opened import Opened, opened
from deckgen.web import presentations
from deckgen.web.state import caller, decks, state

_slides = presentations.form(next(each for each in formats() if each.name == "page"))


async def show(request: Request) -> Response:
    """Show a deck to people; a program gets the slides themselves, as it always did."""
    summary = await presentations.summary_of(request)
    if summary.shown_sha256 and not wants_page(request):
        return await _slides(request)
    job = await _job(request, summary)
    if summary.shown_sha256 is None or _is_going_on(job):
        return page(request, "studio/waiting.html", deck=summary, job=job, reload=_is_going_on(job))
    deck = await opened(request)
    return page(
        request,
        "studio/deck.html",
        opened=deck,
        job=job,
        seconds=_seconds(job),
        change_failed=job is not None and job.kind == "revise" and job.status is JobStatus.FAILED,
        current=_current(request, deck),
        chosen="slide" in request.query_params,
        files=_files(),
        may_write=Scope.WRITE in caller(request).scopes and deck.version > 0,
        has_model=has_model(request),
    )


async def progress(request: Request) -> Response:
    """Show how far a deck is, as a part of its page; at the end the page is loaded again."""
    summary = await presentations.summary_of(request)
    job = await _job(request, summary)
    answer = page(request, "studio/progress.html", deck=summary, job=job)
    if not _is_going_on(job):
        answer.headers["HX-Refresh"] = "true"
    return answer


def has_model(request: Request) -> bool:
    """True if a model may word slides anew, by the settings that orchestrator and pages share."""
    settings = state(request).settings
    return settings.openai_api_key is not None or settings.openai_base_url is not None


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


def _seconds(job: Job | None) -> float | None:
    """Returns how long the deck was in the making, while its job is kept."""
    if job is None or job.started_at is None or job.status is not JobStatus.COMPLETED:
        return None
    assert job.finished_at
    return round((job.finished_at - job.started_at).total_seconds(), 1)


def _current(request: Request, deck: Opened) -> str:
    """Returns the id of the slide that was asked for, else of the first one that is shown."""
    asked = request.query_params.get("slide", "")
    shown = [each.id for each in deck.slides if each.place]
    if asked in {each.id for each in deck.slides}:
        return asked
    return shown[0] if shown else ""


def _files() -> list[str]:
    """Returns how the names of a deck's files end, its page aside; JSON is for few, and the last."""
    return sorted((each.ending for each in formats() if each.use is not Use.PAGE), reverse=True)
