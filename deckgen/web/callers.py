"""Who makes a request: the owner of a key, a proxy's user, or whoever is on this machine."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from hmac import compare_digest

import structlog
from starlette.requests import Request

from deckgen.config.settings import Settings
from deckgen.domain import api_keys
from deckgen.domain.access import LOCAL_TENANT, Caller
from deckgen.domain.documents import is_id
from deckgen.domain.errors import Unauthenticated, Unavailable
from deckgen.http.local import require_loopback
from deckgen.queue.service import AsyncOrchestrator
from deckgen.runtime.single_flight import SingleFlight
from deckgen.store.api_keys import FoundKey

KEY_SECONDS = 3.0  # for which a key that was looked up is believed
KNOWN = 1_000  # keys, above which those that have to be looked up again are forgotten
PROXY_SECRET = "Deckgen-Proxy-Secret"  # noqa: S105 - the header's name

Authenticate = Callable[[Request], Awaitable[Caller | None]]


@dataclass(frozen=True)
class _Known:
    """The owner of a key that was looked up, and the time until which that is believed."""

    caller: Caller
    until: float


class Callers:
    """Tells who makes a request; Unauthenticated if that can't be told.

    `authenticate`, if the application is mounted in another one, is asked instead of anything else.
    """

    def __init__(
        self, settings: Settings, decks: AsyncOrchestrator, authenticate: Authenticate | None = None
    ) -> None:
        self._settings, self._authenticate = settings, authenticate
        self._keys, self._sessions = decks.keys, decks.sessions
        self._found = SingleFlight[FoundKey | None](keep_seconds=0)
        self._known: dict[bytes, _Known] = {}

    async def of(self, request: Request) -> Caller:
        """Returns who makes the request, and names them in the log from here on."""
        caller = await self._of(request)
        structlog.contextvars.bind_contextvars(caller=caller.name, tenant=caller.tenant)
        return caller

    async def until_ended(self, request: Request) -> None:
        """Return once the key or the session of a request that was let in lets nobody in any more."""
        session: str | None = request.scope["state"].get("session")
        while True:
            await asyncio.sleep(KEY_SECONDS)
            try:
                if session is not None:
                    if await self._sessions.find(session) is None:
                        return
                elif self.asks_for_key(request):
                    await self.owner(_key(request))
            except Unauthenticated:
                return
            except Unavailable:  # nobody can tell just now
                continue

    def asks_for_key(self, request: Request) -> bool:
        """True unless the caller is known by something else."""
        by_proxy = PROXY_SECRET in request.headers and "authorization" not in request.headers
        return self._authenticate is None and not self._settings.auth_is_off and not by_proxy

    async def _of(self, request: Request) -> Caller:
        if self._authenticate is not None:
            known = await self._authenticate(request)
            if known is None:
                raise Unauthenticated("Log in to this application first.", code="not_logged_in")
            return known
        if self._settings.auth_is_off:
            require_loopback(request)
            return Caller()
        if self.asks_for_key(request):
            return await self.owner(_key(request))
        return self._proxy_user(request)

    async def owner(self, key: str) -> Caller:
        """Returns whose a key is; Unauthenticated if it lets nobody in."""
        if not api_keys.is_well_formed(key):
            raise _malformed()
        sha256 = api_keys.sha256_of(key)
        known = self._known.get(sha256)
        if known is not None and known.until > time.monotonic():
            return known.caller
        caller = await self._looked_up(sha256)
        self._remember(sha256, caller)
        return caller

    async def _looked_up(self, sha256: bytes) -> Caller:
        found = await self._found.once(sha256.hex(), partial(self._keys.find, sha256))
        if found is None:
            raise Unauthenticated(
                "There is no such key. Check that it was copied whole.", code="key_unknown"
            )
        if found.is_revoked:
            raise Unauthenticated(
                "This key was revoked. Ask an admin of the tenant for another.", code="key_revoked"
            )
        if found.has_expired:
            raise Unauthenticated(
                "This key has expired. Ask an admin of the tenant for another.", code="key_expired"
            )
        return found.caller

    def _remember(self, sha256: bytes, caller: Caller) -> None:
        now = time.monotonic()
        if len(self._known) > KNOWN:
            self._known = {each: known for each, known in self._known.items() if known.until > now}
        self._known[sha256] = _Known(caller, now + KEY_SECONDS)

    def _proxy_user(self, request: Request) -> Caller:
        secret, given = self._settings.auth_proxy_secret, request.headers.getlist(PROXY_SECRET)
        expected = secret.get_secret_value() if secret else ""
        if not (expected and len(given) == 1 and compare_digest(given[0].encode(), expected.encode())):
            raise Unauthenticated(
                f"The header {PROXY_SECRET} is not the AUTH_PROXY_SECRET of this server.",
                code="proxy_refused",
            )
        tenant_header = self._settings.auth_proxy_tenant_header
        user = _id(request, self._settings.auth_proxy_header)
        tenant = _id(request, tenant_header) if tenant_header else LOCAL_TENANT
        return Caller(tenant, user, f"proxy:{user}", self._settings.proxy_scopes)


def _key(request: Request) -> str:
    """Returns the key of the request; Unauthenticated if there is none, or more than one."""
    given = request.headers.getlist("authorization")
    if not given:
        raise Unauthenticated(
            f"Send a key with each request: Authorization: Bearer {api_keys.EXAMPLE}. On the server "
            "`deckgen keys create NAME` makes one."
        )
    kind, _, key = given[0].partition(" ")
    if len(given) > 1 or kind.lower() != "bearer":
        raise _malformed()
    return key.strip()


def _malformed() -> Unauthenticated:
    return Unauthenticated(
        f"This is no key. Send one header, Authorization: Bearer {api_keys.EXAMPLE}",
        code="key_malformed",
    )


def _id(request: Request, header: str) -> str:
    given = request.headers.getlist(header)
    if len(given) != 1 or not is_id(given[0]):
        raise Unauthenticated(
            f"The proxy sent no id in the header {header}: an id has up to 128 letters, digits, dots, "
            "underscores and hyphens.",
            code="proxy_user_invalid",
        )
    return given[0]
