"""What the command `arq deckgen.worker_settings.WorkerSettings` loads.

The environment is read when the class is asked for: importing this module changes and ends nothing.
"""

import sys
from typing import TYPE_CHECKING, Any

from deckgen.config.settings import SettingsError, load_settings

if TYPE_CHECKING:
    WorkerSettings: Any


def __getattr__(name: str) -> Any:
    """Returns WorkerSettings, made once; ends the process with a sentence if a setting is wrong."""
    if name != "WorkerSettings":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from deckgen.worker.arq_settings import worker_settings

    try:
        made = worker_settings(load_settings())
    except SettingsError as error:
        sys.exit(str(error))
    globals()[name] = made
    return made
