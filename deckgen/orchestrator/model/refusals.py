"""Which outcome an error of the provider is: by its status, its words, or what broke on the way."""

from collections.abc import Iterator

import aiohttp
import httpx2
import openai

from deckgen.orchestrator.model.call_outcomes import CallFailed, Outcome, failed

NEVER_CONNECTED = (
    aiohttp.ClientConnectorError,  # refused, unknown name, no TLS
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    httpx2.ConnectError,
    httpx2.UnsupportedProtocol,
)
MAX_WAIT_SECONDS = 3600.0  # no provider knows what will be in more than an hour
MAX_SAID = 5000  # characters of a refusal that are looked at
# A gateway's errors: it has given up, while the model behind it may have worked.
GATEWAYS = frozenset({408, 502, 504, 520, 521, 522, 523, 524, 527, 598, 599})
PASSING = frozenset({409, 425, 503, 529})
_BY_STATUS = {
    401: Outcome.KEY,
    402: Outcome.NO_BALANCE,
    403: Outcome.NOT_ALLOWED,
    404: Outcome.UNKNOWN,
    413: Outcome.TOO_LARGE,
    429: Outcome.RATE_LIMITED,
}
_CONTEXT = (
    "context_length",
    "context length",
    "context window",
    "context size",
    "prompt is too long",
    "input is too long",
)
_TELLS_OF_BALANCE, _TELLS_OF_CONTEXT = (400, 402, 403, 429), (400, 413, 422)
_NO_BALANCE = (
    "insufficient_quota",
    "insufficient balance",
    "insufficient_balance",
    "insufficient credit",
)


class AnswerTooLong(openai.OpenAIError):
    """So much came that no more is read."""


def of_error(error: Exception) -> CallFailed:
    """What became of a call that ended with an error of the client, or of what lies below it."""
    if isinstance(error, openai.APIStatusError):
        response = error.response
        has_words = isinstance(error.body, dict)
        said = str(error.body or "")[:MAX_SAID]
        wait = retry_after(response.headers.get("retry-after"))
        return of_status(response.status_code, said, has_words=has_words, retry_after=wait)
    return failed(_of_broken(error))


def of_status(
    status: int, said: str, *, has_words: bool = True, retry_after: float | None = None
) -> CallFailed:
    """What a refusal means; `has_words` if it is an error as the protocol has it, and no page."""
    return failed(_of_status(status, said.lower(), has_words), status, said.lower(), retry_after)


def retry_after(value: str | None) -> float | None:
    """Seconds that the provider asks to wait; None if it does not say so in seconds."""
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return min(seconds, MAX_WAIT_SECONDS) if seconds >= 0 else None


def _of_status(status: int, said: str, has_words: bool) -> Outcome:
    # Elsewhere the words may be those of the prompt, which some servers quote.
    if status in _TELLS_OF_BALANCE and any(words in said for words in _NO_BALANCE):
        return Outcome.NO_BALANCE
    if status in _TELLS_OF_CONTEXT and any(words in said for words in _CONTEXT):
        return Outcome.CONTEXT
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status in PASSING:
        return Outcome.SERVER_ERROR
    if status in GATEWAYS or (status >= 500 and not has_words):
        return Outcome.GATEWAY
    if status >= 500:
        return Outcome.SERVER_ERROR
    return Outcome.REDIRECTED if status < 400 else Outcome.REFUSED


def _of_broken(error: Exception) -> Outcome:
    causes = list(_causes(error))

    def is_one(*kinds: type[BaseException]) -> bool:
        return any(isinstance(one, kinds) for one in causes)

    if is_one(AnswerTooLong):
        return Outcome.TOO_LONG
    if is_one(*NEVER_CONNECTED):
        return Outcome.UNREACHABLE
    if is_one(httpx2.DecodingError):
        return Outcome.NOT_READABLE
    # Below a broken connection the client tells of a timeout as well.
    if is_one(aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, aiohttp.ClientPayloadError):
        return Outcome.CONNECTION_CUT
    if is_one(TimeoutError, openai.APITimeoutError):
        return Outcome.TOO_SLOW
    if is_one(openai.APIConnectionError, aiohttp.ClientError, httpx2.TransportError):
        return Outcome.CONNECTION_CUT
    return Outcome.UNEXPECTED


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
