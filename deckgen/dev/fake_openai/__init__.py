"""A stand-in for an OpenAI-compatible provider: a real server, strict about the protocol, that fails
when it is told to.

`python -m deckgen.dev.fake_openai --port 8080` runs it; tests use `FakeOpenAI` in their own process.
It plays text in and text out. What it does not play, such as streams and tools, it refuses.
"""

from deckgen.dev.fake_openai.faults import FAULTS, SOUND
from deckgen.dev.fake_openai.ledger import Entry
from deckgen.dev.fake_openai.server import FakeOpenAI

__all__ = ["FAULTS", "SOUND", "Entry", "FakeOpenAI"]
