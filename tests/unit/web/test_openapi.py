"""The OpenAPI document, as tools read it; `make contract` generates clients from it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from deckgen.domain.access import Scope
from deckgen.domain.event_data import DATA
from deckgen.domain.events import KINDS
from deckgen.domain.webhooks import Notification
from deckgen.web import examples
from deckgen.web.error_codes import error_codes
from deckgen.web.naming import OPERATION_IDS
from deckgen.web.openapi import describe
from deckgen.web.routes import routes
from tests import codes

# Pages and documents about the API itself.
OF_PAGES = {"docs", "list_errors", "error", "doc_page", "llms"}
UNDESCRIBED = {"root", "document", "metrics", "mcp", *OF_PAGES}
Node = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> Node:
    described: Node = json.loads(json.dumps(describe(routes(), "1.2.3")))
    return described


@pytest.fixture
def operations(document: Node) -> list[Node]:
    return [one for methods in document["paths"].values() for one in methods.values()]


def nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(each)


@pytest.mark.slow
def test_it_is_valid(document: Node) -> None:
    """It follows the specification of OpenAPI 3.1, with every reference."""
    assert [*OpenAPIV31SpecValidator(document).iter_errors()] == []


@pytest.mark.slow
def test_an_error_is_found(document: Node) -> None:
    """The control: a response without a description."""
    broken = json.loads(json.dumps(document))
    del broken["paths"]["/readyz"]["get"]["responses"]["200"]["description"]
    assert [*OpenAPIV31SpecValidator(broken).iter_errors()]


def test_every_route_is_described(operations: list[Node]) -> None:
    """Each has an operation of a name of its own, a group, an answer and how it can fail."""
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert len(names) == len({route.name for route in routes()} - UNDESCRIBED)  # type: ignore[attr-defined]
    for one in operations:
        assert len(one["tags"]) == 1
        assert any(status < "300" for status in one["responses"])
        assert any(status >= "400" for status in one["responses"])


def test_no_name_is_left_over() -> None:
    """What is renamed is there."""
    assert OPERATION_IDS.keys() <= {route.name for route in routes()}  # type: ignore[attr-defined]


def test_nothing_is_required_that_has_a_default(document: Node) -> None:
    """A client that leaves it out would be told of an error that there is not."""
    wrong = [
        (node.get("title"), name)
        for node in nodes(document)
        if isinstance(node.get("properties"), dict)
        for name in node.get("required", ())
        if "default" in node["properties"].get(name, {})
    ]
    assert wrong == []


def test_paths_speak_camel_case(document: Node) -> None:
    """As all names do: no client has `deck_id` beside `deckId`."""
    assert [path for path in document["paths"] if "_" in path] == []


def test_every_answer_has_a_schema(operations: list[Node]) -> None:
    """Files and streams as well, which generated clients would lose otherwise."""
    for one in operations:
        for answer in one["responses"].values():
            assert all(content.get("schema") for content in answer.get("content", {}).values())


def test_scopes_are_those_of_keys(operations: list[Node]) -> None:
    """Each operation names the scope that it needs, or says that it needs none."""
    told = {scope for one in operations for need in one["security"] for scope in need["key"]}
    assert told == set(Scope)


@pytest.mark.slow
def test_codes_are_an_enum_with_a_page_each(document: Node) -> None:
    """All that there are, as docs/errors.md has them."""
    assert set(document["components"]["schemas"]["ErrorCode"]["enum"]) == codes.all_codes()
    assert all(each.meaning and each.advice for each in error_codes().values())


@pytest.mark.parametrize("name", ["Problem", "JobError", "JobDelayed", "JobFailed"])
def test_a_code_may_be_of_a_later_release(document: Node, name: str) -> None:
    """Clients know the codes of this release, and take any other as text."""
    code = document["components"]["schemas"][name]["properties"]["code"]
    assert code["anyOf"] == [{"$ref": "#/components/schemas/ErrorCode"}, {"type": "string"}]


def test_nothing_is_deprecated(document: Node) -> None:
    """As docs/http-api.md says; answers from what is deprecated need the headers that it promises."""
    assert [node for node in nodes(document) if node.get("deprecated")] == []


def test_a_deck_is_typed(document: Node) -> None:
    """In what is told of it, in its draft, and as a version."""
    fields = document["components"]["schemas"]["Presentation"]["properties"]
    deck = {"$ref": "#/components/schemas/Deck"}
    assert fields["deck"]["anyOf"] == fields["draft"]["anyOf"] == [deck, {"type": "null"}]


def test_a_table_is_text_in_json_and_a_file_in_a_form(document: Node) -> None:
    """Bodies of both kinds have schemas of their own."""
    schemas = document["components"]["schemas"]
    for name, form in (("GenerateRequest", "GenerateForm"), ("PreviewRequest", "PreviewForm")):
        assert "binary" not in json.dumps(schemas[name])
        assert schemas[form]["properties"]["csvData"]["format"] == "binary"
        kinds = [node.get("type") for node in nodes([*schemas[form]["properties"].values()])]
        assert "null" not in kinds


def test_events_are_told_apart_by_their_kind(document: Node) -> None:
    """Each kind has a schema of its data."""
    assert DATA.keys() == KINDS.keys()
    mapping = document["components"]["schemas"]["JobEvent"]["discriminator"]["mapping"]
    assert mapping.keys() == KINDS.keys()


def test_headers_stand_where_they_are_sent(document: Node) -> None:
    """Where to ask, when to come back, and what the client has already."""
    paths = document["paths"]
    accepted = paths["/api/ai/generate-async"]["post"]["responses"]
    assert {"Location", "RateLimit", "X-Request-ID"} <= accepted["202"]["headers"].keys()
    assert "304" not in accepted
    assert "Retry-After" in accepted["429"]["headers"]
    read = paths["/api/presentations/{deckId}"]["get"]
    assert "ETag" in read["responses"]["200"]["headers"]
    assert "If-None-Match" in [one.get("name") for one in read["parameters"]]


def test_answers_may_grow(document: Node) -> None:
    """A release may bring members, so no schema of an answer forbids them; a body's does."""
    schemas = document["components"]["schemas"]
    assert "additionalProperties" not in schemas["Job"]
    assert schemas["GenerateRequest"]["additionalProperties"] is False


@pytest.mark.parametrize("model", [*examples.EXAMPLES, *examples.ANSWERS])
def test_examples_are_of_their_models(model: Any) -> None:
    """Whoever copies one sends or reads what is meant."""
    model.model_validate((examples.EXAMPLES | examples.ANSWERS)[model])


@pytest.mark.parametrize("kind", ["job.completed", "job.failed", "job.cancelled"])
def test_examples_of_webhooks(kind: str) -> None:
    """Each is what would be posted."""
    told = examples.notified(kind)
    assert Notification.model_validate(told).to_json() == told
