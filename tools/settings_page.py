"""Print docs/settings.md, made of deckgen.config.settings.Settings: `make docs` writes it."""

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from deckgen.config.access_settings import AccessSettings
from deckgen.config.door_settings import DoorSettings
from deckgen.config.model_settings import ModelSettings
from deckgen.config.settings import Settings

HEAD = """# Settings

Each setting has two names: the one below, and the same with `DECKGEN_` before it (`DECKGEN_PORT`),
which wins. They are read from the environment, then from `.env.local`, then from `.env` in the current
directory; what stands in the environment, under either name, is stronger than any file. Every setting
has a default, and an empty variable is as good as none.

A value that can't be used stops the start with a sentence that names the variable. So does a name that
is almost one of these, with the prefix or in a `.env` file; in the environment, which is shared with
other programs, it is a warning in the log, and so is any unknown name with the prefix. What Kubernetes
sets for a Service of the namespace (`REDIS_PORT=tcp://…`, `REDIS_SERVICE_HOST`) is passed over.

Without DATABASE_URL, and without REDIS_HOST, REDIS_SENTINELS or REDIS_CLUSTER_NODES, the `make` targets
and the command `deckgen` start a PostgreSQL and a Valkey of their own.

"""
MODEL = """
## A language model

Which one is asked, and how much is taken of it, explained in [model.md](model.md).

"""
ACCESS = """
## Access

Who may ask the API, explained in [access.md](access.md).

"""
DOOR = """
## At the door

Limits on what clients may take of a server, explained in [door.md](door.md).

"""
COLUMNS = """| name | default | what it does |
|---|---|---|
"""


def page() -> str:
    """The whole page as Markdown."""
    door, model = DoorSettings.model_fields, ModelSettings.model_fields
    access = AccessSettings.model_fields
    apart = {*access, *door, *model}
    rest = {name: field for name, field in Settings.model_fields.items() if name not in apart}
    return HEAD + table(rest) + ACCESS + table(access) + MODEL + table(model) + DOOR + table(door)


def table(fields: dict[str, FieldInfo]) -> str:
    rows = (row(name.upper(), field) for name, field in fields.items())
    return COLUMNS + "".join(rows)


def row(name: str, field: FieldInfo) -> str:
    default = field.default
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    said = (
        "" if default is None else f"`{str(default).lower() if isinstance(default, bool) else default}`"
    )
    return f"| `{name}` | {said} | {field.description} |\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - printing is what it is for
