"""`python -m tests.faults.orchestrator PORT LEDGER SEED`: a stand-in that writes down every call.

It keeps finished answers by Idempotency-Key and joins calls in flight, as the real one does, unless
`forgetful` is the fourth argument. Some calls fail before the work, or after it.
"""

import asyncio
import json
import random
import sys
import time
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deckgen.http.server import serve
from deckgen.settings import load_settings

SECONDS = (0.02, 0.1)  # how long the work of a step takes
BROKEN, BUSY, LOST = 0.05, 0.02, 0.02  # fractions: 500 and 429 before the work, 502 after it


class Ledger:
    """One line a call and one a paid execution, appended whole: it survives this process."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, kind: str, key: str) -> None:
        with self._path.open("a") as file:
            file.write(json.dumps({"kind": kind, "key": key, "at": time.time()}) + "\n")


class StandIn:
    def __init__(self, ledger: Ledger, seed: int, *, forgetful: bool) -> None:
        self._forgetful = forgetful
        self._ledger, self._random = ledger, random.Random(seed)
        self._answers: dict[str, asyncio.Task[None]] = {}

    async def execute(self, request: Request) -> Response:
        key, luck = request.headers["idempotency-key"], self._random.random()
        self._ledger.write("call", key)
        await request.body()
        if luck < BROKEN:
            return JSONResponse({"detail": "broken"}, 500)
        if luck < BROKEN + BUSY:
            return JSONResponse({"detail": "busy"}, 429, {"Retry-After": "0"})
        if key not in self._answers or self._forgetful:
            self._answers[key] = asyncio.create_task(self._work(key))
        await asyncio.shield(self._answers[key])
        if luck > 1 - LOST:
            return JSONResponse({"detail": "lost on the way"}, 502)
        return JSONResponse({"result": {"made": request.path_params["step"]}})

    async def _work(self, key: str) -> None:
        self._ledger.write("paid", key)
        await asyncio.sleep(self._random.uniform(*SECONDS))


def main(port: int, ledger: Path, seed: int, *, forgetful: bool) -> None:
    stand_in = StandIn(Ledger(ledger), seed, forgetful=forgetful)
    app = Starlette(
        routes=[
            Route("/steps/{step}", stand_in.execute, methods=["POST"]),
            Route("/readyz", lambda request: JSONResponse({})),
        ]
    )
    serve(app, load_settings(), port=port)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), forgetful="forgetful" in sys.argv)
