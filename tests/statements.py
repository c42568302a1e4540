"""The named statements, what to ask each with, and rows that they could find or change."""

import contextlib
import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from deckgen.store.pool import Connection, Pool
from deckgen.store.queries import queries
from tests.tenants import ACME, CSV, DECK, KEY, USER, rows_of

# One statement a row: each is about the job whose id it is given.
A_VERSION = """
INSERT INTO deck_versions (tenant_id, deck_id, number, deck, completed_at)
SELECT tenant_id, deck_id, 1, '{}', now() FROM jobs WHERE id = $1
"""
A_CALL = """
INSERT INTO model_calls (tenant_id, job_id, key, deck_id, user_id, step, part, model, tokens_in,
                         tokens_cached, tokens_out, seconds)
SELECT tenant_id, id, 'k', deck_id, user_id, 'draft', '', 'm', 1, 0, 1, 1 FROM jobs WHERE id = $1
"""
UNNEEDED = """
INSERT INTO datasets (tenant_id, sha256, bytes, gzip) SELECT tenant_id, repeat('0', 64), 1, '' FROM jobs
WHERE id = $1
"""
TOLD = """
UPDATE webhook_deliveries SET status = 'delivered', delivered_at = now(), dispatched_at = NULL
WHERE job_id = $1
"""
HANDED_OVER = """
UPDATE deliveries SET dispatched_at = now() - interval '1 minute', dispatch_no = 1 WHERE job_id = $1
"""
NOT_TOLD = "UPDATE deliveries SET dispatched_at = NULL WHERE job_id = $1"
SILENT = "UPDATE jobs SET lease_until = now() - interval '1 hour' WHERE id = $1"
A_WORKER = """
INSERT INTO workers (id, concurrency, seen_at)
SELECT worker_id, 2, now() + interval '1 hour' FROM jobs WHERE id = $1
"""
OF_ANOTHER_USER = "UPDATE jobs SET user_id = 'user-2' WHERE id = $1"
NOT_HANDED_OVER = "UPDATE jobs SET dispatched_at = NULL WHERE id = $1"
A_DELETION = """
INSERT INTO deletions (tenant_id, what, target_id, running_jobs)
SELECT tenant_id, 'deck', deck_id, ARRAY[id] FROM jobs WHERE id = $1
"""
AN_ENTRY = """
INSERT INTO audit_log (tenant_id, action, target_kind, target_id)
SELECT tenant_id, 'job.cancelled', 'job', id FROM jobs WHERE id = $1
"""
THE_DELETION = "SELECT id FROM deletions"
A_JOB = """
SELECT jobs.*, event_number, final_deck_sha256, d.id AS delivery_id, endpoint_id, d.status::text AS told
FROM jobs LEFT JOIN webhook_deliveries d ON job_id = jobs.id
JOIN presentations p ON (p.tenant_id, p.id) = (jobs.tenant_id, deck_id)
WHERE jobs.id = $1 ORDER BY jobs.id, endpoint_id
"""
A_KEY = """
INSERT INTO api_keys (tenant_id, id, sha256, name, scopes, user_id)
SELECT tenant_id, 'k1234567', '1', 'Quixotry', '{decks:read}', user_id FROM jobs WHERE id = $1
"""
A_LINK = """
INSERT INTO share_links (tenant_id, id, deck_id, sha256, expires_at)
SELECT tenant_id, '00000000-0000-0000-0000-000000000001', deck_id, '1', now() + interval '1 day'
FROM jobs WHERE id = $1
"""
A_SUMMED_DAY = """
INSERT INTO summed_days (tenant_id, day) SELECT tenant_id, '2001-01-01' FROM jobs WHERE id = $1
"""
A_COST = """
INSERT INTO costs_of_days (tenant_id, day, user_id, model, calls, tokens_in, tokens_cached, tokens_out,
                           cost, unpriced, estimated)
SELECT tenant_id, '2001-01-01', user_id, 'm', 1, 1, 0, 1, 1, 0, 0 FROM jobs WHERE id = $1
"""
A_TEMPLATE = """
INSERT INTO templates (tenant_id, name, version, sha256, looks_sha256, base, reading)
SELECT tenant_id, 'quixotry', 1, '1', '2', 'x', '{"theme": {"name": "quixotry"}}' FROM jobs WHERE
id = $1
"""
A_SESSION = """
INSERT INTO sessions (sha256, tenant_id, key_id, expires_at)
SELECT sha256, tenant_id, id, now() + interval '1 day' FROM api_keys
WHERE tenant_id = (SELECT tenant_id FROM jobs WHERE id = $1)
"""
CALL = {"model": "m", "tokensIn": 1, "tokensCached": 0, "tokensOut": 1, "cost": 1.0, "seconds": 1.0}
PARAMETERS: dict[str, Any] = {
    "limit": 10,
    "since": datetime(2000, 1, 1, tzinfo=UTC),
    "number": 0,
    "priority": 9,
    "key": KEY,
    "q": "quixotry",
    "after": "",
    "users": 10,
    "statuses": ["completed", "failed", "waiting", "active"],
    "planning": [],
    "completed": 0,
    "first": date(2000, 1, 1),
    "last": date(2100, 1, 1),
    "failed": 0,
    "outages": ["broken"],
    "is_crash": False,
    "uses_attempt": True,
    "error_code": "x",
    "error_message": "y",
    "error": "y",
    "wait_seconds": 1.0,
    "delay_seconds": 1.0,
    "lease_seconds": 60.0,
    "grace_seconds": 0.0,
    "claim_seconds": 60.0,
    "outage_seconds": None,
    "from_seconds": 0.0,
    "to_seconds": None,
    "seconds": 0.0,
    "deck": {"a": 1},
    "decks": [{"a": 1}],
    "notes": [{}],
    "worker_id": "w",
    "steps": ["draft"],
    "parts": [""],
    "keys": ["k9"],
    "results": [{}],
    "calls": [CALL],
    "contract": 1,
    "unwritten": 1,
    "served": [1, 2, 3, 4, 5],
    "kinds": ["generate"],
    "max_crashes": 3,
    "crash_message": "z",
    "since_break": None,
    "user_concurrency": 10,
    "dead_seconds": 10.0,
    "traceparent": None,
    "kind": "generate",
    "changes_deck": False,
    "context": {},
    "policy": {},
    "max_attempts": 3,
    "limit_of_user": 9,
    "limit_of_caller": None,
    "not_after": datetime(2100, 1, 1, tzinfo=UTC),
    "attempt": 0,
    "id": "k1234567",
    "share_id": UUID(int=1),
    "scopes": ["decks:read"],
    "url": "https://other.example/",
    "events": ["job.failed"],
    "description": "other",
    "enabled": False,
    "secret": "whsec_other",
    "most": 9,
    "overlap_hours": 1,
    "http_status": 500,
    "what": "deck",
    "target_id": DECK,
    "counts": {"decks": 1},
    "hold_seconds": 1.0,
    "numbers": [1],
    "sha256s": ["0" * 64, hashlib.sha256(CSV.encode()).hexdigest()],
    "action": "job.cancelled",
    "author": "another",
    "target_kind": "job",
    "details": {},
    "looks_sha256": "3",
    "base": b"y",
    "reading": {"theme": {}},
    "version": 1,
}
# One name for two kinds of value.
OWN: dict[str, dict[str, Any]] = {
    "save_steps": {"seconds": [1.0]},
    "deck_version": {"number": 1},
    "accepted_by_time": {"seconds": 1800.0},
    "ended_by_time": {"seconds": 1800.0},
    "dataset_gzip": {"sha256": hashlib.sha256(CSV.encode()).hexdigest()},
    "accept_job": {"sha256": None, "request_sha256": "hash"},
    "mark_dispatched": {"tenant_ids": None, "user_ids": None},
    "key_of_hash": {"sha256": b"1"},
    "session_of_hash": {"sha256": b"1"},
    "begin_session": {"sha256": b"3", "key_id": "k1234567", "hours": 1},
    "end_session": {"sha256": b"1"},
    "shared_deck": {"sha256": b"1"},
    "add_share_link": {"sha256": b"2", "days": 1},
    "add_key": {"id": "k7654321", "sha256": b"2", "name": "n"},
    "template_looks": {"name": "quixotry", "sha256": "2"},
    **{
        name: {"name": "quixotry", "sha256": "4"}
        for name in (
            *("add_template", "template_versions", "template_reading", "template_of_name"),
            "remove_templates",
        )
    },
    "reclaim_jobs": {"lease_seconds": 0.0},
}
STATEMENTS = sorted(name for name in queries().available_queries if not name.endswith("_cursor"))
# These say no more than they were given, or the numbers of the whole queue, which the service asks for.
TELLS_NOTHING = {
    "add_key",
    "add_template",
    "begin_deletion",
    "unknown_decks",
    "expect_words",
    "outlook",
    "queue_figures",
    "queue_demand",
    "database_time",
}
# These are of no user: keys are an admin's, tables are everybody's who knows their hash, and
# templates are
# worn by every user's decks. Whether a deck is being deleted is asked for by who sees the deck.
OF_A_TENANT = {
    "kept_templates",
    "template_looks",
    "template_of_name",
    "template_reading",
    "template_versions",
    "templates",
    "delete_counts",
    "open_deletion",
    "open_deletions",
    "record_audit",
    "delete_unneeded_tables",
    "delete_keys",
    "revoke_keys",
    "delete_webhooks",
    "remove_datasets",
    "add_key",
    "keep_use",
    "key_of_hash",
    "keys_of_tenant",
    "revoke_key",
    "dataset_gzip",
}
# What these tell is nobody's, or they are about the tenant of the transaction, whoever makes it.
VACUOUS = {
    *("signing_keys", "lock_deletions", "lock_templates", "record_audit", "delete_counts"),
    *("delete_webhooks", "delete_templates", "lock_costs"),
}


