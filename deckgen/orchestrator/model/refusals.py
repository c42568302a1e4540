"""The outcome of an error: by its status, its words, or what broke on the way."""

from collections.abc import Iterator

import aiohttp
import httpx2
import openai

from deckgen.orchestrator.model.call_outcomes import CallFailed, CallOutcome, failed

NEVER_CONNECTED = (
    aiohttp.ClientConnectorError,  # refused, unknown name, no TLS
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    httpx2.ConnectError,
    httpx2.UnsupportedProtocol,
)
MAX_WAIT_SECONDS = 3600.0  # a longer wait is no reliable forecast
MAX_TEXT = 5000  # characters of a refusal that are examined
# After these a gateway has given up, while the model behind it may have worked.
GATEWAYS = frozenset({408, 502, 504, 520, 521, 522, 523, 524, 527, 598, 599})
PASSING = frozenset({409, 425, 503, 529})
_BY_STATUS = {
    401: CallOutcome.KEY,
    402: CallOutcome.NO_BALANCE,
    403: CallOutcome.NOT_ALLOWED,
    404: CallOutcome.UNKNOWN,
    413: CallOutcome.TOO_LARGE,
    429: CallOutcome.RATE_LIMITED,
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
    """An answer beyond the limit of bytes, which was not read further."""


def of_error(error: Exception) -> CallFailed:
    """Returns the failure of a call that ended with an error of the client or its transport."""
    if isinstance(error, openai.APIStatusError):
        response = error.response
        has_words = isinstance(error.body, dict)
        text = str(error.body or "")[:MAX_TEXT]
        wait = retry_after(response.headers.get("retry-after"))
        return of_status(response.status_code, text, has_words=has_words, retry_after=wait)
    return failed(_of_broken(error))


def of_status(
    status: int, text: str, *, has_words: bool = True, retry_after: float | None = None
) -> CallFailed:
    """Returns the failure of a refusal; `has_words` if it is an error of the protocol, not a page."""
    return failed(_of_status(status, text.lower(), has_words), status, text.lower(), retry_after)


def retry_after(value: str | None) -> float | None:
    """Returns the seconds that the provider asks to wait; None if it gives none in seconds."""
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return min(seconds, MAX_WAIT_SECONDS) if seconds >= 0 else None


def _of_status(status: int, text: str, has_words: bool) -> CallOutcome:
    # With other statuses the words may be those of the prompt, which some servers quote.
    if status in _TELLS_OF_BALANCE and any(words in text for words in _NO_BALANCE):
        return CallOutcome.NO_BALANCE
    if status in _TELLS_OF_CONTEXT and any(words in text for words in _CONTEXT):
        return CallOutcome.CONTEXT
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status in PASSING:
        return CallOutcome.SERVER_ERROR
    if status in GATEWAYS or (status >= 500 and not has_words):
        return CallOutcome.GATEWAY
    if status >= 500:
        return CallOutcome.SERVER_ERROR
    return CallOutcome.REDIRECTED if status < 400 else CallOutcome.REFUSED


def _of_broken(error: Exception) -> CallOutcome:
    causes = list(_causes(error))

    def is_one(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if is_one(AnswerTooLong):
        return CallOutcome.TOO_LONG
    if is_one(*NEVER_CONNECTED):
        return CallOutcome.UNREACHABLE
    if is_one(httpx2.DecodingError):
        return CallOutcome.NOT_READABLE
    # The client reports a timeout for a broken connection as well, so that comes first.
    if is_one(aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, aiohttp.ClientPayloadError):
        return CallOutcome.CONNECTION_CUT
    if is_one(TimeoutError, openai.APITimeoutError):
        return CallOutcome.TOO_SLOW
    if is_one(openai.APIConnectionError, aiohttp.ClientError, httpx2.TransportError):
        return CallOutcome.CONNECTION_CUT
    return CallOutcome.UNEXPECTED


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
