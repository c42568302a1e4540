"""The regular expressions of the package, and the texts that would make each of them slow.

Python's engine goes back: an unbounded repeat that shares characters with what follows it, or with
which a searched pattern begins, takes the square of the time or worse. What does so is found by trying:
texts are made of the pattern's own parts (something that leads to a repeat, what is repeated many times
over, an end that does not fit), the slowest ones are run at two lengths, and the times are compared.
"""

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

SEARCHING = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
_METHODS = SEARCHING | {"match", "fullmatch"}
_FLAGS_AT = {"split": 3, "sub": 4, "subn": 4, "compile": 1}  # of the functions of `re`; else 2
_UNBOUNDED = 20  # a repeat that may be longer counts as one without a bound
_ENDS = ("", "\x00", "!\n", "\n!", "x")
_ALPHABET = "aA7 _.,-!'\"([{€\n"

LOOK, SHORT, LONG = 300, 800, 6_400  # characters
SLOWEST, REPEATS, CPU_SECONDS = 3, 3, 15.0
MOST_TIMES = 3 * LONG / SHORT  # linear is LONG / SHORT, quadratic the square of it


@dataclass(frozen=True)
class Use:
    """A pattern and how it is used: `search` stands for whatever looks for it everywhere."""

    place: str
    pattern: re.Pattern[Any]
    method: str


# --- What there is -----------------------------------------------------------------------------------

_parse: Callable[[str, int], Any] = parser.parse
Locals = Callable[[ModuleType], list[dict[str, Any]]]


def _of_no_names(_: ModuleType) -> list[dict[str, Any]]:
    return [{}]


def uses_in(package: ModuleType, made: dict[str, Locals]) -> tuple[list[Use], list[str]]:
    """All patterns, and the places whose pattern can't be told: `made` gives for functions that build
    one, by `module:function`, examples of the local names that it is built from.
    """
    modules = list(_modules(package))
    found, problems = list[Use](), list[str]()
    named: dict[int, set[str]] = {}
    for module, tree in modules:
        look = _Look(module, made, named)
        look.visit(tree)
        found += look.found
        problems += look.problems
    for module, _ in modules:
        for name, pattern in _patterns_of(module):
            # One that is only handed on is matched as a whole: the others are problems.
            found += [
                Use(f"{module.__name__}.{name}", pattern, how)
                for how in sorted(named.get(id(pattern), {"fullmatch"}))
            ]
    return list({(use.pattern, use.method): use for use in found}.values()), problems


def _modules(package: ModuleType) -> Iterator[tuple[ModuleType, ast.Module]]:
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        assert module.__file__ is not None
        yield module, ast.parse(Path(module.__file__).read_text())