def values_of(row: Any, deletion_id: UUID) -> dict[str, Any]:
    """Of a job, and of one of its deliveries if it has any."""
    named = {**dict(row), "job_id": row["id"], "tenant": ACME, "status": row["told"]}
    names = (
        *("job_id", "deck_id", "user_id", "lease_token", "dispatch_no", "event_number"),
        *("tenant_id", "endpoint_id"),
    )
    return {
        **PARAMETERS,
        **{name: named[name] for name in (*names, "tenant", "delivery_id", "status")},
        "deletion_id": deletion_id,
        **{f"{name}s": [named[name]] for name in names},
        "sha256": row["final_deck_sha256"],
        "datasets": [f"{ACME} {'0' * 64}"],
    }


async def asked(database: "Pool | Connection", name: str, values: dict[str, Any]) -> str:
    """The rows of a statement, as text."""
    given = values | OWN.get(name, {})
    names = queries().driver_adapter.var_sorted[name]
    rows = await database.fetch(getattr(queries(), name).sql, *(given.get(each) for each in names))
    return " ".join(str(value) for row in rows for value in row.values())


def secrets_in(told: str, values: dict[str, Any]) -> Iterator[str]:
    yield from (
        each for each in (str(values["job_id"]), DECK, USER, "uixotry", "North") if each in told
    )


class UndoneError(Exception):
    """What a statement has done is to be as if it had not been."""


async def done(pool: Pool, name: str, values: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """What the statement tells, and acme's rows after it, as the owner sees them; it is undone."""
    told, rows = "", list[tuple[str, str]]()
    with contextlib.suppress(UndoneError):
        async with pool.acquire() as connection:
            told = await asked(connection, name, values)
            await connection.execute("SET LOCAL ROLE NONE")
            rows = await rows_of(connection, ACME)
            raise UndoneError
    return told, rows
