"""Edits of presentations by script, as people make them: some change what is said, others do not."""

import random
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.util import Pt

from deckgen.export.pptx.manifest import manifest_of
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.slides import contents
from deckgen.orchestrator.verifier.presentation.comparison import Comparison
from deckgen.orchestrator.verifier.presentation.proofs import compared

# An edit changes a presentation, and returns the number of the slide on which it shows.
Edit = Callable[[Any, random.Random], int | None]
Made = tuple[str, bytes, int]  # the kind of the edit, the file, and the slide

NUMERAL = re.compile(r"(?<![\w.,])[+−-]?[$€£]?\d(?:[\d.,]*\d)?%?")
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def edited(content: bytes, edit: Edit, rng: random.Random) -> tuple[bytes, int] | None:
    """Returns a file with one edit, and where it was made; None if there is nothing for it."""
    presentation = Presentation(BytesIO(content))
    slide = edit(presentation, rng)
    return None if slide is None else (saved(presentation), slide)


def edited_files(files: dict[str, bytes], edits: dict[str, Edit], count: int, seed: int) -> list[Made]:
    """Returns edited files: all kinds of edits in turn, each in a file by chance."""
    rng = random.Random(seed)
    kinds, contents_of, found = list(edits), list(files.values()), list[Made]()
    while len(found) < count:
        kind = kinds[len(found) % len(kinds)]
        if done := edited(rng.choice(contents_of), edits[kind], rng):
            found.append((kind, *done))
    return found


def named(content: bytes) -> list[str]:
    """Returns what is wrong with a file, by what it holds itself."""
    archive = Archive.opened(content)
    comparison = Comparison(manifest_of(archive).contents, contents(archive))
    return [problem for part in compared(comparison) for problem in part.problems + part.unproved]


def saved(presentation: Any) -> bytes:
    into = BytesIO()
    presentation.save(into)
    return into.getvalue()


def shapes(slide: Any) -> Iterator[Any]:
    """Yields the shapes of a slide, those in groups as well."""
    stack = list(slide.shapes)
    while stack:
        shape = stack.pop(0)
        if shape.shape_type == 6:  # a group
            stack = [*shape.shapes, *stack]
        else:
            yield shape


def paragraphs(presentation: Any) -> list[tuple[int, Any, Any]]:
    """Returns the paragraphs of texts with their slides' numbers and shapes."""
    return [
        (number, shape, paragraph)
        for number, slide in enumerate(presentation.slides, start=1)
        for shape in shapes(slide)
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        if text_of(paragraph).strip()
    ]


def text_of(paragraph: Any) -> str:
    return "".join(run.text for run in paragraph.runs)


def write(paragraph: Any, text: str) -> None:
    """Set the text of a paragraph in its first run."""
    first, *others = paragraph.runs
    first.text = text
    for run in others:
        run.text = ""


def _numbered(presentation: Any, least: int = 1) -> list[tuple[int, Any, Any]]:
    found = paragraphs(presentation)
    return [each for each in found if len(NUMERAL.findall(text_of(each[2]))) >= least]


def changed_digit(presentation: Any, rng: random.Random) -> int | None:
    number, _, paragraph = rng.choice(_numbered(presentation))
    text = text_of(paragraph)
    place = rng.choice([at for at, char in enumerate(text) if char.isdigit()])
    digit = rng.choice([each for each in "0123456789" if each != text[place]])
    write(paragraph, text[:place] + digit + text[place + 1 :])
    return number


_UNITS = [
    (r"(?<=\d)B\b", "M"), (r"(?<=\d)M\b", "B"), (r"(?<=\d)K\b", "M"), (r"(?<=\d)%", " pp"),
    (r"\bpp\b", "%"), (r"[−-](?=[$\d])", ""), (r"\+(?=[$\d])", "−"), (r"\$(?=\d)", "€"),
    (r"(?<=\d)$", " million"), (r"(?<=\d)(?= )", "k"),
]  # fmt: skip


def changed_unit(presentation: Any, rng: random.Random) -> int | None:
    """A sign, a unit or a word of scale beside a number."""
    found = [
        (number, paragraph, re.sub(pattern, other, text_of(paragraph), count=1))
        for number, _, paragraph in _numbered(presentation)
        for pattern, other in _UNITS
        if re.search(pattern, text_of(paragraph))
    ]
    if not found:
        return None
    number, paragraph, text = rng.choice(found)
    write(paragraph, text)
    return number


