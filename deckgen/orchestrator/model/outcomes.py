"""What can become of a call to the model, each with its name and with what follows from it."""

import time

import openai
from openai.types.chat import ChatCompletion

from deckgen.domain.contract import MODEL_AWAY, MODEL_RATE_LIMITED, MODEL_REFUSES
from deckgen.domain.errors import DeckgenError, PermanentError, RetryableError

MAX_ANSWER = 20_000  # characters; no answer that can be used is nearly as long
RATE_LIMITED_SECONDS = 5.0  # until a step that had no room within the limits is asked for again
OUTAGES = (
    TimeoutError,
    openai.APIConnectionError,
    openai.InternalServerError,
    openai.AuthenticationError,
    openai.PermissionDeniedError,
    openai.NotFoundError,
    openai.APIResponseValidationError,
)
SAYS_NO_TO_SCHEMAS = (400, 404, 415, 422, 500, 501)
PASSING = (
    TimeoutError,
    openai.APIConnectionError,
    openai.InternalServerError,
    openai.APIResponseValidationError,
    openai.RateLimitError,
)


def read(completion: ChatCompletion) -> tuple[str, str]:
    """The text of an answer and "", or "" and why there is none that can be used."""
    if not completion.choices:
        return "", "the answer was empty"
    choice = completion.choices[0]
    if choice.message.refusal:
        return "", "the model refused to answer"
    if choice.finish_reason == "content_filter":
        return "", "a filter of the provider held the answer back"
    if choice.finish_reason == "length":
        return "", "the answer was cut off because it was too long"
    if not choice.message.content:
        return "", "the answer was empty"
    return choice.message.content[:MAX_ANSWER], ""


def wait_before_retry(error: Exception, *, deadline: float) -> bool | float:
    """Whether a failed call is made again, and after how many seconds if the provider says so.

    What it asks for may be more than there is time: then the step is to be asked again later.
    """
    if not isinstance(error, PASSING) or _is_quota(error):
        return False
    asked = _retry_after(error)
    if not asked:
        return True
    return asked if time.monotonic() + asked < deadline else False


def _retry_after(error: Exception) -> float | None:
    if not isinstance(error, openai.APIStatusError):
        return None
    try:
        return max(0.0, float(error.response.headers["retry-after"]))
    except (KeyError, ValueError):
        return None


def _is_quota(error: Exception) -> bool:
    """The account is out of money: no time heals that."""
    return isinstance(error, openai.RateLimitError) and error.code == "insufficient_quota"


def is_about_schemas(error: openai.APIStatusError) -> bool:
    """Whether a server refuses the JSON Schema, in whatever words and with whatever status."""
    said = str(error.body or error.message)
    about = "response_format" in said or "json_schema" in said
    return about and error.status_code in SAYS_NO_TO_SCHEMAS


def named(error: openai.OpenAIError) -> DeckgenError:
    if isinstance(error, openai.RateLimitError) and not _is_quota(error):
        wait = _retry_after(error) or RATE_LIMITED_SECONDS
        return RetryableError(
            "The provider asks to slow down.", code=MODEL_RATE_LIMITED, retry_after=wait
        )
    if isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
        return PermanentError("The provider refuses this call to the model.", code=MODEL_REFUSES)
    return away(None)


def away(retry_after: float | None) -> RetryableError:
    return RetryableError(
        "The model can't be reached just now.", code=MODEL_AWAY, retry_after=retry_after
    )


def status_of(error: openai.OpenAIError) -> int | None:
    return error.status_code if isinstance(error, openai.APIStatusError) else None
