"""`python -m deckgen.orchestrator`: serve on HOST and ORCHESTRATOR_PORT."""

import sys

from deckgen.config.settings import Settings, SettingsError, load_settings
from deckgen.domain.net.hosts import is_loopback
from deckgen.http.server import serve
from deckgen.orchestrator.app import create_app


def check_door(settings: Settings) -> None:
    """Raise SettingsError for an orchestrator that others reach, and that asks nobody for a token."""
    if settings.orchestrator_token is None and not is_loopback(settings.host):
        raise SettingsError(
            f"ORCHESTRATOR_TOKEN: the orchestrator listens on HOST={settings.host}, where others reach "
            "it. Make a secret with `openssl rand -hex 32`, and give it to orchestrators, workers and "
            "APIs."
        )


if __name__ == "__main__":
    try:
        settings = load_settings()
        check_door(settings)
    except SettingsError as error:
        sys.exit(str(error))
    serve(create_app(settings), settings, name="orchestrator", port=settings.orchestrator_port)
