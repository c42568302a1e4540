"""Post a signed event to a webhook, whoever may be behind it."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from urllib.parse import urlsplit

import httpx
from httpx_secure import SSRFProtectionError, httpx_ssrf_protection
from standardwebhooks import Webhook

from deckgen.config.settings import Settings
from deckgen.domain.documents import canonical_json
from deckgen.domain.net.addresses import AllowedHosts
from deckgen.domain.webhooks import Notification
from deckgen.observability.logs import get_logger

log = get_logger(__name__)

TIMEOUT = 15.0
CONNECT_TIMEOUT = 5.0
UNREACHABLE = "The receiver can't be reached, or its address is not allowed."


@dataclass(frozen=True)
class Answer:
    """What came of one attempt: `error` is null if the receiver has accepted the event.

    `gone` says that it wants no more of them, `retry_after` for how many seconds it wants peace.
    """

    error: str | None
    retry_after: float | None = None
    gone: bool = False


async def post(settings: Settings, url: str, webhook_id: str, body: Notification) -> Answer:
    """One attempt, which takes 15 seconds at most; of the answer only status and Retry-After count."""
    if settings.webhook_secret is None:
        return Answer("The worker has no WEBHOOK_SECRET to sign with.")
    content = canonical_json(body.to_json()).decode()
    headers = signed(settings.webhook_secret.get_secret_value(), webhook_id, content)
    allowed = AllowedHosts.parse(settings.webhook_allowed_hosts)
    try:
        async with asyncio.timeout(TIMEOUT), guarded(allowed) as client:
            return await _send(client, _request(url, content, headers))
    except (SSRFProtectionError, httpx.ConnectError, httpx.ConnectTimeout, UnicodeError) as error:
        # One answer for all: else the error would tell which private addresses have an open port.
        log.warning("webhook.unreachable", host=urlsplit(url).hostname, error=str(error))
        return Answer(UNREACHABLE)
    except (TimeoutError, httpx.TimeoutException):
        return Answer(f"The receiver did not answer within {TIMEOUT:g} s.")
    except httpx.HTTPError as error:
        return Answer(f"The connection to the receiver broke ({type(error).__name__}).")


def _request(url: str, content: str, headers: dict[str, str]) -> httpx.Request:
    """httpx logs the URL that it is given: path and query, which may hold a secret, go another way."""
    target = httpx.URL(url)
    return httpx.Request(
        "POST",
        target.copy_with(raw_path=b"/", fragment=None),
        content=content,
        headers=headers,
        extensions={"target": target.raw_path},
    )


async def _send(client: httpx.AsyncClient, request: httpx.Request) -> Answer:
    """The answer's body is not read: it can be endless."""
    response = await client.send(request, stream=True)
    try:
        return _judge(response)
    finally:
        await response.aclose()


def signed(secret: str, webhook_id: str, content: str) -> dict[str, str]:
    """The headers of Standard Webhooks for `content`, as of now."""
    now = datetime.now(UTC)
    return {
        "Content-Type": "application/json",
        "User-Agent": "deckgen",
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(webhook_id, now, content),
    }


@asynccontextmanager
async def guarded(allowed: AllowedHosts) -> AsyncIterator[httpx.AsyncClient]:
    """A client that connects only to an address that it has checked, and follows no redirect.

    Each attempt has its own, so that receivers share no cookie, connection or resolved name. It goes
    through no proxy: the check would be of the proxy's address.
    """
    client = httpx.AsyncClient(
        verify=_certificates(),
        trust_env=False,
        follow_redirects=False,
        timeout=httpx.Timeout(TIMEOUT, connect=CONNECT_TIMEOUT),
    )
    async with client:
        # The library's own check knows no exceptions, so `permits` holds its rule and the list.
        yield httpx_ssrf_protection(
            client,
            check_globally_reachable=False,
            custom_validator=lambda host, address, port: allowed.permits(host, address),
        )


@cache
def _certificates() -> ssl.SSLContext:
    """Those of SSL_CERT_FILE or SSL_CERT_DIR, else the usual ones; reading them takes a while."""
    return httpx.create_ssl_context()


def _judge(response: httpx.Response) -> Answer:
    if response.is_success:
        return Answer(None)
    error = f"The receiver answered with {response.status_code}."
    if response.is_redirect:
        error += " Redirects are not followed."
    return Answer(error, _retry_after(response), gone=response.status_code == httpx.codes.GONE)


def _retry_after(response: httpx.Response) -> float | None:
    """In seconds; the header holds seconds or a date (RFC 9110)."""
    value = response.headers.get("retry-after", "")
    if value.isdecimal():
        return float(value)
    try:
        return (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return None
