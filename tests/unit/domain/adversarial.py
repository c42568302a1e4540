"""Slides' texts with a wrong number in each, and texts with none, to try on what looks for numbers.

The sentences stand in two files beside this one: `adversarial_sound.txt`, in which no sentence states
a number of its own, and `adversarial_wrong.txt`, in which every one does, under the kind that it is of.
"""

import random
import re
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class WrittenSlide:
    """What a model writes on a slide."""

    title: str
    takeaways: list[str]
    notes: str

    @property
    def texts(self) -> list[str]:
        return [self.title, *self.takeaways, self.notes]


def sound_sentences() -> list[str]:
    """Sentences around references, rich in words that look like numbers and are none."""
    return (_FOLDER / "adversarial_sound.txt").read_text(encoding="utf-8").splitlines()


def wrong_sentences() -> dict[str, list[str]]:
    """Sentences that state a number of their own, by the kind of writing that it is in."""
    kinds: dict[str, list[str]] = {}
    for line in (_FOLDER / "adversarial_wrong.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            sentences = kinds.setdefault(line.removeprefix("# "), [])
        else:
            sentences.append(_unescaped(line))
    return kinds


def sound(n: int) -> list[WrittenSlide]:
    """`n` slides without a number of their own, each another choice of sentences."""
    choose = random.Random(1)
    return [_slide(choose) for _ in range(n)]


def wrong(n: int) -> list[WrittenSlide]:
    """`n` slides with one wrong number each: every kind as often, in titles, takeaways and notes."""
    choose = random.Random(2)
    evenly = [cycle(sentences) for sentences in wrong_sentences().values()]
    planted = islice(cycle(evenly), n)
    return [_with(_slide(choose), next(sentences), choose) for sentences in planted]


def _slide(choose: random.Random) -> WrittenSlide:
    title, *takeaways = choose.sample(sound_sentences(), choose.randint(3, 5))
    notes = ". ".join(choose.sample(sound_sentences(), choose.randint(1, 3)))
    return WrittenSlide(title, takeaways, f"{notes}.")


def _with(slide: WrittenSlide, sentence: str, choose: random.Random) -> WrittenSlide:
    """The slide with one of its texts replaced, or with a sentence more in its notes."""
    match choose.randrange(3):
        case 0:
            return WrittenSlide(sentence, slide.takeaways, slide.notes)
        case 1:
            return WrittenSlide(slide.title, [sentence, *slide.takeaways[1:]], slide.notes)
        case _:
            return WrittenSlide(slide.title, slide.takeaways, f"{slide.notes} {sentence}.")


def _unescaped(line: str) -> str:
    r"""Invisible characters are written as \u200b in the file, where they would be overlooked."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), line)
