"""A stand-in for the orchestrator: answers as it is told, and writes down every call."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deckgen.domain.steps import Step

Answer = Callable[[], Awaitable[Response]]


@dataclass(frozen=True)
class Call:
    step: Step
    key: str
    request: dict[str, Any]
    dataset: bytes | None


@dataclass
class StandIn:
    """`answers` holds, for a step, what to answer first; then it answers with the step's name."""

    calls: list[Call] = field(default_factory=list)
    answers: dict[Step, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    called: dict[Step, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))

    @property
    def steps(self) -> list[Step]:
        return [call.step for call in self.calls]

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/steps/{step}", self._execute, methods=["POST"])])

    async def _execute(self, request: Request) -> Response:
        step = Step(request.path_params["step"])
        async with request.form() as form:
            part, dataset = form["request"], form.get("dataset")
            assert isinstance(part, UploadFile)
            self.calls.append(
                Call(
                    step=step,
                    key=request.headers["Idempotency-Key"],
                    request=json.loads(await part.read()),
                    dataset=await dataset.read() if isinstance(dataset, UploadFile) else None,
                )
            )
        self.called[step].set()
        if self.answers[step]:
            return await self.answers[step].pop(0)()
        return JSONResponse({"result": {"made": step}})


def answer(response: Response) -> Answer:
    async def respond() -> Response:
        return response

    return respond


def problem(
    status: int, code: str, *, retryable: bool, headers: dict[str, str] | None = None
) -> Answer:
    body = {"code": code, "detail": f"It is {code}.", "retryable": retryable}
    return answer(JSONResponse(body, status, headers, media_type="application/problem+json"))


def held(until: asyncio.Event, result: Any) -> Answer:
    """Answer only once `until` is set."""

    async def respond() -> Response:
        await until.wait()
        return JSONResponse({"result": result})

    return respond
