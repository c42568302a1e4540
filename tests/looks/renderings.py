"""Faults of a deck as it is shown: in Chromium's windows, in its PDF, and printed by LibreOffice.

Each is a line that names slide and text: what overlaps, is cut, is torn apart, or is under 10 points.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Scene, TextBox
from deckgen.export.text import from_right
from deckgen.export.themes.theme import Grid
from tests.browser import opened
from tests.looks.measures import LEAST_TEXT
from tests.printing import Words, letters, letters_of, sizes_of, within, words_of

WINDOWS = {1440: 900, 390: 844}  # CSS pixels
_PIXELS_A_POINT = 96 / 72
ARTICLE = 768  # CSS pixels: windows up to here show an article
_ACROSS, _DOWN = 0.9, 0.5  # points by which letters may overlap
_OVER = 0.2  # of a font's box, over its letters and under them
# Each line of text that is seen on a stage: whose it is, its box, its size, if it hangs out of what
# holds it; and each number that stands on more than one line. Lengths in CSS pixels.
_SEEN = """
() => [...document.querySelectorAll(".slide")].map(slide => {
  const frame = slide.querySelector(".frame").getBoundingClientRect();
  const lines = [], walker = document.createTreeWalker(slide.querySelector(".stage"), 4);
  const owners = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.textContent.trim() || !parent.checkVisibility({visibilityProperty: true})) continue;
    const owner = parent.closest(".p, td, th, text, p");
    if (!owners.has(owner)) owners.set(owner, owners.size);
    const range = document.createRange();
    range.selectNodeContents(node);
    const svg = parent.closest("svg");
    const room = svg ? svg.getBoundingClientRect() : frame;
    const scale = svg ? room.width / (svg.viewBox.baseVal.width || room.width) : 1;
    const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
    const boxes = svg ? [parent.getBoundingClientRect()] : [...range.getClientRects()];
    for (const box of boxes.filter(each => each.width > 0)) lines.push({
      owner: owners.get(owner), text: node.textContent.trim(), size,
      box: [box.left - frame.left, box.top - frame.top, box.width, box.height],
      out: box.left < room.left - 2 || box.right > room.right + 2
        || box.top < room.top - 4 || box.bottom > room.bottom + 4,
    });
  }
  const torn = [...slide.querySelectorAll(".stage .number")]
    .filter(each => each.getClientRects().length > 1).map(each => each.textContent);
  return {width: frame.width, lines, torn};
})
"""


async def of_page(browser: Browser, file: Path, width: int, grid: Grid) -> list[str]:
    """What is wrong with a page in a window so wide."""
    async with opened(browser, file, viewport={"width": width, "height": WINDOWS[width]}) as page:
        slides = await page.evaluate(_SEEN)
        wide = await page.evaluate("document.documentElement.scrollWidth")
    found = [f"the page is {wide} wide"] if wide > width else []
    for number, slide in enumerate(slides, start=1):
        shown = slide["width"] / grid.width if width > ARTICLE else _PIXELS_A_POINT
        found += [f"slide {number}: {fault}" for fault in _of_slide(slide, shown)]
    return found


def _of_slide(slide: dict[str, Any], point: float) -> Iterator[str]:
    """Yields the faults of a slide whose points are so many pixels."""
    for text in slide["torn"]:
        yield f"torn “{text}”"
    for line in slide["lines"]:
        if line["out"]:
            yield f"cut “{line['text']}”"
        if line["size"] / point < LEAST_TEXT - 0.05:
            yield f"small “{line['text']}”, {line['size'] / point:.1f} points"
    placed = [
        (line["owner"], Box(*(side / point for side in line["box"])), line["text"])
        for line in slide["lines"]
    ]
    yield from _overlaps(placed)


def of_own(pdf: Path, scenes: Iterable[Scene], grid: Grid) -> list[str]:
    """What is wrong with a PDF of deckgen's: its texts letter by letter, all else word by word."""
    return _of_sheets(letters_of(pdf), [*map(_ordered, words_of(pdf))], scenes, grid) + _small(pdf)


def of_print(pdf: Path, scenes: Iterable[Scene], grid: Grid) -> list[str]:
    """What is wrong with a printed deck, word by word, whatever the size of its slides."""
    words = [[(_scaled(box, grid.scale), text) for box, text in page] for page in words_of(pdf)]
    return _of_sheets(words, words, scenes, grid) + _small(pdf, grid.scale)


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(side / scale for side in (box.left, box.top, box.width, box.height)))


def _ordered(page: Words) -> Words:
    """The words of lines without Arabic or Hebrew: of letters that are written one by one, pdftotext
    does not tell where those of such lines stand."""
    turned = [box for box, text in page if any(map(from_right, text))]
    return [
        (box, text)
        for box, text in page
        if not any(each.top < box.bottom and box.top < each.bottom for each in turned)
    ]


def _small(pdf: Path, scale: float = 1) -> list[str]:
    return [
        f"slide {number}: small “{text}”, {size} points"
        for number, sizes in enumerate(sizes_of(pdf), start=1)
        for size, text in sizes.items()
        if size / scale < LEAST_TEXT - 0.05
    ]


def _of_sheets(
    pieces: list[Words], words: list[Words], scenes: Iterable[Scene], grid: Grid
) -> list[str]:
    pages = zip(scenes, pieces, words, strict=True)
    return [
        f"slide {number}: {fault}"
        for number, (scene, parts, page) in enumerate(pages, start=1)
        for fault in (*_misplaced(scene, parts), *_of_sheet(page, grid))
    ]


def _misplaced(scene: Scene, page: Words) -> Iterator[str]:
    """Yields the texts of which letters stand elsewhere than in their box of the scene, or nowhere.

    What else stands there is seen by its overlap.
    """
    for element in scene.elements:
        if isinstance(element, TextBox):
            said = "".join(each.text for each in element.paragraphs)
            if Counter(letters(said)) - Counter(within(element.box.inset(-2), page)):
                yield f"torn or cut “{said}”"


def _of_sheet(page: Words, grid: Grid) -> Iterator[str]:
    """Yields the words that leave the slide, or stand over others."""
    sheet = Box(0, 0, grid.width, grid.height).inset(-1)
    for box, text in page:
        if not (sheet.left <= box.left and box.right <= sheet.right and box.bottom <= sheet.bottom):
            yield f"cut “{text}”"
    placed = [(number, box, text) for number, (box, text) in enumerate(page)]
    yield from _overlaps(placed)


def _overlaps(placed: list[tuple[int, Box, str]]) -> Iterator[str]:
    """Yields the texts that stand over another's; each is known by whose it is."""
    cores = sorted(((_core(box), owner, text) for owner, box, text in placed), key=_left)
    for place, (first, one, text) in enumerate(cores):
        for second, other, said in cores[place + 1 :]:
            if second.left > first.right:
                break
            if one != other and _overlap(first, second):
                yield f"overlap “{text}” and “{said}”"


def _left(placed: tuple[Box, int, str]) -> float:
    return placed[0].left


def _core(box: Box) -> Box:
    """Returns the part of a font's box that letters fill: the boxes themselves may overlap."""
    return box.inset(0, _OVER * box.height)


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > _ACROSS and down > _DOWN
