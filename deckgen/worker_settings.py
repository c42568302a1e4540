"""The class that the command `arq deckgen.worker_settings.WorkerSettings` loads.

The environment is read at the first access to the class: the import of this module changes nothing.
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
        settings_class = worker_settings(load_settings())
    except SettingsError as error:
        sys.exit(str(error))
    globals()[name] = settings_class
    return settings_class
