"""The tag that all keys of a queue have in a cluster."""

from typing import Any

import pytest

from deckgen.redis.hash_tags import HashTag

TAG = HashTag("t")


@pytest.mark.parametrize(
    ("command", "tagged"),
    [
        (("PING",), ["PING"]),
        (("SCRIPT LOAD", "return KEYS"), ["SCRIPT LOAD", "return KEYS"]),
        (("PUBLISH", "channel", b"a"), ["PUBLISH", "channel", b"a"]),
        (("get", "a"), ["get", b"{t}:a"]),
        (("SET", b"a", "a", "PX", 5), ["SET", b"{t}:a", "a", "PX", 5]),
        (("ZADD", memoryview(b"a"), 1.0, "a"), ["ZADD", b"{t}:a", 1.0, "a"]),
        (("DEL", "a", b"b"), ["DEL", b"{t}:a", b"{t}:b"]),
        (("BLPOP", "a", "b", 1), ["BLPOP", b"{t}:a", b"{t}:b", 1]),
        (("EVALSHA", "sha", 2, "a", "b", "c"), ["EVALSHA", "sha", 2, b"{t}:a", b"{t}:b", "c"]),
        (("EVAL", "text", "0", "a"), ["EVAL", "text", "0", "a"]),
        (("GET", "{t}:a"), ["GET", b"{t}:a"]),
        (("GET", "{other}a"), ["GET", b"{t}:{other}a"]),
    ],
)
def test_keys_and_nothing_else(command: tuple[Any, ...], tagged: list[Any]) -> None:
    """Have it, once; whatever tag of its own a key has comes behind it."""
    assert TAG.put_on(command) == tagged


def test_an_unknown_command() -> None:
    """It is not sent: without the tag its keys would lie anywhere."""
    with pytest.raises(LookupError, match="which arguments of SINTERSTORE are keys"):
        TAG.put_on(("SINTERSTORE", "a", "b"))
