"""A stand-in for an OpenAI-compatible provider: a real server, strict about the protocol, that fails
on request.

`python -m deckgen.dev.fake_openai --port 8080` runs it; tests use `FakeOpenAI` in their own process.
It takes text and answers text. It refuses everything else, such as streams and tools.
"""

from deckgen.dev.fake_openai.faults import FAULTS, SOUND
from deckgen.dev.fake_openai.ledger import Entry
from deckgen.dev.fake_openai.server import FakeOpenAI

__all__ = ["FAULTS", "SOUND", "Entry", "FakeOpenAI"]
