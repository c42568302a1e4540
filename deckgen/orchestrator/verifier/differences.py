"""Where two documents differ, down to single values."""

from collections.abc import Iterator
from typing import Any

from deckgen.domain.documents import Model
from deckgen.orchestrator.analyst.proof.checks.proof import same

MAX_SHOWN = 80


def differences(place: str, said: Any, again: Any) -> Iterator[str]:
    """What is said and what the data give in each place; floats may differ in their last digits."""
    if isinstance(said, Model) and type(said) is type(again):
        for name in type(said).model_fields:
            yield from differences(f"{place}.{name}", getattr(said, name), getattr(again, name))
    elif isinstance(said, list) and isinstance(again, list) and len(said) == len(again):
        for number, (one, other) in enumerate(zip(said, again, strict=True)):
            yield from differences(f"{place}[{number}]", one, other)
    elif not _is_same(said, again):
        yield f"{place}: {shown(said)} is said, the data give {shown(again)}"


def shown(value: Any) -> str:
    """A value in few characters."""
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def _is_same(said: Any, again: Any) -> bool:
    numbers = isinstance(said, int | float) and isinstance(again, int | float)
    return same(said, again) if numbers else bool(said == again)
