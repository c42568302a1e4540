"""ETags: what a client has already is not sent again (RFC 9110, 13.1.2)."""

import re

from starlette.requests import Request

# A browser may keep the answer, but asks each time whether it still holds; a shared cache may not.
REVALIDATED = "private, no-cache"
_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def tagged(tag: str) -> dict[str, str]:
    """The headers of the answer that has this tag, which is given without its quotes."""
    return {"ETag": f'"{tag}"', "Cache-Control": REVALIDATED}


def is_known(request: Request, tag: str) -> bool:
    """Whether the client has said that it has the answer with this tag."""
    said = ",".join(request.headers.getlist("if-none-match"))
    # A proxy that compresses makes a tag a weak one, so both forms are the same here.
    return said.strip() == "*" or tag in _TAG.findall(said)
