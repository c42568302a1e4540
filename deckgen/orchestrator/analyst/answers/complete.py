"""What an operation lacks is told when the orchestrator starts, and not on somebody's table."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

from deckgen.domain.language.en import sentences
from deckgen.domain.language.languages import ENGLISH, languages
from deckgen.orchestrator.analyst import operations

_KEY = re.compile(r"(\w+)\.[\w.]+")


def check_operations() -> None:
    """Raises TypeError that names what is missing, and where it belongs."""
    rooms = {
        name: importlib.import_module(f"{operations.__name__}.{name}")
        for name in sorted(_of(operations))
    }
    operations.operations()
    keys, files = languages()[ENGLISH].texts, _of(sentences)
    heads = {*rooms, *(key.partition(".")[0] for key in keys)}
    problems = [
        f"{name} has no file of sentences in en/sentences" for name in rooms if name not in files
    ]
    problems += [
        f"{name} says {key}, which has no sentence in en/sentences"
        for name, room in rooms.items()
        for key in dict.fromkeys(_said(room))
        if _is_of(key, heads)
        and not any(each.startswith(key) for each in keys)  # a key, or how a key begins
    ]
    if problems:
        raise TypeError(f"The operations are not complete: {'; '.join(problems)}.")


def _of(package: ModuleType) -> set[str]:
    return {each.name for each in pkgutil.iter_modules(package.__path__)}


def _said(room: ModuleType) -> Iterator[str]:
    """Yields the texts in the functions of a room and in its constants."""
    for value in vars(room).values():
        if isinstance(value, FunctionType) and value.__module__ == room.__name__:
            yield from _texts(value.__code__)
        else:
            yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, CodeType | tuple):
        for each in value.co_consts if isinstance(value, CodeType) else value:
            yield from _texts(each)


def _is_of(text: str, heads: set[str]) -> bool:
    """True if a text is a key of a sentence, or the beginning of one."""
    key = _KEY.fullmatch(text)
    return key is not None and key[1] in heads
