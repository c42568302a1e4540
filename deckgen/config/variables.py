"""Variables of the environment and of .env files: which of them are settings, and which almost are.

The environment is shared with other programs, so what is no setting is passed over there. Under the
prefix, and in a file of our own, everything is meant for us.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

PREFIX = "DECKGEN_"
# Read by the command `deckgen`, and no setting.
OPTIONS = frozenset({"DECKGEN_URL"})
NEAR = 0.85  # as difflib measures likeness: one letter in six
SHORT = 5  # PORTS and HOSTS are names that others may well have
# Kubernetes tells every container of the Services of its namespace: of one called redis by these names.
LINK_NAME = re.compile(
    r"_SERVICE_HOST$|_SERVICE_PORT(?:_|$)|_PORT_[0-9]++_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$"
)
LINK_VALUE = re.compile(r"(tcp|udp|sctp)://")  # of REDIS_PORT, which is the name of a setting too


@dataclass(frozen=True)
class Variable:
    """One with a value; `name` is as it was written, and may be in small letters."""

    name: str
    value: str

    @property
    def is_service_link(self) -> bool:
        """Whether it looks as if Kubernetes had set it."""
        name = self.name.upper()
        is_port = name.endswith("_PORT") and LINK_VALUE.match(self.value) is not None
        return is_port or LINK_NAME.search(name) is not None


@dataclass(frozen=True)
class Place:
    """Variables by their names in capitals; `is_ours` says that no other program writes there."""

    variables: Mapping[str, Variable]
    is_ours: bool


@dataclass(frozen=True)
class Notice:
    """What a process logs of a variable as soon as it can."""

    event: Literal["setting.unknown", "setting.service_link"]
    variable: str
    meant: str | None = None


def environment(variables: Mapping[str, str]) -> Place:
    """The process environment."""
    return Place(_by_capitals(variables), is_ours=False)


def file(variables: Mapping[str, str | None]) -> Place:
    """What a .env file sets."""
    return Place(_by_capitals(variables), is_ours=True)


def set_by(names: Iterable[str], places: Sequence[Place]) -> dict[str, Variable]:
    """The variable that sets each setting, by the setting's name; the first place is the strongest."""
    found = {}
    for name in names:
        candidates = (
            variable
            for place in places
            for written in both(name)
            if (variable := place.variables.get(written))
            and (place.is_ours or not variable.is_service_link)
        )
        if variable := next(candidates, None):
            found[name] = variable
    return found


def both(name: str) -> tuple[str, str]:
    """The variables of a setting; the first one wins."""
    return PREFIX + name.upper(), name.upper()


def as_written(text: str, found: Mapping[str, Variable]) -> str:
    """The text with the names of settings as they were set: with the prefix, if it was with it."""
    return re.sub(
        r"\b[A-Z][A-Z_]+\b",
        lambda name: found[name[0].lower()].name if name[0].lower() in found else name[0],
        text,
    )


def notices(names: Collection[str], place: Place) -> list[Notice]:
    """What is to be said of a place's variables, of which none sets anything."""
    known = {written for name in names for written in both(name)} | OPTIONS
    said = []
    for name, variable in sorted(place.variables.items()):
        if not place.is_ours and variable.is_service_link:
            if name in known:
                said.append(Notice("setting.service_link", variable.name))
        elif name not in known:
            meant = near_miss(name, names)
            if meant or name.startswith(PREFIX):
                said.append(Notice("setting.unknown", variable.name, meant))
    return said


def is_for_us(notice: Notice, place: Place) -> bool:
    """Whether a near miss can't be another program's."""
    return notice.meant is not None and (place.is_ours or notice.variable.upper().startswith(PREFIX))


def near_miss(variable: str, names: Iterable[str]) -> str | None:
    """The variable that was probably meant, if any was."""
    prefix = PREFIX if variable.startswith(PREFIX) else ""
    rest = variable.removeprefix(PREFIX)
    if not prefix and len(rest) <= SHORT:
        return None
    known = [name.upper() for name in names]
    swapped = [name for name in known if sorted(name) == sorted(rest)]
    close = swapped or difflib.get_close_matches(rest, known, n=1, cutoff=NEAR)
    return prefix + close[0] if close else None


def _by_capitals(variables: Mapping[str, str | None]) -> dict[str, Variable]:
    """Empty ones set nothing. PORT is stronger than port, where a system keeps both."""
    ordered = sorted(variables.items(), key=lambda item: item[0].isupper())
    return {name.upper(): Variable(name, value) for name, value in ordered if value}
