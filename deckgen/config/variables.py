"""Variables of the environment and of .env files that are settings, or nearly are.

The environment is shared with other programs, so variables that are no settings are passed over there.
Under the prefix, and in our own files, every variable is meant for us.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

PREFIX = "DECKGEN_"
# The command `deckgen` reads these, and they are no settings.
OPTIONS = frozenset({"DECKGEN_URL", "DECKGEN_API_KEY"})
NEAR = 0.85  # difflib's ratio: one letter in six may differ
OPENTELEMETRY = "OTEL_"  # it has hundreds of variables, many of them alike, and reads them itself
SHORT = 5  # other programs may well have PORTS and HOSTS
# Kubernetes sets these variables for each Service of the namespace, such as one that is called redis.
LINK_NAME = re.compile(
    r"_SERVICE_HOST$|_SERVICE_PORT(?:_|$)|_PORT_[0-9]++_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$"
)
LINK_VALUE = re.compile(r"(tcp|udp|sctp)://")  # the value of REDIS_PORT then, which is a setting too


@dataclass(frozen=True)
class Variable:
    """A variable with a value; `name` is as it was written, perhaps in small letters."""

    name: str
    value: str

    @property
    def is_service_link(self) -> bool:
        """True if it looks as if Kubernetes had set it."""
        name = self.name.upper()
        is_port = name.endswith("_PORT") and LINK_VALUE.match(self.value) is not None
        return is_port or LINK_NAME.search(name) is not None


@dataclass(frozen=True)
class VariableSource:
    """Variables by their names in capitals; `is_ours` says that no other program writes here."""

    variables: Mapping[str, Variable]
    is_ours: bool


@dataclass(frozen=True)
class Notice:
    """A remark about a variable, which a process logs as soon as it can."""

    event: Literal["setting.unknown", "setting.service_link"]
    variable: str
    meant: str | None = None


def environment(variables: Mapping[str, str]) -> VariableSource:
    """Returns the process environment as a source."""
    return VariableSource(_by_capitals(variables), is_ours=False)


def file(variables: Mapping[str, str | None]) -> VariableSource:
    """Returns a .env file as a source."""
    return VariableSource(_by_capitals(variables), is_ours=True)


def set_by(names: Iterable[str], sources: Sequence[VariableSource]) -> dict[str, Variable]:
    """Returns the variable that sets each setting, by the setting's name; the first source wins."""
    variables = {}
    for name in names:
        candidates = (
            variable
            for source in sources
            for written in both(name)
            if (variable := source.variables.get(written))
            and (source.is_ours or not variable.is_service_link)
        )
        if variable := next(candidates, None):
            variables[name] = variable
    return variables


def both(name: str) -> tuple[str, str]:
    """Returns the two variables of a setting; the first one wins."""
    return PREFIX + name.upper(), name.upper()


def as_written(text: str, variables: Mapping[str, Variable]) -> str:
    """Returns the text with the names of settings as they were set, with or without the prefix."""
    return re.sub(
        r"\b[A-Z][A-Z_]+\b",
        lambda name: variables[name[0].lower()].name if name[0].lower() in variables else name[0],
        text,
    )


def notices(names: Collection[str], source: VariableSource) -> list[Notice]:
    """Returns the notices of a source's variables that set nothing."""
    known = {written for name in names for written in both(name)} | OPTIONS
    remarks = []
    for name, variable in sorted(source.variables.items()):
        if not source.is_ours and variable.is_service_link:
            if name in known:
                remarks.append(Notice("setting.service_link", variable.name))
        elif name not in known:
            meant = near_miss(name, tuple(names))
            if meant or name.startswith(PREFIX):
                remarks.append(Notice("setting.unknown", variable.name, meant))
    return remarks


def is_for_us(notice: Notice, source: VariableSource) -> bool:
    """True if a near miss can't be another program's variable."""
    return notice.meant is not None and (source.is_ours or notice.variable.upper().startswith(PREFIX))


@cache  # an environment of a hundred variables is compared with a hundred settings
def near_miss(variable: str, names: tuple[str, ...]) -> str | None:
    """Returns the variable that was probably meant, if there is one."""
    prefix = PREFIX if variable.startswith(PREFIX) else ""
    bare_name = variable.removeprefix(PREFIX)
    if bare_name.startswith(OPENTELEMETRY) or (not prefix and len(bare_name) <= SHORT):
        return None
    known = [name.upper() for name in names]
    swapped = [name for name in known if sorted(name) == sorted(bare_name)]
    close = swapped or difflib.get_close_matches(bare_name, known, n=1, cutoff=NEAR)
    return prefix + close[0] if close else None


def _by_capitals(variables: Mapping[str, str | None]) -> dict[str, Variable]:
    """Returns the variables by capitals. Empty ones set nothing, and PORT wins over port."""
    ordered = sorted(variables.items(), key=lambda item: item[0].isupper())
    return {name.upper(): Variable(name, value) for name, value in ordered if value}
