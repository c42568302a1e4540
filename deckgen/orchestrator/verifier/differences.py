"""The differences between two documents, down to single values."""

from collections.abc import Iterator
from typing import Any

from deckgen.domain.documents import BaseDocument
from deckgen.orchestrator.analyst.proof.checks.proof import same

MAX_SHOWN = 80


def differences(place: str, claimed: Any, computed: Any) -> Iterator[str]:
    """Yields the claimed and the computed value of each place where they differ, but for rounding."""
    if isinstance(claimed, BaseDocument) and type(claimed) is type(computed):
        for name in type(claimed).model_fields:
            yield from differences(f"{place}.{name}", getattr(claimed, name), getattr(computed, name))
    elif isinstance(claimed, list) and isinstance(computed, list) and len(claimed) == len(computed):
        for number, (claimed_item, computed_item) in enumerate(zip(claimed, computed, strict=True)):
            yield from differences(f"{place}[{number}]", claimed_item, computed_item)
    elif not _is_same(claimed, computed):
        yield f"{place}: {shown(claimed)} is said, the data give {shown(computed)}"


def shown(value: Any) -> str:
    """Returns a value in few characters."""
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def _is_same(claimed: Any, computed: Any) -> bool:
    numbers = isinstance(claimed, int | float) and isinstance(computed, int | float)
    return same(claimed, computed) if numbers else bool(claimed == computed)
