"""The calls to the stand-in, with their outcomes and the tokens that they would have cost."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """One request for a completion.

    `kind` is the name of the schema, or else the type of the answer; `status` is null if no answer
    was begun. `billed` says that a completion was generated, `delivered` that all of the answer was
    sent to a client that was still there.
    """

    client_request_id: str | None
    model: str | None
    kind: str
    status: int | None
    fault: str | None = None
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    billed: bool = False
    traceparent: str | None = None
    delivered: bool = False

    def append_to(self, path: Path) -> None:
        """Append the entry as one line, which survives the process."""
        with path.open("a") as file:
            file.write(json.dumps(asdict(self)) + "\n")
