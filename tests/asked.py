"""The request that users have always sent to the HTTP API, and how it says no, for the tests of it."""

import httpx

REQUEST = {
    "deckId": "test-deck-123",
    "userId": "test-user-123",
    "context": {"businessContext": "Test"},
    "priority": 5,
}
CSV = "region,sales\nNorth,10\nSouth,20\n"


def assert_problem(response: httpx.Response, status: int, code: str) -> None:
    """That it is a problem as all others are."""
    problem = response.json()
    assert (response.status_code, problem["code"]) == (status, code)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["detail"]
    assert "Traceback" not in response.text
