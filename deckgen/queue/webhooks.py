"""The checks that a webhook can be served, before anything is stored."""

from pydantic import HttpUrl

from deckgen.config.settings import Settings
from deckgen.domain.access import LOCAL_TENANT
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.net.addresses import AllowedHosts


def check_webhook(url: HttpUrl, settings: Settings, tenant: str) -> None:
    """Raise InvalidRequest if a request's webhook can't be signed, or is not to be reached.

    Other tenants than the operator's have a secret in the database, which is made when it is needed.
    """
    if tenant == LOCAL_TENANT and settings.webhook_secret is None:
        raise InvalidRequest(
            "This deckgen signs no webhooks. Leave webhookUrl out, or ask the operator to set "
            "WEBHOOK_SECRET.",
            code="webhooks_not_configured",
            errors=(FieldError("webhookUrl", "can't be served: WEBHOOK_SECRET is not set"),),
        )
    check_address(url, settings, field="webhookUrl")


def check_address(url: HttpUrl, settings: Settings, *, field: str) -> None:
    """Raise InvalidRequest if the URL itself names a private address.

    The address of a host name is checked when the connection is made, because it may change.
    """
    if AllowedHosts.parse(settings.webhook_allowed_hosts).refuses(url.host or ""):
        raise InvalidRequest.of(
            FieldError(field, "must not name a private or loopback address that is not allowed")
        )
