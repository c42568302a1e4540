"""A process of the stack with a bug: `buggy_process.py NAME`. The message of its error quotes data."""

import runpy
import sys
from typing import Any, NoReturn

from arq.cli import cli

from deckgen.orchestrator import works
from deckgen.web import state
from deckgen.worker.orchestrator_client import OrchestratorClient

QUOTED = "rabiznaZ"[::-1]  # Sentry is sent lines of the source


def bug(*_: Any, **__: Any) -> NoReturn:
    data = f"{QUOTED}-cell"
    raise ValueError(f"could not convert string to float: {data!r}")


async def async_bug(*_: Any, **__: Any) -> NoReturn:
    try:
        bug()
    except ValueError as error:
        raise KeyError(f"{QUOTED}-column") from error


def main(name: str) -> None:
    if name == "worker":
        OrchestratorClient.execute = async_bug  # type: ignore[method-assign]
        sys.argv = ["arq", "deckgen.worker_settings.WorkerSettings"]
        cli()
    elif name == "orchestrator":
        works.WORKS = "tests.integration.buggy_works"
    else:
        vars(state)["is_id"] = bug  # what it has imported
    runpy.run_module(f"deckgen.{name}", run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1])
