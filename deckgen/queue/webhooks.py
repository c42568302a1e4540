"""The check that a request's webhook can be served, before the job is accepted."""

from pydantic import HttpUrl

from deckgen.config.settings import Settings
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.net.addresses import AllowedHosts


def check_webhook(url: HttpUrl, settings: Settings) -> None:
    """Raise InvalidRequest if nothing can be signed, or if the URL itself names a private address.

    The address of a host name is checked when the connection is made, because it may change.
    """
    if settings.webhook_secret is None:
        raise InvalidRequest(
            "This deckgen signs no webhooks. Leave webhookUrl out, or ask the operator to set "
            "WEBHOOK_SECRET.",
            code="webhooks_not_configured",
            errors=(FieldError("webhookUrl", "can't be served: WEBHOOK_SECRET is not set"),),
        )
    if AllowedHosts.parse(settings.webhook_allowed_hosts).refuses(url.host or ""):
        raise InvalidRequest.of(
            FieldError("webhookUrl", "must not name a private or loopback address that is not allowed")
        )
