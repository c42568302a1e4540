"""Rewrite one slide of a completed deck, by an instruction in the user's own words."""

from typing import Annotated, Any

from pydantic import Field

from deckgen.domain.decks import Layout
from deckgen.domain.documents import BaseDocument, Id, PlainText
from deckgen.domain.errors import InvalidRequest, NotFound
from deckgen.domain.job_kind import JobKind
from deckgen.domain.requests import JobRequest
from deckgen.domain.steps import Step

PERCENT = {Step.REVISE: 20, Step.SLIDE: 80, Step.REPLACE: 100}


class Revision(BaseDocument):
    """The slide that is to be rewritten, and the instruction for it."""

    slide_id: Id
    instruction: Annotated[PlainText, Field(min_length=1, max_length=1000)]


class ReviseRequest(JobRequest):
    """The body of a request to rewrite a slide; the URL names the slide."""

    user_id: Id = Field(description="The user that the deck belongs to")
    instruction: Annotated[PlainText, Field(min_length=1, max_length=1000)] = Field(
        description="How the slide should change, in the user's own words"
    )


class RevisionRequest(ReviseRequest):
    """The whole request to rewrite a slide."""

    deck_id: Id
    slide_id: Id

    @property
    def revision(self) -> Revision:
        return Revision(slide_id=self.slide_id, instruction=self.instruction)


def _check(request: RevisionRequest, deck: dict[str, Any] | None) -> None:
    """Raise NotFound if the deck has no such slide, InvalidRequest if no model may word it.

    A missing deck is reported when the job is accepted.
    """
    if deck is None:
        return
    slide = next((each for each in deck["slides"] if each["id"] == request.slide_id), None)
    if slide is None:
        raise NotFound(
            f"The deck {request.deck_id!r} has no slide {request.slide_id!r}.", code="slide_not_found"
        )
    if not Layout(slide["layout"]).is_worded:
        raise InvalidRequest(
            f"A {slide['layout']} slide is not written by a model, so it can't be revised.",
            code="slide_not_revisable",
        )


def _revision(request: RevisionRequest) -> Revision:
    return request.revision


KIND = JobKind(
    name="revise",
    path="/api/presentations/{deck_id}/slides/{slide_id}/revise",
    description=(
        "Have one slide of a completed deck written anew, by an instruction in the user's own words."
        "\n\n"
        "A job like any other: 202 with its id. The slide keeps its chart and its proof, and the "
        "former deck is kept under /versions. 404 without deck or slide, 422 for a slide that no model "
        "words, 409 while another job is at work on the deck; the job fails if no model is "
        "configured, or if what it writes is refused, and the deck stays as it was."
    ),
    request=RevisionRequest,
    body=ReviseRequest,
    example={"userId": "me", "instruction": "Plainer, please"},
    plan=lambda has_table, has_model: PERCENT,
    parameters=_revision,
    changes_deck=True,
    check=_check,
)
