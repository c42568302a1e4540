"""ETags: an answer that the client has already is not sent again (RFC 9110, 13.1.2)."""

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response

# A browser may keep the answer and asks each time if it still holds; a shared cache may not keep it.
REVALIDATED = "private, no-cache"
_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def tagged(tag: str) -> dict[str, str]:
    """Returns the headers of the answer with this tag, which has no quotes here.

    It is a weak one: compressed and plain answers are other bytes, and mean the same.
    """
    return {"ETag": f'W/"{tag}"', "Cache-Control": REVALIDATED}


def is_known(request: Request, tag: str) -> bool:
    """True if the client has the answer with this tag."""
    known_tags = ",".join(request.headers.getlist("if-none-match"))
    # Releases before 0.5.0 sent strong ones, so both forms count as the same.
    return known_tags.strip() == "*" or tag in _TAG.findall(known_tags)


def answer_unless_known(request: Request, content: bytes, media_type: str) -> Response:
    """Returns the answer with its tag: 304 to a client that has it."""
    tag = hashlib.sha256(content).hexdigest()
    if is_known(request, tag):
        return Response(status_code=304, headers=tagged(tag))
    return Response(content, media_type=media_type, headers=tagged(tag))
