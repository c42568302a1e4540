"""Where something was misread: lines of the file in words, counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field

SHOWN = 3


@dataclass
class Placed:
    """A growing number of lines, of which only the first are kept, and the last."""

    count: int = 0
    first: list[int] = field(default_factory=list)
    last: int = 0

    def add(self, line: int) -> None:
        self.count += 1
        self.last = line
        if len(self.first) < SHOWN:
            self.first.append(line)

    def said(self, word: str = "line") -> str:
        """Returns “line 35”, “lines 3, 5 and 9”, “lines 40 to 62”, “lines 3, 5, 9 and others”."""
        numbers = [f"{line:,}" for line in self.first]
        if not numbers:
            return f"{word}s that can't be told"
        if self.count == 1:
            return f"{word} {numbers[0]}"
        if self.count > 2 and self.last - self.first[0] + 1 == self.count:
            return f"{word}s {numbers[0]} to {self.last:,}"
        if self.count > len(numbers):
            return f"{word}s {', '.join(numbers)} and others"
        return f"{word}s {', '.join(numbers[:-1])} and {numbers[-1]}"


def placed(lines: Iterable[int], count: int | None = None) -> Placed:
    """Returns lines in their order; `count` if there are more than these."""
    found = Placed()
    for line in lines:
        found.add(line)
    if count is not None and count > found.count:
        found.count, found.last = count, -1
    return found


def sentence(where: Placed, one: str, many: str, done: str, word: str = "line") -> str:
    """Returns what is wrong, where, and what was done: “Line 35 has too few cells; …”."""
    said = where.said(word)
    if where.count == 1:
        return f"{said[:1].upper()}{said[1:]} {one}; {done}"
    return f"{where.count:,} {word}s {many} ({said}); {done}"
