"""The key of a person who makes decks with servers that last no longer than the deck.

It lies in their folder for state (XDG Base Directory Specification), so that decks of different days
are signed by the same key.
"""

import contextlib
import os
import tempfile
from pathlib import Path

from deckgen.config.settings import load_settings
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.signing_keys import PrivateKey, to_base64url


def own_key() -> PrivateKey | None:
    """Returns DECK_SIGNING_KEY, or the user's key, made at the first need; None if it can't be kept."""
    seed = load_settings().deck_signing_key
    if seed is not None:
        return PrivateKey.decode(seed.get_secret_value())
    try:
        path = _folder() / "signing-key"
        if not path.exists():
            _make_key(path)
        content = path.read_text()
    except (OSError, RuntimeError):  # the home folder is read-only, or not known
        return None
    try:
        return PrivateKey.decode(content)
    except ValueError:
        raise InvalidRequest(
            f"{path} holds no signing key: remove it, and a new one is made."
        ) from None


def _folder() -> Path:
    configured = Path(os.environ.get("XDG_STATE_HOME", ""))
    state = configured if configured.is_absolute() else Path.home() / ".local" / "state"
    return state / "deckgen"


def _make_key(path: Path) -> None:
    """Write a new key. The first of several at the same time wins; none is ever seen half-written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as new:  # only its owner can read it
        new.write(to_base64url(PrivateKey.generate().seed) + "\n")
        new.flush()
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(new.name)
