"""GET /metrics of every process, as Prometheus reads it, and who may read it."""

from hmac import compare_digest

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.errors import NotAllowed, Unauthenticated
from deckgen.http.local import is_local
from deckgen.http.token import bearer
from deckgen.observability.metrics import PROCESS


def answer(request: Request, *collectors: Collector) -> Response:
    """Returns what this process counts and the collectors tell, in the form that is asked for."""
    registry = CollectorRegistry()
    for collector in (PROCESS, *collectors):
        registry.register(collector)
    encode, media_type = choose_encoder(request.headers.get("accept", ""))
    return Response(encode(registry), headers={"Content-Type": media_type})


def require_reader(request: Request, token: SecretStr | None) -> None:
    """Raise an error unless the request has the token or, where there is none, is of this machine."""
    if token is None:
        if not is_local(request):
            raise NotAllowed(
                "Without METRICS_TOKEN only who asks from this machine, by no proxy, may read this.",
                code="metrics_closed",
            )
        return
    given, expected = request.headers.getlist("authorization"), bearer(token)["Authorization"]
    if len(given) != 1 or not compare_digest(given[0].encode(), expected.encode()):
        raise Unauthenticated(
            "Send the METRICS_TOKEN of this server: Authorization: Bearer …",
            code="metrics_token_refused",
        )
