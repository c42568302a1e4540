"""The log of deliveries over HTTP, and the wish for a redelivery."""

import httpx

from deckgen.queue.service import AsyncOrchestrator
from tests.databases import OwnDatabase
from tests.endpoints import DELIVERIES, ENDPOINTS, SHOWN, cancelled, code, created


async def test_the_log(decks: AsyncOrchestrator, api: httpx.AsyncClient) -> None:
    """The newest first, page by page, of a job, to an endpoint, or in a status."""
    first, second = [(await created(api))["endpointId"] for _ in range(2)]
    jobs = [await cancelled(decks, f"d{number}") for number in range(3)]
    await api.patch(f"{ENDPOINTS}/{first}", json={"enabled": False})
    seen, cursor = [], ""
    while cursor is not None:
        page = (await api.get(DELIVERIES, params={"limit": 4, "cursor": cursor})).json()
        seen += [(one["jobId"], one["endpointId"]) for one in page["deliveries"]]
        cursor = page["nextCursor"]
    assert [job for job, _ in seen] == [job for job in reversed(jobs) for _ in range(2)]
    assert len(set(seen)) == 6
    for query, count in (
        ({"job": jobs[0]}, 2),
        ({"endpoint": second}, 3),
        ({"status": "given_up"}, 3),
        ({"status": "given_up", "endpoint": second}, 0),
    ):
        found = (await api.get(DELIVERIES, params=query)).json()["deliveries"]
        assert len(found) == count
    (one,) = (await api.get(DELIVERIES, params={"job": jobs[0], "endpoint": first})).json()[
        "deliveries"
    ]
    assert (one["event"], one["url"], one["lastError"]) == (
        "job.cancelled",
        SHOWN,
        "The endpoint was disabled.",
    )


async def test_redelivery(
    decks: AsyncOrchestrator, api: httpx.AsyncClient, database: OwnDatabase
) -> None:
    """An event that was told is sent again, unless it waits to be, or its receiver or job is gone."""
    endpoint = f"{ENDPOINTS}/{(await created(api))['endpointId']}"
    job_id = await cancelled(decks)
    (delivery,) = (await api.get(DELIVERIES)).json()["deliveries"]
    redeliver = f"{DELIVERIES}/{delivery['deliveryId']}/redeliver"
    assert code(await api.post(redeliver)) == (409, "delivery_is_pending")
    told = (
        "UPDATE webhook_deliveries SET status = 'delivered', delivered_at = now(), dispatched_at = NULL"
    )
    await database.execute(told)
    again = await api.post(redeliver)
    audited = (await api.get("/api/audit?action=delivery.repeated")).json()["entries"]
    assert [entry["target"]["id"] for entry in audited] == [delivery["deliveryId"]]
    assert (again.status_code, again.json()["status"], again.json()["jobId"]) == (
        202,
        "pending",
        job_id,
    )
    await database.execute(told)
    await api.patch(endpoint, json={"enabled": False})
    assert code(await api.post(redeliver)) == (409, "endpoint_disabled")
    await database.execute("UPDATE jobs SET purged_at = now()")
    assert code(await api.post(redeliver)) == (404, "delivery_not_found")
