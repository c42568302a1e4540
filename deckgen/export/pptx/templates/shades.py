"""Shades of a colour, and how far colours stand apart for those who see fewer of them."""

from collections.abc import Callable
from colorsys import hls_to_rgb, rgb_to_hls
from math import dist

from deckgen.export.colours import channels, linear

# What is seen without the cones for red, and without those for green (Machado and others, 2009).
_SEEN = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
)
# From linear light to the responses of cones, and from their roots to lightness and hues (Oklab).
_CONES = ((0.4122, 0.5363, 0.0514), (0.2119, 0.6807, 0.1074), (0.0883, 0.2817, 0.6300))
_LAB = ((0.2105, 0.7936, -0.0041), (1.9780, -2.4286, 0.4506), (0.0259, 0.7828, -0.8087))
Vector = tuple[float, ...]
_STEPS = 200


def lightness(colour: str) -> float:
    return rgb_to_hls(*channels(colour))[1]


def hue(colour: str) -> float:
    """Returns a hue as a part of the circle; red is 0."""
    return rgb_to_hls(*channels(colour))[0]


def strength(colour: str) -> float:
    """Returns how far a colour is from grey, from 0 to 1."""
    return rgb_to_hls(*channels(colour))[2]


def of_lightness(colour: str, light: float, most: float = 1.0) -> str:
    """Returns a shade of a colour, no stronger than `most`."""
    tone, _, strong = rgb_to_hls(*channels(colour))
    strong = min(strong, most)
    return "".join(f"{round(255 * each):02X}" for each in hls_to_rgb(tone, light, strong))


def shade(colour: str, light: float, holds: Callable[[str], bool], most: float = 1.0) -> str | None:
    """Returns the shade of the lightness nearest to `light` that holds what is asked of it, if any."""
    for step in range(_STEPS + 1):
        for wanted in (light - step / _STEPS, light + step / _STEPS):
            found = of_lightness(colour, min(1.0, max(0.0, wanted)), most)
            if holds(found):
                return found
    return None


def apart(one: str, other: str) -> float:
    """Returns how far two colours stand apart for whoever tells them apart worst; 1 is black and
    white."""
    return min(dist(_lab(one, seen), _lab(other, seen)) for seen in _SEEN)


def _lab(colour: str, seen: tuple[Vector, ...]) -> Vector:
    light = _times(seen, tuple(map(linear, channels(colour))))
    roots = tuple(max(each, 0.0) ** (1 / 3) for each in _times(_CONES, light))
    return _times(_LAB, roots)


def _times(matrix: tuple[Vector, ...], vector: Vector) -> Vector:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
