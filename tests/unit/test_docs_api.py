"""The pages of the API have every request, field and event, and nothing that there is not."""

import json
import re

import pytest
from starlette.routing import Route

from deckgen.domain.event_data import DATA
from deckgen.domain.events import KINDS, TERMINAL
from deckgen.domain.job_kinds.generate import GenerateRequest
from deckgen.domain.job_warnings import WarningCode
from deckgen.domain.webhooks import Notification
from deckgen.store.queries import SQL
from deckgen.web.routes import routes
from tests.pages import ROOT, blocks

API, EVENTS, WEBHOOKS, GLOSSARY = (
    (ROOT / "docs" / f"{name}.md").read_text()
    for name in ("http-api", "events", "webhooks", "glossary")
)
# What the statements write into an event: its kind, and the members of what is built for it.
WRITTEN = re.compile(
    r"'(?P<kind>(?:job|step|draft)\.[a-z_]+)'(?:,\s*(?:jsonb_strip_nulls\()?jsonb_build_object\("
    r"(?P<data>(?:[^()]|\([^()]*\))*)\))?"
)
ROW = re.compile(r"^\| in (?P<kinds>`[^|]+`) \| (?P<data>[^|]+) \|$", re.MULTILINE)


def camel_case(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: "{" + re.sub(r"_(\w)", _upper, name[1]) + "}", path)


def _upper(found: re.Match[str]) -> str:
    return found[1].upper()


def test_every_request_has_a_row() -> None:
    """Method and path, as the server knows them."""
    served = {
        f"{method} {camel_case(route.path)}"
        for route in routes()
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert set(re.findall(r"^\| `([A-Z]+ /[^`]*)` \|", API, re.MULTILINE)) == served


def test_the_models_of_events() -> None:
    """What the OpenAPI document says of an event's data is what the page says."""
    said: dict[str, set[str]] = {}
    for row in ROW.finditer(EVENTS):
        members = set(re.findall(r"(?:^|[;,] )\[?`(\w+)`", row["data"]))
        said |= dict.fromkeys(re.findall(r"`([\w.]+)`", row["kinds"]), members)
    assert {
        kind: {field.alias for field in data.model_fields.values()} for kind, data in DATA.items()
    } == said


def test_every_field_has_a_row() -> None:
    """Of a request for a deck."""
    aliases = {field.alias for field in GenerateRequest.model_fields.values()}
    part = API.partition("## Ask for a deck")[2].partition("## Follow a job")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)) == aliases


def test_every_warning_has_a_row() -> None:
    """Of a job that is completed."""
    part = API.partition("### Warnings of a job")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)) == tuple(WarningCode)


def test_the_data_of_every_event() -> None:
    """The page says which members an event has, as the statements write them."""
    written: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for file in SQL.rglob("*.sql"):
        for found in WRITTEN.finditer(file.read_text()):
            if found["kind"] in written:
                written[found["kind"]] |= set(re.findall(r"'([a-zA-Z]+)',", found["data"] or ""))
    said: dict[str, set[str]] = {}
    for row in ROW.finditer(EVENTS):
        members = set(re.findall(r"(?:^|[;,] )\[?`(\w+)`", row["data"]))
        said |= dict.fromkeys(re.findall(r"`([\w.]+)`", row["kinds"]), members)
    # One statement chooses between these two, and names the worker in both.
    written["job.reclaimed"] |= {"worker"}
    written["job.failed"] |= {"worker"}
    assert said == written


def test_the_body_of_a_webhook() -> None:
    """The example has every member and no other, and each end has its row."""
    (example,) = (block for block in blocks("json") if block.page == "docs/webhooks.md")
    document = json.loads(example.text)
    assert Notification.model_validate(document).to_json().keys() == document.keys()
    assert Notification.model_validate(document).to_json()["data"].keys() == document["data"].keys()
    assert set(re.findall(r"^\| `(job\.\w+)` \|", WEBHOOKS, re.MULTILINE)) == TERMINAL


@pytest.mark.parametrize(
    ("title", "kind"), [("a job", "job_status"), ("a presentation", "presentation_status")]
)
def test_statuses(title: str, kind: str) -> None:
    """The glossary has those of the database."""
    schema = (ROOT / "sql" / "migrations" / "0001_truth.sql").read_text()
    declared = schema.partition(f"CREATE TYPE {kind} AS ENUM (")[2].partition(");")[0]
    part = GLOSSARY.partition(f"## Statuses of {title}")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) == re.findall(
        r"^\s+'(\w+)'", declared, re.MULTILINE
    )
