"""Whole questions to the engine are many: `make test-fast` asks the first of each file."""

from collections import Counter
from pathlib import Path

import pytest

FAST = 2  # tests of a file


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the others to `make test`."""
    seen: Counter[Path] = Counter()
    for item in items:
        if item.path.parent == Path(__file__).parent:
            seen[item.path] += 1
            if seen[item.path] > FAST:
                item.add_marker(pytest.mark.slow)
