"""`python -m deckgen.orchestrator`: serve on HOST and ORCHESTRATOR_PORT."""

import sys

from deckgen.config.settings import SettingsError, load_settings
from deckgen.http.server import serve
from deckgen.orchestrator.app import create_app

if __name__ == "__main__":
    try:
        settings = load_settings()
    except SettingsError as error:
        sys.exit(str(error))
    serve(create_app(settings), settings, name="orchestrator", port=settings.orchestrator_port)
