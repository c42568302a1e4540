"""The summary: an answer a row, with the figure that proves it, its support, and its slide."""

from collections.abc import Callable
from itertools import count

from deckgen.domain.answers import Answer, Row
from deckgen.domain.blocks import Message
from deckgen.domain.facts import Text
from deckgen.orchestrator.analyst.narrative.answered import FIRST

MOST = 6  # rows of a slide
ALONE = 3  # rows of an answer that is the only one
MAX_WORDS = 100

Words = Callable[[list[Text]], int]


def messages(
    answers: list[Answer],
    advice: Answer | None,
    titles: set[Text],
    words: Words,
    *,
    first: int = FIRST,
) -> list[Message]:
    """Returns the answers in their order, then what may be done; nothing in them is a title.

    `first` is the slide of the first answer. `words` counts them: supports are left out where a slide
    has no room for all, the last first.
    """
    told = {title.lower() for title in titles}
    slides = [f"{{{{s{number}}}}}" for number, _ in zip(count(first), [*answers, advice], strict=False)]
    more = _more(answers[0], told) if len(answers) == 1 else []
    apart = {row.of for row in more}
    found = [
        _message(answer, slide, told, apart) for answer, slide in zip(answers, slides, strict=False)
    ]
    found += [_of_row(row, slides[0]) for row in more]
    last = _of_advice(advice, slides[-1], told) if advice else None
    kept = [message for message in found if message is not None][: MOST - (last is not None)]
    return _fitting([*kept, *([last] if last else [])], words)


def _more(answer: Answer, told: set[Text]) -> list[Row]:
    """Returns what else an answer has to say in rows of their own, if it is the only one."""
    figures = {answer.rows[0].figure} if answer.rows else set()
    fresh: list[Row] = []
    for row in answer.rows[1:]:
        if row.figure not in figures and not told & {row.of.lower(), row.text.lower()}:
            fresh.append(row)
            figures.add(row.figure)
    return fresh[: ALONE - 1]


def _message(answer: Answer, slide: Text, told: set[Text], apart: set[Text]) -> Message | None:
    """Returns an answer as a row; None if all that it says is a title."""
    if not answer.rows:
        return None
    row = _first_fresh(answer, told, apart)
    if row is None:
        return None
    text = row.text
    known = {text, row.of, *apart}
    others = [point for point in answer.points if not point.startswith(row.of)]
    support = next((each for each in others if each not in known and each.lower() not in told), "")
    return Message(
        figure=row.figure, label=row.label, text=text, support=support, slide=slide, tone=row.tone
    )


def _first_fresh(answer: Answer, told: set[Text], apart: set[Text]) -> Row | None:
    """Returns the answer in a row, in other words where its own are a title; where those are too, its
    first point that is none, with its own figure or else that of the answer.
    """
    head, *others = answer.rows
    by_point = {row.of: row for row in others}
    plain = (
        by_point.get(text, head.model_copy(update={"of": text, "text": text}))
        for text in answer.points
        if text not in apart
    )
    worded = [head, head.model_copy(update={"text": answer.short}), *plain]
    return next((row for row in worded if row.text and row.text.lower() not in told), None)


def _of_advice(advice: Answer, slide: Text, told: set[Text]) -> Message | None:
    """Returns what may be done, with what each move is worth, if there are several."""
    row = _message(advice, slide, told, {*advice.points})
    if row is None or len(advice.moves) == 1:
        return row
    parts = "; ".join(f"{move.name}: {{{{{move.size}}}}}" for move in advice.moves)
    return row.model_copy(update={"support": parts})


def _of_row(row: Row, slide: Text) -> Message:
    return Message(figure=row.figure, label=row.label, text=row.text, slide=slide, tone=row.tone)


def _fitting(found: list[Message], words: Words) -> list[Message]:
    """Returns the rows with as many supports as fit."""
    kept = list(found)
    for place in reversed(range(len(kept))):
        if words([text for message in kept for text in texts_of(message)]) <= MAX_WORDS:
            break
        kept[place] = kept[place].model_copy(update={"support": ""})
    return kept


def texts_of(message: Message) -> list[Text]:
    """Returns the texts of a row that stand on the slide."""
    return [message.figure, message.label, message.text, message.support]