def added_number(presentation: Any, rng: random.Random) -> int | None:
    number, shape, paragraph = rng.choice(paragraphs(presentation))
    new = rng.choice(["47%", "$3.1M", "twice", "1,204", "12"])
    if rng.random() < 0.3:
        box = presentation.slides[number - 1].shapes.add_textbox(Pt(20), Pt(20), Pt(200), Pt(30))
        box.text_frame.text = f"It is {new} of all"
    elif rng.random() < 0.5:
        words = text_of(paragraph).split(" ")
        words.insert(rng.randrange(len(words) + 1), new)
        write(paragraph, " ".join(words))
    else:
        shape.text_frame.add_paragraph().text = f"That is {new} of the plan"
    return number


def swapped_numbers(presentation: Any, rng: random.Random) -> int | None:
    """Two numbers change places, in one text or between two."""
    found = [
        (number, paragraph, match)
        for number, _, paragraph in _numbered(presentation)
        for match in NUMERAL.finditer(text_of(paragraph))
    ]
    for _ in range(200):
        one, other = rng.sample(found, 2)
        near = one[1]._p is other[1]._p or one[0] == other[0] or rng.random() < 0.3
        if near and one[2][0] != other[2][0]:
            break
    else:
        return None
    if one[1]._p is other[1]._p:
        text = text_of(one[1])
        first, second = sorted((one[2], other[2]), key=lambda match: match.start())
        between = text[first.end() : second.start()]
        write(one[1], text[: first.start()] + second[0] + between + first[0] + text[second.end() :])
    else:
        for (_, paragraph, match), new in ((one, other[2][0]), (other, one[2][0])):
            text = text_of(paragraph)
            write(paragraph, text[: match.start()] + new + text[match.end() :])
    return int(one[0])


def moved_sentence(presentation: Any, rng: random.Random) -> int | None:
    """A sentence with a number goes into another text."""
    _, shape, paragraph = rng.choice(_numbered(presentation))
    targets = [each for each in paragraphs(presentation) if each[1]._element is not shape._element]
    target, other, _ = rng.choice(targets)
    other.text_frame.add_paragraph().text = text_of(paragraph)
    write(paragraph, "")
    return target


def deleted_sentence(presentation: Any, rng: random.Random) -> int | None:
    """The words of a sentence go, and its number stays."""
    found = [
        each for each in _numbered(presentation) if len(NUMERAL.sub("", text_of(each[2])).split()) >= 3
    ]
    if not found:
        return None
    number, _, paragraph = rng.choice(found)
    kept = rng.choice(NUMERAL.findall(text_of(paragraph)))
    words = rng.choice([kept, f"{kept} was seen by the board", f"We expect {kept}"])
    write(paragraph, words)
    return number


def changed_chart(presentation: Any, rng: random.Random) -> int | None:
    found = [
        (number, value)
        for number, slide in enumerate(presentation.slides, start=1)
        for shape in shapes(slide)
        if getattr(shape, "has_chart", False) and shape.has_chart
        for data in shape.chart._chartSpace.iter(f"{_C}val", f"{_C}yVal")
        for value in data.iter(f"{_C}v")
    ]
    if not found:
        return None
    number, value = rng.choice(found)
    value.text = repr(float(value.text) * rng.choice([0.9, 1.01, -1, 10]) + 1)
    return number


def changed_table(presentation: Any, rng: random.Random) -> int | None:
    cells = [
        (number, cell)
        for number, slide in enumerate(presentation.slides, start=1)
        for shape in shapes(slide)
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
        if any(map(str.isdigit, cell.text))
    ]
    if not cells:
        return None
    number, cell = rng.choice(cells)
    paragraph = next(each for each in cell.text_frame.paragraphs if re.search(r"\d", text_of(each)))
    text = text_of(paragraph)
    place = rng.choice([at for at, char in enumerate(text) if char.isdigit()])
    digit = rng.choice([each for each in "0123456789" if each != text[place]])
    write(paragraph, text[:place] + digit + text[place + 1 :])
    return number


