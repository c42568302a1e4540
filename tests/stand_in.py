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

from deckgen.domain.steps import CONTRACT, Step

# What a job runs that no model improves.
OFFLINE = [Step.PROFILE, Step.FACTS, Step.DRAFT, Step.ASSEMBLE]

Answer = Callable[[], Awaitable[Response]]


@dataclass(frozen=True)
class Call:
    step: Step
    key: str
    request: dict[str, Any]
    dataset: bytes | None
    traceparent: str | None = None


@dataclass
class StandIn:
    """`answers` holds, for a step, what to answer first; then it answers with what `results` makes of
    the call, or with the step's name.
    """

    calls: list[Call] = field(default_factory=list)
    answers: dict[Step, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    results: dict[Step, Callable[[Call], Any]] = field(default_factory=dict)
    readiness: Answer | None = None
    called: dict[Step, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))

    @property
    def steps(self) -> list[Step]:
        return [call.step for call in self.calls]

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/steps/{step}", self._execute, methods=["POST"]),
                Route("/readyz", self._ready),
            ]
        )

    async def _ready(self, request: Request) -> Response:
        return await self.readiness() if self.readiness else JSONResponse({"contracts": [CONTRACT]})

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
                    traceparent=request.headers.get("traceparent"),
                )
            )
        self.called[step].set()
        if self.answers[step]:
            return await self.answers[step].pop(0)()
        if step in self.results:
            return JSONResponse(self.results[step](self.calls[-1]))
        return JSONResponse({"result": {"made": step}})


def answer(response: Response) -> Answer:
    async def respond() -> Response:
        return response

    return respond


def told_as(result: Any) -> Answer:
    return answer(JSONResponse({"result": result}))


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


def with_model(stand_in: StandIn, slides: int, *, tokens: int = 100) -> None:
    """From now on a draft of so many slides is improved; each call takes so many tokens."""
    most = {"tokens": 2 * tokens, "cost": None}
    intents = [{"slide": {"id": f"s{number}"}, "most": most} for number in range(1, slides + 1)]
    order = [f"s{number}" for number in range(1, slides + 1)]
    telling = {
        "outline": {"title": "T", "order": order, "made": {}},
        "shared": "what all slides are told",
        "intents": intents,
    }
    stand_in.results |= {
        Step.DRAFT: lambda call: {
            "result": {"upgrade": {"model": "gpt-test", "most": most}, "deck": {"made": "draft"}}
        },
        Step.STORYLINE: lambda call: {"result": telling, "call": paid(tokens)},
        Step.SLIDE: lambda call: {"result": written(part_of(call)), "call": paid(tokens)},
        Step.REPAIR: lambda call: {"result": written(part_of(call), attempts=2), "call": paid(tokens)},
    }


def paid(tokens: int = 100) -> dict[str, Any]:
    """What a call to the model took."""
    return {
        "model": "gpt-test",
        "tokensIn": tokens - 10,
        "tokensCached": 5,
        "tokensOut": 10,
        "cost": 0.001,
        "seconds": 0.5,
    }


def part_of(call: Call) -> str:
    """The slide that a call is about."""
    part: str = call.request["inputs"]["storyline"]["intent"]["slide"]["id"]
    return part


def written(name: str, *, attempts: int = 1) -> dict[str, Any]:
    """A slide as the model wrote it."""
    slide = {"id": name, "layout": "chart", "title": "By the model", "made": {"attempts": attempts}}
    return {"slide": slide, "problems": [], "answer": "", "most": None}


def refused(problem: str, tokens: int = 200) -> dict[str, Any]:
    """What a slide step answers if the model's slide can't be used."""
    most = {"tokens": tokens, "cost": None}
    return {"slide": None, "problems": [problem], "answer": "{}", "most": most}
