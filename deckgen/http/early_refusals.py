"""The refusals of a connection before there is a request, as problems and as bytes of HTTP."""

from http import HTTPStatus

from deckgen.http.problems import Problem, problem

OF_A_HEADER = 100  # bytes of memory that a header takes beside its name and value

MALFORMED = problem(400, "invalid_http", "This is not HTTP/1.1. Check what the client sends.")


def too_long(max_bytes: int) -> Problem:
    return problem(
        431,
        "header_too_large",
        f"The request's line and headers have more than {max_bytes} bytes, with {OF_A_HEADER} more "
        "for each header. Send fewer or shorter headers.",
    )


def too_slow(seconds: float) -> Problem:
    return problem(
        408,
        "header_timeout",
        f"The headers were not complete after {seconds:g} s. Send the request again.",
        retryable=True,
    )


def too_many_connections() -> Problem:
    return problem(
        503,
        "too_many_connections",
        "The server has no free connection just now. Try again later.",
        headers={"Retry-After": "5"},
        retryable=True,
    )


def to_http(answer: Problem) -> bytes:
    """Returns the answer as bytes of HTTP, after which the connection is closed."""
    status = HTTPStatus(answer.status_code)
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    lines += [name + b": " + value for name, value in answer.raw_headers]
    return b"\r\n".join([*lines, b"connection: close", b"", bytes(answer.body)])