def changed_title(presentation: Any, rng: random.Random) -> int | None:
    number = rng.randrange(1, len(presentation.slides) + 1)
    title = presentation.slides[number - 1].shapes.title
    (paragraph,) = [each for each in title.text_frame.paragraphs if text_of(each).strip()]
    words = text_of(paragraph).split()
    place = rng.choice([at for at, word in enumerate(words) if word.isalpha() and len(word) > 3])
    ways = [
        [*words[:place], "elsewhere", *words[place + 1 :]],
        ["Everything", "is", "better", "than", "it", "was"],
        [*words[: place + 1], "never", *words[place + 1 :]] if place + 1 < len(words) else ["Thanks"],
    ]
    write(paragraph, " ".join(rng.choice(ways)))
    return number


MEANING: dict[str, Edit] = {
    "changed digit": changed_digit,
    "changed unit": changed_unit,
    "added number": added_number,
    "swapped numbers": swapped_numbers,
    "moved sentence": moved_sentence,
    "deleted sentence": deleted_sentence,
    "changed chart": changed_chart,
    "changed table": changed_table,
    "changed title": changed_title,
}


def _fonts(presentation: Any, rng: random.Random) -> int | None:
    for _, _, paragraph in rng.sample(paragraphs(presentation), 3):
        for run in paragraph.runs:
            run.font.name, run.font.size, run.font.bold = "Georgia", Pt(rng.randint(8, 30)), True
    return 1


def _split_runs(presentation: Any, rng: random.Random) -> int | None:
    """A number is in two runs, as after a letter of it was made bold."""
    number, _, paragraph = rng.choice(_numbered(presentation))
    text = text_of(paragraph)
    place = rng.randrange(len(text))
    write(paragraph, text[:place])
    paragraph.add_run().text = text[place:]
    return number


def _places(presentation: Any, rng: random.Random) -> int | None:
    number = rng.randrange(1, len(presentation.slides) + 1)
    for shape in presentation.slides[number - 1].shapes:
        shape.left, shape.top = shape.left + Pt(rng.randint(3, 40)), shape.top + Pt(rng.randint(3, 30))
    return number


def _words(presentation: Any, rng: random.Random) -> int | None:
    """Words without a number, before, within or behind a text, or in one of their own."""
    number, shape, paragraph = rng.choice(paragraphs(presentation))
    text = text_of(paragraph)
    way = rng.randrange(4)
    if way == 0:
        write(paragraph, f"As expected: {text}")
    elif way == 1:
        write(paragraph, f"{text}, as we have seen in the field")
    elif way == 2:
        shape.text_frame.add_paragraph().text = "To be discussed with the board"
    else:
        slide = presentation.slides[number - 1]
        box = slide.shapes.add_textbox(Pt(20), Pt(20), Pt(200), Pt(30))
        box.text_frame.text = "Draft, not for customers"
    return number


def _mended(presentation: Any, rng: random.Random) -> int | None:
    """A letter of a word far from numbers."""
    found = [
        (number, paragraph, match)
        for number, _, paragraph in paragraphs(presentation)
        if not re.search(r"\d", text_of(paragraph))
        for match in re.finditer(r"[a-z]{7,}", text_of(paragraph))
    ]
    number, paragraph, match = rng.choice(found)
    text, at = text_of(paragraph), match.start() + 3
    write(paragraph, text[:at] + text[at + 1] + text[at] + text[at + 2 :])
    return number


def _order(presentation: Any, rng: random.Random) -> int | None:
    listed = presentation.slides._sldIdLst
    slides = list(listed)
    rng.shuffle(slides)
    for each in slides:
        listed.append(each)
    return 1


def _without_slide(presentation: Any, rng: random.Random) -> int | None:
    listed = presentation.slides._sldIdLst
    each = rng.choice(list(listed))
    presentation.part.drop_rel(each.rId)
    listed.remove(each)
    return 1


HARMLESS: dict[str, Edit] = {
    "fonts": _fonts,
    "runs": _split_runs,
    "places": _places,
    "words": _words,
    "a mended letter": _mended,
    "order": _order,
    "a slide left out": _without_slide,
}
