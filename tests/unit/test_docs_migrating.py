"""The page for those who come from BullMQ names what there is in deckgen, and leaves out nothing."""

import re

from arq.constants import in_progress_key_prefix, job_key_prefix
from starlette.routing import Route

from deckgen.config.settings import Settings
from deckgen.domain.events import KINDS
from deckgen.domain.jobs import JobStatus
from deckgen.queue.pool import QUEUE_NAME
from deckgen.redis.kept_answers import answer_name
from deckgen.web.routes import routes
from tests.pages import ROOT

PAGE = (ROOT / "docs" / "migrating-from-bullmq.md").read_text()
# Told of priorities and stops, of which BullMQ has no events.
NOT_IN_BULLMQ = {"job.priority_changed", "job.released", "job.redriven"}


def part(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def second_cells(text: str) -> set[str]:
    """What stands in the column of deckgen."""
    cells = re.findall(r"^\| [^|]+ \| ([^|]+) \|", text, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def test_statuses() -> None:
    """Each status of a job is that of something in BullMQ."""
    table = part("Statuses").partition("\n\n|")[0]
    assert {word for word in second_cells(table) if word != "job_not_found"} == set(JobStatus)


def test_events() -> None:
    """Each event is, but for what BullMQ does not tell."""
    assert second_cells(part("Events")) == set(KINDS) - NOT_IN_BULLMQ


def test_requests() -> None:
    """Requests are served by the names that they have here."""
    served = {
        (method, re.sub(r"_(\w)", lambda name: name[1].upper(), route.path))
        for route in routes()
        if isinstance(route, Route)
        for method in route.methods or ()
    }
    named = set(re.findall(r"`(GET|POST|PATCH) (/[^`?]+)[^`]*`", PAGE))
    assert named
    assert named <= served


def test_settings() -> None:
    """Names in capitals are settings."""
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`", PAGE))
    assert named
    assert {name.lower() for name in named} <= Settings.model_fields.keys()


def test_keys_of_redis() -> None:
    """What is said to redis-cli names the keys as workers write them."""
    named = set(re.findall(r"^keys .*?((?:arq|deckgen):[\w:*-]+)", PAGE, re.MULTILINE))
    assert named == {
        QUEUE_NAME,
        f"{QUEUE_NAME}:health-check:*",
        f"{in_progress_key_prefix}*",
        f"{job_key_prefix}*",
        answer_name("*"),
    }
