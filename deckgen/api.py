"""`python -m deckgen.api`: serve the API on HOST and PORT, in development with a worker inside."""

import asyncio
import sys

from deckgen.config.settings import Settings, SettingsError, load_settings
from deckgen.http.server import serve
from deckgen.web.app import create_app
from deckgen.web.start import check_door

# A thread that computes keeps the others waiting for so long. With Python's default of 5 ms an answer
# waits as long at each of its turns while a deck is rendered.
SWITCH_SECONDS = 0.0005


def main(settings: Settings) -> None:
    """Serve the API until a signal comes; SettingsError if it would let in everybody, or nobody."""
    asyncio.run(check_door(settings))
    sys.setswitchinterval(SWITCH_SECONDS)
    worker = None
    if settings.auto_start_worker:
        # It is imported late, as an API without a worker needs nothing of it.
        from deckgen.worker.embedded import EmbeddedWorker

        worker = EmbeddedWorker()
    serve(create_app(settings, worker=worker), settings, name="api", port=settings.port)


if __name__ == "__main__":
    try:
        main(load_settings())
    except SettingsError as error:
        sys.exit(str(error))
