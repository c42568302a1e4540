"""Put the numbers of a new table into a presentation from two files, without any service.

Both are read in bounded processes, as a service does it; only this one has the key that signs.
"""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from deckgen.bounded.child import Bounds
from deckgen.bounded.children import running
from deckgen.client.verify_files import MEMORY_BYTES, QUERY_SECONDS, SECONDS
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.refreshing import Refresh, signed_again
from deckgen.domain.signing_keys import PrivateKey
from deckgen.orchestrator.refreshing import refreshed, sealed
from deckgen.orchestrator.works import WORKS


def refresh_files(
    deck: Path, data: Path, out: Path, key: PrivateKey | None, trusted: Mapping[str, str]
) -> Refresh:
    """Write the presentation `deck` with the numbers of the table `data` to `out`.

    Returns what became of it. It is signed with `key` if one of the trusted keys, by their ids, had
    signed it before. Raises InvalidRequest if it is no presentation of deckgen's, or if the table is
    of another kind.
    """
    for path in (deck, data):
        if not path.is_file():
            raise InvalidRequest(f"There is no file {path}.")
    with running(1, Bounds(SECONDS, MEMORY_BYTES), WORKS) as children:
        document, content = refreshed(children, QUERY_SECONDS, deck.read_bytes(), data, data.name)
        document = signed_again(document, key, trusted, version("deckgen"))
        if document.refresh.is_signed:
            content = sealed(children, content, document.deck)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise InvalidRequest(f"Can't write {out}: {error.strerror}.") from error
    return document.refresh
