"""The hash tag that all keys of a queue share in a Redis Cluster, so that they lie in one slot.

The tag is added where a command is packed for the wire. All commands pass there, those of arq and of
`limits` too, so none of their code knows of it. A channel is no key and has no tag: every node of a
cluster hears PUBLISH.
"""

from collections.abc import Sequence
from typing import Any

from redis.crc import key_slot

# Where the keys of a command stand.
NONE, FIRST, ALL, ALL_BUT_LAST = slice(0, 0), slice(1, 2), slice(1, None), slice(1, -1)
COMMANDS = (
    (NONE, "AUTH CLIENT CLUSTER DBSIZE ECHO HELLO INFO PING SCRIPT SELECT TIME"),
    (NONE, "DISCARD EXEC MULTI UNWATCH"),
    (NONE, "PUBLISH PUBSUB SUBSCRIBE UNSUBSCRIBE"),
    (FIRST, "EXPIRE PERSIST PEXPIRE PTTL TTL TYPE"),
    (FIRST, "DECRBY GET GETDEL GETEX INCRBY PSETEX SET SETEX STRLEN"),
    (FIRST, "HDEL HEXISTS HGET HGETALL HINCRBY HKEYS HLEN HMGET HRANDFIELD HSET HVALS"),
    (FIRST, "LLEN LPOP LPUSH LRANGE LTRIM RPOP RPUSH SADD SCARD SMEMBERS SREM"),
    (FIRST, "ZADD ZCARD ZCOUNT ZINCRBY ZRANGE ZRANGEBYSCORE ZREM ZSCORE"),
    (ALL, "DEL EXISTS MGET TOUCH UNLINK WATCH"),
    (ALL_BUT_LAST, "BLPOP BRPOP BZPOPMAX BZPOPMIN"),
)
PLACE_OF = {name: place for place, names in COMMANDS for name in names.split()}
SCRIPTS = frozenset({"EVAL", "EVALSHA"})  # they say themselves how many keys follow


class HashTag:
    """The prefix `{name}:`, with which every key of the queue begins."""

    def __init__(self, name: str) -> None:
        self._prefix = f"{{{name}}}:".encode()
        self.slot = key_slot(self._prefix)

    def key(self, name: str | bytes) -> bytes:
        """Returns the key with the tag; a key that has it stays as it is."""
        encoded = name.encode() if isinstance(name, str) else bytes(name)
        return encoded if encoded.startswith(self._prefix) else self._prefix + encoded

    def put_on(self, command: Sequence[Any]) -> list[Any]:
        """Returns the command with the tag on its keys; LookupError if it is not known which are keys.

        A key without the tag would lie on any node, which would be taken for the queue's.
        """
        tagged, place = list(command), _place(command)
        tagged[place] = [self.key(argument) for argument in tagged[place]]
        return tagged


def _place(command: Sequence[Any]) -> slice:
    name = str(command[0]).partition(" ")[0].upper()
    if name in SCRIPTS:
        return slice(3, 3 + int(command[2]))
    if name not in PLACE_OF:
        raise LookupError(f"Say in {__name__} which arguments of {name} are keys.")
    return PLACE_OF[name]
