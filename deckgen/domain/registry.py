"""Registries: a package whose modules each hold one row, so that a new row is one new file."""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

Row = TypeVar("Row")


def rows(package: ModuleType, kind: type[Row], name: str) -> dict[str, Row]:
    """Returns what each module of `package` calls `name`, by the modules' names and in their order.

    TypeError, in a sentence, for a module that has no such row: it is told at the start of a process,
    and not when somebody needs the row.
    """
    rows_by_module = {}
    for module in sorted(each.name for each in pkgutil.iter_modules(package.__path__)):
        row = getattr(importlib.import_module(f"{package.__name__}.{module}"), name, None)
        if not isinstance(row, kind):
            raise TypeError(f"{package.__name__}.{module} has no {name}, which is a {kind.__name__}.")
        rows_by_module[module] = row
    return rows_by_module
