"""The key of a person who makes decks with servers that last no longer than the deck.

It lies in the folder for state of theirs (XDG Base Directory Specification), so that decks of different
days are known to be of the same hand.
"""

import contextlib
import os
import tempfile
from pathlib import Path

from deckgen.config.settings import load_settings
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.signing_keys import PrivateKey, to_base64url


def own_key() -> PrivateKey | None:
    """DECK_SIGNING_KEY, else the user's key, made when it is first needed; None if it can't be kept."""
    seed = load_settings().deck_signing_key
    if seed is not None:
        return PrivateKey.decode(seed.get_secret_value())
    try:
        path = _folder() / "signing-key"
        if not path.exists():
            _make(path)
        content = path.read_text()
    except (OSError, RuntimeError):  # a home that is read-only, or not known
        return None
    try:
        return PrivateKey.decode(content)
    except ValueError:
        raise InvalidRequest(f"{path} holds no signing key: remove it, and one is made.") from None


def _folder() -> Path:
    named = Path(os.environ.get("XDG_STATE_HOME", ""))
    state = named if named.is_absolute() else Path.home() / ".local" / "state"
    return state / "deckgen"


def _make(path: Path) -> None:
    """Of several that make one at the same time the first wins; none is ever seen half written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as new:  # for nobody else to read
        new.write(to_base64url(PrivateKey.generate().seed) + "\n")
        new.flush()
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(new.name)
