"""What was sent when the session was over: it is held by the sign-in page, and sent again after it."""

import json
from dataclasses import asdict, dataclass

from python_multipart import create_form_parser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File
from starlette.requests import Request
from starlette.responses import Response

from deckgen.pages.sessions import is_own_path
from deckgen.pages.shell import page

# Fields stand before the files of a form, so the first bytes hold what was typed.
MOST_BYTES = 100_000
LOST_FILE = "lostFile"  # a field that says that a file has to be chosen once more


@dataclass(frozen=True)
class Held:
    """A request that was not let in: where to, its fields by their names, and if it had a file too."""

    path: str
    fields: list[tuple[str, str]]
    has_file: bool

    def encoded(self) -> str:
        return json.dumps(asdict(self))


def decoded(text: str) -> Held | None:
    """Returns what a sign-in page has held; None for nothing, or for what no page of ours has."""
    try:
        values = json.loads(text)
        fields = [(str(name), str(value)) for name, value in values["fields"]]
        held = Held(str(values["path"]), fields, bool(values["has_file"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return held if is_own_path(held.path) else None


async def hold(request: Request) -> Response:
    """Returns the sign-in page that holds what was sent."""
    fields, has_file = await _fields(request)
    held = Held(request.url.path, fields, has_file)
    # A form that htmx has sent gets the page in its place.
    answer = page(
        request,
        "sign_in/sign_in.html",
        status=401,
        error="",
        next="",
        held=held.encoded(),
        has_file=has_file,
        is_over=True,
    )
    answer.headers.update({"HX-Retarget": "body", "HX-Reswap": "innerHTML"})
    return answer


async def _fields(request: Request) -> tuple[list[tuple[str, str]], bool]:
    """Returns the fields in the first bytes of a form, and true if there was a file as well."""
    first, is_cut = await _first_bytes(request)
    fields: list[tuple[str, str]] = []
    files: list[File] = []

    def keep(field: Field) -> None:
        name, value = field.field_name or b"", field.value or b""
        fields.append((name.decode(errors="replace"), value.decode(errors="replace")))

    try:
        header = request.headers.get("content-type", "").encode("latin-1")
        form = create_form_parser({"Content-Type": header}, keep, files.append)
        form.write(first)
    except FormParserError:
        return [], True
    return fields, is_cut or any(file.size for file in files)


async def _first_bytes(request: Request) -> tuple[bytes, bool]:
    """Returns the beginning of a body, and true if there is more: who is not let in sends no more."""
    first = bytearray()
    async for chunk in request.stream():
        first += chunk
        if len(first) > MOST_BYTES:
            return bytes(first[:MOST_BYTES]), True
    return bytes(first), False
