"""The table of access: every route with what is sent to it, and a server where keys are asked for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from deckgen.domain.access import Scope
from deckgen.pages.routes import routes as routes_of_pages
from deckgen.web.routes import routes
from deckgen.web.routing import OPEN

ANN, BOB, DECK = "ann", "bob", "deck-1"
BRIEF = {"businessContext": "How are sales?"}
BULK = {"all": True, "dryRun": True}
# For each route what is sent, and the status for who may; {names} are those of acme's things.
CALLS: dict[str, tuple[Any, int]] = {
    "page": (None, 200),
    "pptx": (None, 200),
    "pdf": (None, 200),
    "shared_page": (None, 200),
    "shared_pptx": (None, 200),
    "shared_pdf": (None, 200),
    "generate": ({"deckId": DECK, "userId": ANN, "context": BRIEF}, 202),
    "revise": ({"userId": ANN, "instruction": "Shorter."}, 409),  # its job is not over
    **dict.fromkeys(("file_page", "file_pptx", "file_pdf", "file_presentation"), (None, 200)),
    "start": (None, 200),
    "make": (None, 415),  # no form was sent
    **dict.fromkeys(("cancel_deck", "retry_deck"), (None, 415)),
    "my_decks": (None, 200),
    "look": ({"question": "How?"}, 200),
    "deck": (None, 200),
    "deck_progress": (None, 200),
    "deck_table": (None, 503),  # no orchestrator runs
    **dict.fromkeys(("deck_proof", "sharing", "deck_versions", "order_page"), (None, 200)),
    **dict.fromkeys(("asking_page", "editing_page"), (None, 200)),
    "prove": (None, 503),  # no orchestrator runs
    **dict.fromkeys(("share", "unshare", "order", "put_answer", "revise_slide"), (None, 415)),
    **dict.fromkeys(("save_edit", "check_editing", "ask_editing"), (None, 415)),  # no form was sent
    "console": (None, 200),
    **dict.fromkeys(
        (
            *("console", "console_live", "console_jobs", "console_job", "console_workers"),
            *("console_workers_live", "console_costs", "console_webhooks", "console_audit"),
        ),
        (None, 200),
    ),
    **dict.fromkeys(("console_ask_many", "console_changed_many"), (None, 422)),  # names no action
    **dict.fromkeys(("console_pause", "console_resume"), (None, 303)),
    **dict.fromkeys(("console_change_many", "console_change_job"), (None, 415)),
    "console_redeliver": (None, 409),  # it is still to be sent
    "sign_in_page": (None, 200),
    **dict.fromkeys(("sign_in", "sign_out"), (None, 403)),  # no page of ours asks for it
    "static": (None, 200),
    "preview": ({"csvData": "region,sales\nNorth,1\n"}, 503),  # no orchestrator runs
    "find": (None, 200),
    "retry_many": (BULK, 200),
    "cancel_many": (BULK, 200),
    "dismiss_many": (BULK, 200),
    "change_priorities": (BULK, 200),
    "job": (None, 200),
    "change": ({"priority": 5}, 200),
    "cancel": (None, 200),  # the job of this path was cancelled
    "retry": (None, 409),
    "dismiss": (None, 409),
    "stream": (None, 200),
    "pause": (None, 503),  # and no worker runs
    "resume": (None, 503),
    "queue_status": (None, 503),
    "workers": (None, 200),
    "usage": (None, 200),
    "verify": (None, 503),  # no orchestrator runs
    "verify_file": (None, 503),  # as above
    "refresh": (None, 400),  # no form was sent
    "table": (None, 503),  # as above
    "edit": ({"baseVersion": 1}, 409),  # its job is not over
    "check_edit": ({}, 503),  # no orchestrator runs
    "compare": (None, 200),
    "ask": ({"question": "Which region brings most sales?"}, 409),  # the deck says that it has no table
    "versions": (None, 200),
    "version": (None, 200),
    "presentation": (None, 200),
    "create_share": ({"expiresInDays": 1}, 201),
    "list_shares": (None, 200),
    "revoke_share": (None, 200),
    "create_key": ({"name": "new"}, 201),
    "list_keys": (None, 200),
    "revoke_key": (None, 200),
    "create_endpoint": ({"url": "https://receiver.example/"}, 201),
    "list_endpoints": (None, 200),
    "endpoint": (None, 200),
    "change_endpoint": ({"description": "new"}, 200),
    "remove_endpoint": (None, 200),
    "rotate_endpoint": (None, 200),
    "own_secret": (None, 200),
    "rotate_own_secret": (None, 200),
    "deliveries": (None, 200),
    "redeliver": (None, 409),  # it is still to be sent
    "delete_deck": (None, 200),
    "delete_user": (None, 202),
    "delete_tenant": ({"tenant": "another"}, 422),  # is not deleted in between
    "deletion": (None, 200),
    "audit": (None, 200),
    "list_templates": (None, 200),
    "template": (None, 200),
    "put_template": (None, 503),  # no orchestrator runs
    "remove_template": (None, 200),
    "signing_keys": (None, 200),
    "docs": (None, 200),
    "list_errors": (None, 200),
    "error": (None, 200),
    "doc_page": (None, 200),
    "llms": (None, 200),
    "document": (None, 200),
    "healthz": (None, 200),
    "readyz": (None, 200),
    "metrics": (None, 200),
    "mcp": ({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, 200),
}
OF_OPERATOR = {
    *("pause", "resume", "queue_status", "workers"),
    *("console_pause", "console_resume", "console_workers", "console_workers_live"),
}
# Beside those with an id in their path, these name a user.
FOR_A_USER = {"generate"}
# Another tenant may ask for a deck or a template of the same name, and has one of its own from then on.
OWN = {"generate", "put_template"}
# What every user of the tenant sees.
OF_ALL_USERS = {"template"}
# What nobody sees whose it is not; the version, slide and form follow their deck.
IDS = (
    *("deck_id", "job_id", "key_id", "share_id", "endpoint_id", "delivery_id"),
    *("user_id", "deletion_id", "template_name"),
)
# These have another thing than the other routes with such an id.
OTHER_NAMES = {
    **{name: {"job_id": "ended_id"} for name in ("cancel", "retry", "dismiss")},
    "remove_endpoint": {"endpoint_id": "spare_endpoint_id"},
    "remove_template": {"template_name": "spare_template"},
    "delete_deck": {"deck_id": "spare_deck_id"},
}
A_VERSION = """
INSERT INTO deck_versions (tenant_id, deck_id, number, deck, completed_at)
SELECT tenant_id, id, 1, final_deck_json, now() FROM presentations
WHERE tenant_id = 'acme' AND id = 'deck-1'
"""
A_TABLE = """
WITH added AS (
  INSERT INTO datasets (tenant_id, sha256, bytes, gzip) VALUES ('acme', repeat('0', 64), 1, '')
  RETURNING sha256
)
UPDATE presentations SET dataset_sha256 = sha256 FROM added WHERE tenant_id = 'acme' AND id = 'deck-1'
"""


@dataclass(frozen=True)
class Call:
    """One route with a method, and the request that it is tried with."""

    name: str
    method: str
    path: str
    needs: Scope | None

    @property
    def changes(self) -> bool:
        return self.method not in ("GET", "HEAD")

    @property
    def has_id(self) -> bool:
        return any(f"{{{name}}}" in self.path for name in IDS)


def calls() -> Iterator[Call]:
    for route in (*routes_of_pages(), *routes()):
        method = min(route.methods - {"HEAD"})  # type: ignore[attr-defined]
        yield Call(route.name, method, route.path, route.needs)  # type: ignore[attr-defined]


ALL = {call.name: call for call in calls()}


@dataclass
class World:
    """A server that asks for keys, and acme with all that its paths name."""

    client: httpx.AsyncClient
    names: dict[str, str]

    async def ask(self, call: Call, headers: dict[str, str]) -> httpx.Response:
        others = OTHER_NAMES.get(call.name, {})
        names = self.names | {name: self.names[other] for name, other in others.items()}
        path = call.path.format_map(names)
        body, _ = CALLS[call.name]
        options: dict[str, Any] = {"json": body} if body is not None else {}
        async with self.client.stream(call.method, path, headers=headers, **options) as answer:
            if call.name != "stream" or answer.status_code != 200:  # which does not end
                await answer.aread()
            return answer


def told(answer: httpx.Response) -> tuple[int, str | None]:
    problem = answer.headers.get("content-type") == "application/problem+json"
    return answer.status_code, answer.json()["code"] if problem else None


async def refusals(
    world: World, headers: dict[str, str], expected: dict[str, Any], *, without: Collection[str] = ()
) -> dict[str, Any]:
    """What was answered otherwise than expected; a route that is not named is to let the caller in."""
    wrong = {}
    for name, call in ALL.items():
        if name in without:
            continue
        answer = await world.ask(call, headers)
        want = expected.get(name, CALLS[name][1])
        given = told(answer)
        if (given if isinstance(want, tuple) else given[0]) != want:
            wrong[name] = (given, want)
    return wrong


GUARDED = {name: call for name, call in ALL.items() if call.needs is not OPEN}