def _patterns_of(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Those that the module holds by a name of its own, or within what it holds."""
    for name, value in vars(module).items():
        if getattr(value, "__module__", module.__name__) in (module.__name__, None) or isinstance(
            value, re.Pattern
        ):
            yield from ((name, pattern) for pattern in _within(value))


def _within(value: Any, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth == 0 or isinstance(value, type):
        return
    elif isinstance(value, dict):
        for each in value.values():
            yield from _within(each, depth - 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _within(each, depth - 1)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _within(getattr(value, field.name), depth - 1)


class _Look(ast.NodeVisitor):
    """What a module does with patterns: `named` gathers, by the pattern, how it is used."""

    def __init__(self, module: ModuleType, made: dict[str, Locals], named: dict[int, set[str]]) -> None:
        self.module, self.made, self.named = module, made, named
        self.found: list[Use] = []
        self.problems: list[str] = []
        self._within: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._within.append(node.name)
        self.generic_visit(node)
        self._within.pop()

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        if not isinstance(node.func, ast.Attribute):
            return
        method, holder = node.func.attr, node.func.value
        known = self._value(holder)
        how = "search" if method in SEARCHING else method
        if known is re and method in _METHODS:
            self._of_function(node, how)
        elif known is re and method == "compile" and self._within:
            self._of_function(node, "search")
        elif isinstance(known, re.Pattern) and method in _METHODS:
            self.named.setdefault(id(known), set()).add(how)
        elif known is None and method in SEARCHING - {"split"} and self._place() not in self.made:
            self.problems.append(f"{self._place()}:{node.lineno} searches for what can't be told")

    def _value(self, node: ast.expr) -> Any:
        """What a name, or a name of a module, stands for; None for what is local."""
        if isinstance(node, ast.Name):
            return vars(self.module).get(node.id)
        if isinstance(node, ast.Attribute):
            return getattr(self._value(node.value), node.attr, None)
        return None

    def _place(self) -> str:
        return f"{self.module.__name__}:{self._within[-1] if self._within else ''}"

    def _of_function(self, node: ast.Call, how: str) -> None:
        assert isinstance(node.func, ast.Attribute)
        at = _FLAGS_AT.get(node.func.attr, 2)
        given = [word.value for word in node.keywords if word.arg == "flags"] or node.args[at : at + 1]
        examples = self.made.get(self._place(), _of_no_names)
        for names in examples(self.module):
            scope = {**vars(self.module), **names}
            try:
                pattern, *flags = [_evaluated(one, scope) for one in (node.args[0], *given)]
            except NameError:
                self.problems.append(
                    f"{self._place()}:{node.lineno} makes a pattern of what can't be told"
                )
                return
            self.found.append(Use(f"{self._place()}:{node.lineno}", re.compile(pattern, *flags), how))


def _evaluated(node: ast.expr, scope: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "<pattern>", "eval"), scope)


# --- What would be slow ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Attack:
    """A text of any length."""

    lead: str
    pump: str
    end: str

    def text(self, length: int) -> str:
        return self.lead + self.pump * (length // len(self.pump)) + self.end


@cache
def attacks(pattern: re.Pattern[Any]) -> tuple[Attack, ...]:
    """Texts made of the parts of a pattern: one for each repeat, what may be repeated, and each end."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    parsed = _parse(source, pattern.flags)
    every = {char for _, body in _repeats(parsed, "") for char in _chars(body)}
    found: dict[Attack, None] = {}
    for lead, body in [("", parsed), *_repeats(parsed, "")]:
        whole = [_example(body, pick) for pick in range(3)]
        own = [*whole, *(lead + one for one in whole), lead]
        spaced = [f"{one} " for one in own]
        pumps = dict.fromkeys([*own, *spaced, *sorted(_chars(body) | (every & set(_ALPHABET)))])
        for start in {lead, ""}:
            for pump in list(filter(None, pumps))[:80]:
                found |= dict.fromkeys(Attack(start, pump, end) for end in _ENDS)
    return tuple(found)


def _repeats(items: Iterable[Any], lead: str) -> Iterator[tuple[str, Any]]:
    """The bodies of repeats without a bound, each with a text that leads to it."""
    for kind, argument in items:
        for body in _bodies(kind, argument):
            if kind in _REPEATS and argument[1] > _UNBOUNDED:
                yield lead, body
            yield from _repeats(body, lead)
        lead += _example([(kind, argument)])


_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def _bodies(kind: Any, argument: Any) -> list[Any]:
    """The parts that an item of a parsed pattern has."""
    if kind in _REPEATS:
        return [argument[2]]
    if kind is op.SUBPATTERN:
        return [argument[3]]
    if kind is op.ATOMIC_GROUP:
        return [argument]
    if kind is op.BRANCH:
        return list(argument[1])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [argument[1]]
    return []


def _example(items: Iterable[Any], pick: int = 0) -> str:
    """A short text that they may match, of several by `pick`."""
    said = ""
    for kind, argument in items:
        chars = _of_item(kind, argument)
        bodies = _bodies(kind, argument)
        if chars:
            said += chars[pick % len(chars)]
        elif kind in _REPEATS:
            said += _example(bodies[0], pick) * max(argument[0], min(1, argument[1]))
        elif bodies and kind not in (op.ASSERT, op.ASSERT_NOT):
            said += _example(bodies[pick % len(bodies)], pick)
    return said


def _chars(items: Iterable[Any]) -> set[str]:
    """Characters that they may match, one of each sort at least."""
    found: set[str] = set()
    for kind, argument in items:
        found |= set(_of_item(kind, argument)[:16])
        for body in _bodies(kind, argument):
            found |= _chars(body)
    return found


def _of_item(kind: Any, argument: Any) -> list[str]:
    if kind is op.LITERAL:
        return [chr(argument)]
    if kind in (op.NOT_LITERAL, op.ANY):
        return [char for char in _ALPHABET if kind is op.ANY or char != chr(argument)]
    if kind is not op.IN:
        return []
    negated = argument[0][0] is op.NEGATE
    named = [chr(each) for sort, said in argument for each in _ends_of(sort, said)]
    return [
        char for char in dict.fromkeys([*named, *_ALPHABET]) if _is_in(char, argument) is not negated
    ]


def _ends_of(sort: Any, said: Any) -> tuple[int, ...]:
    return (said,) if sort is op.LITERAL else tuple(said) if sort is op.RANGE else ()


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    op.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    op.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


def _is_in(char: str, items: Iterable[Any]) -> bool:
    return any(
        (sort is op.LITERAL and ord(char) == said)
        or (sort is op.RANGE and said[0] <= ord(char) <= said[1])
        or (sort is op.CATEGORY and _CATEGORIES[said](char))
        for sort, said in items
    )


# --- How slow it is ----------------------------------------------------------------------------------


class TooSlowError(Exception):
    """A text of a few hundred characters takes longer than any linear pattern can."""


def worst(use: Use, cpu_seconds: float = CPU_SECONDS) -> tuple[float, Attack]:
    """How many times as long the slowest text takes when it is LONG instead of SHORT."""
    with _bounded(use, cpu_seconds):
        tried = sorted(attacks(use.pattern), key=lambda one: -_least(use, one.text(LOOK)))
        return max(((_times(use, one), one) for one in tried[:SLOWEST]), key=lambda found: found[0])


def _times(use: Use, attack: Attack) -> float:
    """The least of several times each: whatever else the machine does only adds to them."""
    short, long = attack.text(SHORT), attack.text(LONG)
    often = max(1, int(3e-4 / max(_once(use, short), 1e-7)))
    pairs = [(_once(use, short, often), _once(use, long, max(1, often // 8))) for _ in range(REPEATS)]
    return min(long for _, long in pairs) / min(short for short, _ in pairs)


def _least(use: Use, text: str) -> float:
    return min(_once(use, text) for _ in range(REPEATS))


def _once(use: Use, text: str, often: int = 1) -> float:
    """Seconds of CPU for looking at the text once."""
    run, said = _runner(use), text if isinstance(use.pattern.pattern, str) else text.encode("utf-8")
    began = time.thread_time()
    for _ in range(often):
        run(said)
    return (time.thread_time() - began) / often


def _runner(use: Use) -> Callable[[Any], Any]:
    if use.method == "search":
        return lambda text: sum(1 for _ in use.pattern.finditer(text))
    return use.pattern.fullmatch if use.method == "fullmatch" else use.pattern.match


@contextmanager
def _bounded(use: Use, cpu_seconds: float) -> Iterator[None]:
    """Ends what is exponential: the engine looks for signals while it matches."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlowError(use.place)

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
