"""`python -m tests.faults.orchestrator PORT LEDGER SEED`: a stand-in that writes down every call.

It keeps finished answers by Idempotency-Key and joins calls in flight, as the real one does, unless
`forgetful` is in the fourth argument; what it has paid for it knows after a restart too. With `slow` a
step takes longer than a lease; with `sound` it has no faults of its own. Else some calls fail before
the work, and some answers are lost after it: of each job one at most. A deck whose
id begins with POISON kills it. A file beside the ledger says what else befalls it meanwhile.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from deckgen.config.settings import load_settings
from deckgen.dev.fake_openai.silences import WithTransport, reset
from deckgen.domain.step_contract import NOT_SERVED_CONTRACT
from deckgen.domain.steps import CONTRACT
from deckgen.http.server import serve

SECONDS = (0.02, 0.1)  # how long the work of a step takes
SLOW_SECONDS = (1.2, 1.4)
DRIP_SECONDS = 0.2
POISON = "poison"  # what the deck ids of jobs begin with that kill who serves them
# A call that breaks counts as a crash; of those a job bears two in a row, and deaths are crashes too.
FATES_OF_A_JOB = 1
# What the file says: a word for all calls. A proxy in its place, another release, a slow network.
MOOD_FILE = "mood"
DELAY_SECONDS = 0.6
# What becomes of a call, and how often. The first two are refused before the work.
ANSWERED = "answered"
FATES = {
    "broken": 0.05,
    "busy": 0.02,
    "hangs": 0.02,
    "reset": 0.01,
    "drips": 0.01,
    "malformed": 0.01,
    "halved": 0.01,
}


class Ledger:
    """One line a call and one a paid execution, appended whole: it survives this process."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, kind: str, key: str) -> None:
        with self._path.open("a") as file:
            file.write(json.dumps({"kind": kind, "key": key, "at": time.time()}) + "\n")

    def keys(self, kind: str) -> list[str]:
        """Of what was written before."""
        lines = self._path.read_text().splitlines() if self._path.exists() else []
        entries = [json.loads(line) for line in lines]
        return [entry["key"] for entry in entries if entry["kind"] == kind]

    def mood(self) -> str:
        """ "" in good times."""
        try:
            return self._path.with_name(MOOD_FILE).read_text()
        except FileNotFoundError:
            return ""


class StandIn:
    def __init__(self, ledger: Ledger, seed: int, mode: str) -> None:
        self._mode = mode
        self._ledger, self._random = ledger, random.Random(seed)
        self._fates = Counter(ledger.keys("fate"))  # of each job
        self._answers: dict[str, asyncio.Task[None]] = {}
        self._paid_before = set(ledger.keys("paid"))

    async def ready(self, request: Request) -> Response:
        return await self._befallen() or JSONResponse({"contracts": [CONTRACT]})

    async def execute(self, request: Request) -> Response:
        if befallen := await self._befallen():
            return befallen
        key = request.headers["idempotency-key"]
        fate = self._fate(key.partition(":")[0])
        self._ledger.write("call", key)
        if b'"deckId":"' + POISON.encode() in await request.body():
            os.kill(os.getpid(), signal.SIGKILL)
        if fate == "broken":
            return JSONResponse({"detail": "broken"}, 500)
        if fate == "busy":
            return JSONResponse({"detail": "busy"}, 429, {"Retry-After": "0"})
        if key not in self._answers or "forgetful" in self._mode:
            self._answers[key] = asyncio.create_task(self._work(key))
        await asyncio.shield(self._answers[key])
        return await _answer(request, fate)

    async def _befallen(self) -> Response | None:
        """What all calls are answered with just now, if it is nothing of a job's."""
        match self._ledger.mood():
            case "proxy":
                return Response("<h1>502 Bad Gateway</h1>", 502, media_type="text/html")
            case "release":
                problem = {"code": NOT_SERVED_CONTRACT, "detail": "Not served here."}
                return JSONResponse(problem, 409, media_type="application/problem+json")
            case "slow":
                await asyncio.sleep(DELAY_SECONDS)
        return None

    def _fate(self, job_id: str) -> str:
        fates, rates = [*FATES, ANSWERED], [*FATES.values(), 1 - sum(FATES.values())]
        fate = self._random.choices(fates, rates)[0]
        if "sound" in self._mode or self._fates[job_id] >= FATES_OF_A_JOB or fate == ANSWERED:
            return ANSWERED
        self._fates[job_id] += 1
        self._ledger.write("fate", job_id)
        return fate

    async def _work(self, key: str) -> None:
        if key in self._paid_before:
            return
        self._ledger.write("paid", key)
        await asyncio.sleep(self._random.uniform(*(SLOW_SECONDS if "slow" in self._mode else SECONDS)))


async def _answer(request: Request, fate: str) -> Response:
    """The answer, or how it is lost on its way."""
    if fate == "hangs":
        while (await request.receive())["type"] != "http.disconnect":
            pass
    elif fate == "reset":
        reset(request)
    elif fate == "drips":
        return StreamingResponse(_drip(), media_type="application/json")
    elif fate == "malformed":
        return Response('{"result": {"made": ', media_type="application/json")
    elif fate == "halved":
        return Response('{"result"', headers={"Content-Length": "1000"})
    return JSONResponse({"result": {"made": request.path_params["step"]}})


async def _drip() -> AsyncIterator[bytes]:
    """A byte now and then, each of them well within any timeout of a read; ends with the client."""
    while True:
        yield b" "
        await asyncio.sleep(DRIP_SECONDS)


def main(port: int, ledger: Path, seed: int, mode: str) -> None:
    stand_in = StandIn(Ledger(ledger), seed, mode)
    app = Starlette(
        routes=[
            Route("/steps/{step}", stand_in.execute, methods=["POST"]),
            Route("/readyz", stand_in.ready),
        ]
    )
    serve(WithTransport(app), load_settings(), name="orchestrator", port=port)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
