"""Print docs/settings.md, made of deckgen.settings.Settings: `make docs` writes it."""

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from deckgen.settings import Settings

HEAD = """# Settings

Read from the environment, then from `.env.local`, then from `.env` in the current directory. Every
setting has a default. A name that is almost one of these, or a value that can't be used, stops the
start with a sentence that names it. Without DATABASE_URL, and without REDIS_HOST or REDIS_SENTINELS,
the `make` targets and the command `deckgen` start a PostgreSQL and a Valkey of their own.

| name | default | what it does |
|---|---|---|
"""


def page() -> str:
    """The whole page as Markdown."""
    rows = (row(name.upper(), field) for name, field in Settings.model_fields.items())
    return HEAD + "".join(rows)


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
