"""Rectangles, in points from the slide's top left corner."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


def length(number: float) -> str:
    """Returns a length with two decimals at most, as pages and drawings have it."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]], more: float = 0) -> "Box":
        """Returns the box in which points lie, and so much more on each side."""
        across, down = zip(*points, strict=True)
        left, top = min(across) - more, min(down) - more
        return cls(left, top, max(across) + more - left, max(down) + more - top)

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def moved(self, across: float, down: float) -> "Box":
        return replace(self, left=self.left + across, top=self.top + down)

    def overlaps(self, other: "Box") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0 and min(self.bottom, other.bottom) > max(self.top, other.top)

    def inset(self, across: float, down: float | None = None) -> "Box":
        """Returns the box without a margin on each side."""
        down = across if down is None else down
        return Box(self.left + across, self.top + down, self.width - 2 * across, self.height - 2 * down)

    def below(self, used: float) -> "Box":
        """Returns what is left under the first `used` points."""
        return replace(self, top=self.top + used, height=max(0.0, self.height - used))

    def columns(self, *shares: float, gap: float) -> list["Box"]:
        """Returns boxes side by side, whose widths are to one another as the shares."""
        room, left, found = self.width - gap * (len(shares) - 1), self.left, []
        for share in shares:
            wide = room * share / sum(shares)
            found.append(replace(self, left=left, width=wide))
            left += wide + gap
        return found

    def rows(self, *shares: float, gap: float) -> list["Box"]:
        """Returns boxes under one another, whose heights are to one another as the shares."""
        room, top, found = self.height - gap * (len(shares) - 1), self.top, []
        for share in shares:
            tall = room * share / sum(shares)
            found.append(replace(self, top=top, height=tall))
            top += tall + gap
        return found
