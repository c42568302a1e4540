"""The client that posts a signed event to a webhook, whoever may be behind it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
from httpx_secure import SSRFProtectionError, httpx_ssrf_protection
from standardwebhooks import Webhook

from deckgen.config.settings import Settings
from deckgen.domain.documents import canonical_json
from deckgen.domain.net.addresses import AllowedHosts
from deckgen.domain.webhooks import Notification
from deckgen.observability.logs import get_logger
from deckgen.runtime.certificates import certificates

log = get_logger(__name__)

TIMEOUT = 15.0
CONNECT_TIMEOUT = 5.0
UNREACHABLE = "The receiver can't be reached, or its address is not allowed."


@dataclass(frozen=True)
class WebhookAnswer:
    """The result of one attempt: `error` is None if the receiver has accepted the event.

    `gone` is True if it wants no more of them; `retry_after` is the wait in seconds that it asks for.
    `http_status` is None if it did not answer.
    """

    error: str | None
    retry_after: float | None = None
    gone: bool = False
    http_status: int | None = field(default=None, compare=False)


async def post(
    settings: Settings, url: str, webhook_id: str, body: Notification, *, secrets: Sequence[str] = ()
) -> WebhookAnswer:
    """Post once, in 15 seconds at most; only status and Retry-After of the answer count.

    Each of the secrets signs; WEBHOOK_SECRET does if there are none.
    """
    secrets = secrets or _of_setting(settings)
    if not secrets:
        return WebhookAnswer("The worker has no WEBHOOK_SECRET to sign with.")
    content = canonical_json(body.to_json()).decode()
    headers = signed(secrets, webhook_id, content)
    allowed = AllowedHosts.parse(settings.webhook_allowed_hosts)
    try:
        async with asyncio.timeout(TIMEOUT), guarded(allowed) as client:
            return await _send(client, _request(url, content, headers))
    except (SSRFProtectionError, httpx.ConnectError, httpx.ConnectTimeout, UnicodeError) as error:
        # All get one answer: another error would tell which private addresses have an open port.
        log.warning("webhook.unreachable", host=urlsplit(url).hostname, error=str(error))
        return WebhookAnswer(UNREACHABLE)
    except (TimeoutError, httpx.TimeoutException):
        return WebhookAnswer(f"The receiver did not answer within {TIMEOUT:g} s.")
    except httpx.HTTPError as error:
        return WebhookAnswer(f"The connection to the receiver broke ({type(error).__name__}).")


def _of_setting(settings: Settings) -> Sequence[str]:
    return (settings.webhook_secret.get_secret_value(),) if settings.webhook_secret else ()


def _request(url: str, content: str, headers: dict[str, str]) -> httpx.Request:
    """Returns a request whose URL is scheme and host: httpx logs it, and the rest may be secret."""
    target = httpx.URL(url)
    return httpx.Request(
        "POST",
        target.copy_with(raw_path=b"/", fragment=None, userinfo=b""),
        content=content,
        headers=headers,
        extensions={"target": target.raw_path},
    )


async def _send(client: httpx.AsyncClient, request: httpx.Request) -> WebhookAnswer:
    """Send a request without reading the answer's body, which can be endless."""
    response = await client.send(request, stream=True)
    try:
        return _judge(response)
    finally:
        await response.aclose()


def signed(secrets: Sequence[str], webhook_id: str, content: str) -> dict[str, str]:
    """Returns the headers of Standard Webhooks for `content`, signed now with each of the secrets."""
    now = datetime.now(UTC)
    return {
        "Content-Type": "application/json",
        "User-Agent": "deckgen",
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(
            Webhook(secret).sign(webhook_id, now, content) for secret in secrets
        ),
    }


@asynccontextmanager
async def guarded(allowed: AllowedHosts) -> AsyncIterator[httpx.AsyncClient]:
    """Yields a client that connects only to an address that it has checked, and follows no redirect.

    Each attempt has its own, so receivers share no cookie, connection or resolved name. It uses no
    proxy: the check would be of the proxy's address.
    """
    client = httpx.AsyncClient(
        verify=certificates(),
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


def _judge(response: httpx.Response) -> WebhookAnswer:
    status = response.status_code
    if response.is_success:
        return WebhookAnswer(None, http_status=status)
    error = f"The receiver answered with {status}."
    if response.is_redirect:
        error += " Redirects are not followed."
    return WebhookAnswer(
        error, _retry_after(response), gone=status == httpx.codes.GONE, http_status=status
    )


def _retry_after(response: httpx.Response) -> float | None:
    """Returns the wait in seconds; the header holds seconds or a date (RFC 9110)."""
    value = response.headers.get("retry-after", "")
    if value.isdecimal():
        return float(value)
    try:
        return (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return None
