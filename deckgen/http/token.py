"""The token that callers of the orchestrator share with it: it is for workers and APIs alone."""

from hmac import compare_digest

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from deckgen.domain.step_contract import TOKEN_REFUSED
from deckgen.http.doors import PROBES
from deckgen.http.observing import METRICS_PATH
from deckgen.http.problems import problem


def bearer(token: SecretStr | None) -> dict[str, str]:
    """Returns the header with the token; none without one."""
    return {"Authorization": f"Bearer {token.get_secret_value()}"} if token else {}


class RequiredToken:
    """Refuses requests without the token, before their bodies are read.

    A probe needs none; one that sends a token learns whether it is the right one. Who reads metrics may
    have a token for that alone.
    """

    def __init__(
        self, app: ASGIApp, token: SecretStr | None, metrics_token: SecretStr | None = None
    ) -> None:
        self._app = app
        self._expected = bearer(token).get("Authorization", "").encode()
        self._of_metrics = bearer(metrics_token).get("Authorization", "").encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._admits(scope):
            await self._app(scope, receive, send)
            return
        refusal = problem(
            401,
            TOKEN_REFUSED,
            "This orchestrator is for workers and APIs that have its token. Give all of them the same "
            "ORCHESTRATOR_TOKEN.",
            headers={"WWW-Authenticate": "Bearer"},
        )
        await refusal(scope, receive, send)

    def _admits(self, scope: Scope) -> bool:
        given = Headers(scope=scope).getlist("authorization")
        if not self._expected or (scope["path"] in PROBES and not given):
            return True
        if len(given) != 1:
            return False
        value = given[0].encode()
        return compare_digest(value, self._expected) or (
            scope["path"] == METRICS_PATH
            and self._of_metrics != b""
            and compare_digest(value, self._of_metrics)
        )
