"""Decks with and without their signatures."""

from typing import Any

from deckgen.domain.signing_keys import PrivateKey

KEY = PrivateKey(bytes(range(32)))
OTHER_KEY = PrivateKey(bytes(range(1, 33)))


def unsigned(deck: Any) -> Any:
    """What the orchestrator made, of a deck that a worker has signed: one with no signature fails."""
    assert deck["signature"]["value"]
    return {name: value for name, value in deck.items() if name != "signature"}
