"""The regular expressions of a package, and how each is used."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

SEARCHING = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
_METHODS = SEARCHING | {"match", "fullmatch"}
_FLAGS_AT = {"split": 3, "sub": 4, "subn": 4, "compile": 1}  # of the functions of `re`; else 2
Locals = Callable[[ModuleType], list[dict[str, Any]]]


@dataclass(frozen=True)
class Use:
    """A pattern and how it is used: `search` stands for whatever looks for it everywhere."""

    place: str
    pattern: re.Pattern[Any]
    method: str


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
