"""Workers sign what they complete, all with one key, and every key that ever signed stays known."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import asyncpg
import httpx
import pytest
from pydantic import SecretStr

from deckgen.domain.decks import Verification
from deckgen.domain.errors import Conflict
from deckgen.domain.signatures import SignatureReport, SignatureStatus
from deckgen.domain.signing import check_signature
from deckgen.domain.signing_keys import from_key_set, to_base64url
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.queue.verification import with_signature
from deckgen.store import pool as store
from deckgen.store import presentations, signing_keys
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.ended_jobs import BRIEF, CSV, completed
from tests.signatures import KEY, OTHER_KEY
from tests.stand_in import StandIn, told_as
from tests.work import work

# What PostgreSQL's jsonb writes in another way than it was given, and what other parsers stumble over.
AWKWARD = {
    "numbers": [1.0, -0.0, 1e20, 1e22, 1.5e-9, 0.1, 2**53 + 1, 2**63, 10**25, 1.7976931348623157e308],
    "texts": ["Ä \U0001f600 \u2028 \\ \" \x7f \x1f", ""],
    "\U0001f600": 1,
    "\ufb33": 2,
    "a": {"b": None, "a": [True, {}, []]},
}  # fmt: skip


async def stored(database: OwnDatabase, deck_id: str) -> presentations.DeckWithData:
    found = await presentations.get_with_data(database, deck_id)
    assert found is not None
    return found


async def report(decks: AsyncOrchestrator, database: OwnDatabase, deck_id: str) -> SignatureReport:
    """What the API says of the signature of a stored deck."""
    verification = Verification(verified=True, facts=0, charts=0, checks=[])
    keys = await decks.get_signing_keys()
    found = await stored(database, deck_id)
    told = with_signature(verification, found.deck, found.table_sha256, keys)
    assert told.signature is not None
    assert told.verified is (told.signature.status is not SignatureStatus.INVALID)
    return told.signature


def with_key(runtime: Runtime, key: Any) -> None:
    """The worker has this DECK_SIGNING_KEY from now on, as after a restart."""
    settings = runtime.settings.model_copy(update={"deck_signing_key": key})
    runtime.settings = settings
    runtime.__post_init__()


def secret(key: Any) -> Any:
    return SecretStr(to_base64url(key.seed))


async def test_a_deck_is_signed(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, database: OwnDatabase
) -> None:
    """Stored and read again, with whatever numbers and texts, it is what its worker has signed, and the
    hash of its table goes with it.
    """
    stand_in.answers[Step.ASSEMBLE] = [told_as(AWKWARD)]
    await completed(decks, runtime, ["d"])
    found = await stored(database, "d")
    assert found.deck["signature"]["tableSha256"] == found.table_sha256
    told = await report(decks, database, "d")
    assert (told.status, told.known) == (SignatureStatus.VALID, True)
    deck = (await decks.get_presentation("d")).deck
    assert deck is not None
    assert check_signature(deck, table_sha256=found.table_sha256, trusted={}) == told.model_copy(
        update={"known": False, "signer": None}
    )


async def test_a_deck_without_a_table_is_signed(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """It names no table, and its signature fits."""
    submitted = await decks.enqueue_presentation_generation("d", "u", BRIEF)
    await work(runtime, submitted.job_id)
    assert (await stored(database, "d")).deck["signature"]["tableSha256"] is None
    assert (await report(decks, database, "d")).status is SignatureStatus.VALID


async def test_a_deck_that_was_changed_is_told(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """Whoever writes to the database can't sign: the deck does not hold. Without its signature it is as
    one of version 0.1.0.
    """
    await completed(decks, runtime, ["d"])
    change = "UPDATE presentations SET final_deck_json = final_deck_json "
    await database.execute(change + """|| '{"made": "up"}'""")
    assert (await report(decks, database, "d")).status is SignatureStatus.INVALID
    await database.execute(change + "- 'signature'")
    assert await report(decks, database, "d") == SignatureReport(status=SignatureStatus.NONE)


async def test_former_decks_keep_their_own(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """A deck that another took the place of has the signature of its time, also after a rotation."""
    await completed(decks, runtime, ["d"])
    former = (await stored(database, "d")).deck
    key = await signing_keys.rotate(database)
    await completed(decks, runtime, ["d"])
    assert await decks.get_version("d", 1) == former
    assert (await report(decks, database, "d")).key_id == key.key_id != former["signature"]["keyId"]


async def test_workers_agree_on_a_key(
    new_runtime: Callable[[], Runtime], database: OwnDatabase, decks: AsyncOrchestrator
) -> None:
    """Of eight workers that need a key at the same moment one makes it, and all sign with it."""
    await asyncio.gather(*(new_runtime().signer.list_key() for _ in range(8)))
    keys = await asyncio.gather(*(signing_keys.current(database) for _ in range(8)))
    (listed,) = (await decks.get_signing_keys()).keys
    assert {key.public.key_id for key in keys} == {listed.kid}


async def test_nothing_but_the_index_makes_them_agree(own_database_url: str) -> None:
    """Negative control: without it each of eight would keep the key that it made."""
    database = await store.open_database(own_database_url)
    pool = OwnDatabase(database)
    await pool.execute("DROP INDEX one_private_key")
    await asyncio.gather(*(signing_keys.keep(pool, key) for key in (KEY, OTHER_KEY)))
    assert len((await signing_keys.public_keys(pool)).keys) == 2
    await pool.close()


async def test_a_rotation_reaches_running_workers(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """The next deck is signed with the new key. The former one is listed as retired, its secret is
    gone, and what it has signed stays ours.
    """
    await completed(decks, runtime, ["before"])
    key = await signing_keys.rotate(database)
    await completed(decks, runtime, ["after"])
    new, old = (await decks.get_signing_keys()).keys
    assert (new.kid, new.retired_at) == (key.key_id, None)
    assert old.retired_at is not None
    assert (
        await database.fetchval("SELECT count(*) FROM signing_keys WHERE private_key IS NOT NULL") == 1
    )
    assert (await report(decks, database, "after")).key_id == new.kid
    told = await report(decks, database, "before")
    assert (told.key_id, told.known) == (old.kid, True)


async def test_no_rotation_beside_a_key_of_the_workers(database: OwnDatabase) -> None:
    """A key that is kept elsewhere signs on, so it is not retired unless somebody insists."""
    await signing_keys.register(database, KEY.public)
    with pytest.raises(Conflict, match="DECK_SIGNING_KEY"):
        await signing_keys.rotate(database)
    (listed,) = (await signing_keys.public_keys(database)).keys
    assert listed.retired_at is None
    key = await signing_keys.rotate(database, force=True)
    assert (await signing_keys.current(database)).public.key_id == key.key_id


async def test_rotations_at_the_same_time(database: OwnDatabase) -> None:
    """Each takes the place of the one before, and one private key is left."""
    await asyncio.gather(*(signing_keys.rotate(database) for _ in range(4)))
    keys = (await signing_keys.public_keys(database)).keys
    assert (len(keys), sum(key.retired_at is None for key in keys)) == (4, 1)
    assert (await signing_keys.current(database)).public.key_id in {
        key.kid for key in keys if key.retired_at is None
    }


async def test_a_restart_changes_nothing(
    decks: AsyncOrchestrator, new_runtime: Callable[[], Runtime], database: OwnDatabase
) -> None:
    """Another worker signs the same deck with the same bytes."""
    signatures = []
    for name in ("d1", "d2"):
        submitted = await decks.enqueue_presentation_generation(name, "u", BRIEF, CSV)
        await work(new_runtime(), submitted.job_id)
        signatures.append((await stored(database, name)).deck["signature"])
    assert signatures[0] == signatures[1]


async def test_a_key_of_the_operators_own(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """DECK_SIGNING_KEY takes the place of the kept key; only its public part is stored, before the
    first deck is signed. After another one it is still known.
    """
    await runtime.signer.list_key()
    with_key(runtime, secret(KEY))
    await runtime.signer.list_key()
    ours, kept = (await decks.get_signing_keys()).keys
    assert (ours.kid, ours.retired_at) == (KEY.public.key_id, None)
    assert kept.retired_at is not None
    assert (
        await database.fetchval("SELECT count(*) FROM signing_keys WHERE private_key IS NOT NULL") == 0
    )
    await completed(decks, runtime, ["d"])
    with_key(runtime, secret(OTHER_KEY))
    await completed(decks, runtime, ["e"])
    assert (await report(decks, database, "e")).key_id == OTHER_KEY.public.key_id
    told = await report(decks, database, "d")
    assert (told.key_id, told.known) == (KEY.public.key_id, True)


async def test_a_key_comes_back(decks: AsyncOrchestrator, runtime: Runtime) -> None:
    """A retired key that is set again signs again, and is listed once."""
    for key in (KEY, OTHER_KEY, KEY):
        with_key(runtime, secret(key))
        await runtime.signer.list_key()
    retired = {key.kid: key.retired_at is not None for key in (await decks.get_signing_keys()).keys}
    assert retired == {KEY.public.key_id: False, OTHER_KEY.public.key_id: True}


async def test_no_secret_is_told(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    api: httpx.AsyncClient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither logs at any level nor the list of keys, the deck or an error of the database quote it."""
    caplog.set_level(logging.DEBUG)
    await completed(decks, runtime, ["d"])
    seed = (await signing_keys.current(database)).seed
    with pytest.raises(asyncpg.PostgresError) as error:
        await database.execute("UPDATE signing_keys SET retired_at = now()")
    said = [caplog.text, str(error.value)]
    said += [
        (await api.get(path)).text for path in ("/.well-known/deckgen-keys", "/api/presentations/d")
    ]
    for form in (seed.hex(), to_base64url(seed), str(seed)):
        assert all(form not in text for text in said)


async def test_the_public_keys_can_be_fetched(
    api: httpx.AsyncClient, runtime: Runtime, database: OwnDatabase
) -> None:
    """They are a JSON Web Key Set that may be cached for minutes: empty, until a worker has a key."""
    answer = await api.get("/.well-known/deckgen-keys")
    assert (answer.status_code, answer.json()) == (200, {"keys": []})
    await runtime.signer.list_key()
    await signing_keys.rotate(database)
    answer = await api.get("/.well-known/deckgen-keys")
    assert answer.headers["cache-control"] == "public, max-age=300"
    for jwk, key in zip(answer.json()["keys"], from_key_set(answer.json()), strict=True):
        assert jwk["kid"] == key.key_id
        assert (jwk["kty"], jwk["crv"], jwk["alg"], jwk["use"]) == ("OKP", "Ed25519", "EdDSA", "sig")
    document = (await api.get("/openapi.json")).json()
    assert "/.well-known/deckgen-keys" in document["paths"]
