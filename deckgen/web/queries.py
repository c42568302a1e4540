"""The parameters of a URL."""

from collections.abc import Collection
from typing import Any

from starlette.requests import Request

from deckgen.domain.errors import FieldError, InvalidRequest


def fields(request: Request, several: Collection[str] = ()) -> dict[str, Any]:
    """Returns the query's fields without empty ones; InvalidRequest for two where one is meant.

    Those that may be given more than once have a list.
    """
    found: dict[str, Any] = {}
    for name in dict.fromkeys(request.query_params):
        values = [value for value in request.query_params.getlist(name) if value]
        if len(values) > 1 and name not in several:
            raise InvalidRequest.of(FieldError(name, "must be given once"))
        if values:
            found[name] = values if name in several else values[0]
    return found
