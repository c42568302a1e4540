"""The codes of errors, as they are written in the source, wherever a module lies."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "deckgen"
# The stand-in for a provider of models answers with codes of OpenAI's.
OTHERS = SOURCE / "dev"
# Where codes stand that are told of outcomes, without being the argument `code` of an error.
SETS = ("OUTAGE_CODES", "NOT_BEGUN", "MODEL_FOR_GOOD")


@cache
def trees() -> list[ast.Module]:
    files = sorted(file for file in SOURCE.rglob("*.py") if not file.is_relative_to(OTHERS))
    return [ast.parse(file.read_text()) for file in files]


@cache
def constants() -> dict[str, str]:
    """Texts that have a name in their module."""
    return {
        target.id: node.value.value
        for tree in trees()
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def texts(node: ast.AST | None) -> Iterator[str]:
    """What an expression can be, as far as it is written down there."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name) | ast.Attribute(attr=name):
            yield from [constants()[name]] if name in constants() else []
        case ast.IfExp(body=one, orelse=other):
            yield from [*texts(one), *texts(other)]
        case ast.Call(func=ast.Attribute(value=ast.Dict(values=values), attr="get"), args=arguments):
            for each in [*values, *arguments[1:]]:
                yield from texts(each)


def name_of(call: ast.Call) -> str:
    """Of what is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


@cache
def nodes() -> list[ast.AST]:
    return [node for tree in trees() for node in ast.walk(tree)]


@cache
def calls() -> list[ast.Call]:
    return [node for node in nodes() if isinstance(node, ast.Call)]


@cache
def raised() -> frozenset[tuple[str, str]]:
    """Each code that is given to an error, with the name of the error's class."""
    return frozenset(
        (text, name_of(call))
        for call in calls()
        for keyword in call.keywords
        if keyword.arg == "code"
        for text in texts(keyword.value)
    )


@cache
def answered() -> frozenset[tuple[str, int]]:
    """Each code that is written into an answer, with its status."""
    found = set[tuple[str, int]]()
    for call in calls():
        match call.args:
            case [ast.Constant(value=int(status)), code, *_] if name_of(call) == "problem":
                found.update((text, status) for text in texts(code))
    return frozenset(found)


def named() -> Iterator[str]:
    """Codes that something called `code` is set to: classes' own, and what is told apart."""
    for node in nodes():
        match node:
            case ast.Assign(targets=[ast.Name(id="code")], value=value):
                yield from texts(value)
            case ast.AnnAssign(target=ast.Name(id="code"), value=value):
                yield from texts(value)


def listed() -> Iterator[str]:
    """Codes in the sets of what follows from them, and those of what a call to a model came to."""
    for call in calls():
        if name_of(call) == "Told":
            by_name = [each for each in call.args if not isinstance(each, ast.Constant)]
            yield from (text for each in by_name for text in texts(each))
    for tree in trees():
        for node in tree.body:
            match node:
                case ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Call(args=[ast.Set(elts=codes)])
                ):
                    if name in SETS:
                        yield from (text for each in codes for text in texts(each))


@cache
def all_codes() -> frozenset[str]:
    """Every code that deckgen can give."""
    written = {code for code, _ in raised()} | {code for code, _ in answered()}
    return frozenset([*written, *named(), *listed()])


def classes() -> dict[str, set[str]]:
    """The names of the classes with which a code is raised."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in raised():
        found[code].add(name)
    return found
