"""Cancel of a job in work: from the request until the worker has let go of the step."""

import time

from bench.queue.figures import Figure, percentile, spread, until
from bench.queue.fleet import Fleet
from bench.queue.ground import Ground

LONG = 60.0


async def measure(ground: Ground) -> list[Figure]:
    seconds = []
    async with Fleet(ground) as fleet:
        await fleet.takes(draft=LONG)
        for number in range(ground.pick(40, 10)):
            job = await fleet.post(f"cancel-{number}", "user")
            await until(lambda job=job: _call(fleet, job), "start of a step")
            asked = time.time()
            status, _ = await fleet.api.request("POST", f"/api/ai/jobs/{job}/cancel")
            if status != 200:
                raise RuntimeError(f"The cancel was answered with {status}.")
            seconds.append(await until(lambda job=job: _dropped(fleet, job), "end of a step") - asked)
    return [
        Figure(
            "cancel of an active job: p99",
            "<= 0.5 s",
            spread([1000 * one for one in seconds], "ms"),
            percentile(seconds, 99) <= 0.5,
            "Until the orchestrator sees that the worker has hung up; the status changes before that.",
        )
    ]


async def _call(fleet: Fleet, job: str) -> dict[str, object] | None:
    return next((call for call in await fleet.calls() if call["job"] == job), None)


async def _dropped(fleet: Fleet, job: str) -> float | None:
    call = await _call(fleet, job)
    return call["ended"] if call and call["dropped"] else None
