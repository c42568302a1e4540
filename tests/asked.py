"""The request that users have always sent to the HTTP API, for the tests of it."""

REQUEST = {
    "deckId": "test-deck-123",
    "userId": "test-user-123",
    "context": {"businessContext": "Test"},
    "priority": 5,
}
CSV = "region,sales\nNorth,10\nSouth,20\n"
