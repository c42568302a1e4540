"""Style and scripts of the pages: a file's address has its hash, so browsers keep it for good."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent / "static"
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """A file that pages load."""

    name: str
    content: bytes
    media_type: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:16]

    @property
    def path(self) -> str:
        return f"/static/{self.sha256}/{self.name}"


@cache
def assets() -> dict[str, Asset]:
    """Returns all files by their names; there are no two of one name."""
    return {
        path.name: Asset(path.name, path.read_bytes(), MEDIA_TYPES[path.suffix])
        for path in sorted(FOLDER.rglob("*"))
        if path.suffix in MEDIA_TYPES
    }


@cache
def path_of(name: str) -> str:
    """Returns where a file is served."""
    return assets()[name].path


async def file(request: Request) -> Response:
    """Serve a file; under the hash of another release, for as long as that runs beside this one."""
    asset = assets().get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404, "There is no such file")
    is_current = request.path_params["hash"] == asset.sha256
    headers = {
        "Cache-Control": FOR_GOOD if is_current else "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(asset.content, media_type=asset.media_type, headers=headers)
