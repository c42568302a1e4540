"""The pages /docs and /docs/errors, and the documents as Markdown at /docs/{page}.md and /llms.txt."""

import base64
import hashlib
import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from deckgen.web.doc_pages import listed, pages
from deckgen.web.error_codes import error_codes
from deckgen.web.openapi import described, kept
from deckgen.web.schemas import PREFIX

TEMPLATES = Path(__file__).parent / "templates"
SCRIPT = (TEMPLATES / "reference.js").read_text()
_HASH = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
# The page runs its own script, which asks this server alone.
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src 'sha256-{_HASH}'; style-src 'unsafe-inline'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
Object = dict[str, Any]
templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
# Links lead to other pages of docs/, which the server has for programs alone.
_markdown = MarkdownIt("commonmark", {"html": False})
_markdown.add_render_rule("link_open", lambda *_: "")
_markdown.add_render_rule("link_close", lambda *_: "")


async def docs(request: Request) -> Response:
    """Show a page to read and try the API."""

    def write() -> bytes:
        document = described(request)
        schemas = document["components"]["schemas"]

        def resolved(schema: Object) -> Object:
            found: Object = schemas[schema["$ref"].removeprefix(PREFIX)] if "$ref" in schema else schema
            return found

        groups = _groups(document)
        return _page("reference.html", document=document, groups=groups, resolved=resolved)

    return await _shown(request, write)


async def list_errors(request: Request) -> Response:
    """List the codes of errors."""
    return await _shown(request, lambda: _page("errors.html", codes=[*error_codes().values()]))


async def error(request: Request) -> Response:
    """Show what one code means, and what to do."""
    found = error_codes().get(request.path_params["code"])
    if found is None:
        raise HTTPException(404, "There is no such code")
    return await _shown(request, lambda: _page("errors.html", codes=[found], title=found.code))


async def llms(request: Request) -> Response:
    """List the documents for assistants, in the form of llmstxt.org."""
    return await kept(request, "text/plain", lambda: listed().encode())


async def doc_page(request: Request) -> Response:
    """Get a document as Markdown."""
    text = pages().get(request.path_params["page"])
    if text is None:
        raise HTTPException(404, "There is no such page")
    return await kept(request, "text/markdown", text.encode)


async def _shown(request: Request, write: Callable[[], bytes]) -> Response:
    answer = await kept(request, "text/html", write)
    answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return answer


def _page(name: str, **context: Any) -> bytes:
    helpers = {"prose": prose, "kind": kind, "shown": shown, "fields": fields, "example": example}
    known = {"version": version("deckgen"), "script": Markup(SCRIPT)}  # noqa: S704 - a file of ours
    return templates.get_template(name).render(**known, **helpers, **context).encode()


def _groups(document: Object) -> list[tuple[Object, list[tuple[str, str, Object]]]]:
    """Returns each tag with its operations, as path, method and operation."""
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return [
        (tag, [each for each in operations if tag["name"] in each[2]["tags"]])
        for tag in document["tags"]
    ]


def prose(text: str) -> Markup:
    """Returns Markdown as HTML."""
    return Markup(_markdown.render(text))  # noqa: S704 - the renderer lets no HTML through


def kind(schema: Object) -> Markup:
    """Returns what a value of a schema is, in words, with links to other schemas."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(PREFIX)
        return Markup('<a href="#schema-{0}">{0}</a>').format(name)
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return Markup(" or ").join(kind(one) for one in schema[several])
    if "const" in schema:
        return Markup("<code>{}</code>").format(schema["const"])
    if schema.get("type") == "array":
        return Markup("list of {}").format(kind(schema.get("items", {})))
    if isinstance(schema.get("additionalProperties"), dict):
        return Markup("object of {}").format(kind(schema["additionalProperties"]))
    words = schema.get("format") or schema.get("type") or "any"
    return Markup("{}").format({"binary": "file", "date-time": "time"}.get(words, words))


def fields(schema: Object) -> list[tuple[str, Object, bool]]:
    """Returns the members of a schema, each with whether it is required."""
    required = schema.get("required", ())
    return [(name, field, name in required) for name, field in schema.get("properties", {}).items()]


def example(operation: Object, name: str) -> str:
    """Returns what the form of an operation has in a field: the same as the example in JSON."""
    values = operation["requestBody"]["content"].get("application/json", {}).get("example", {})
    value = values.get(name, "")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def shown(value: Any) -> str:
    """Returns a value as JSON for a person."""
    return json.dumps(value, indent=2, ensure_ascii=False)
