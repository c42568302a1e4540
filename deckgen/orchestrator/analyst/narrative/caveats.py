"""What must be said with the answers: which questions they leave open or set right."""

from collections.abc import Iterator

from deckgen.domain.datasets import Role, Source
from deckgen.domain.facts import Text
from deckgen.orchestrator.analyst.brief.questions import QuestionKind, kind_of
from deckgen.orchestrator.analyst.narrative.storyline import Story, contradicts

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "last")


def caveats_of(story: Story, source: Source) -> list[Text]:
    """One sentence for each; none if nothing is answered, which the summary says itself."""
    if not story.settled or not story.found:
        return []
    return [*_of_the_answer(story, source), *_of_questions(story)]


def _of_the_answer(story: Story, source: Source) -> Iterator[Text]:
    """What the first answer is about, where its question does not say so."""
    answers = [answer for _, answer in story.found]
    place = answers.index(story.answer) if story.answer in answers else 0
    question = story.found[place][0]
    measures = {n for n, column in enumerate(source.columns) if column.role is Role.MEASURE}
    names_one = measures & {*question.named, *question.named_before}
    if names_one or kind_of(question.text) is QuestionKind.OPEN:
        return
    about = [index for index in story.answer.columns if index in measures]
    answered = f"is about {{{{c{about[0]}}}}}" if about else "is a count"
    yield f"The {_name(story, place)} names no measure of the table; the answer {answered}"


def _of_questions(story: Story) -> Iterator[Text]:
    """Which of the questions suppose what is not so, and which have no answer."""
    for place, (question, answer) in enumerate(story.found):
        if answer is None and len(story.found) > 1:
            yield f"The data do not settle the {_name(story, place)}"
        elif answer is not None and contradicts(question.text, answer.headline):
            yield f"The {_name(story, place)} supposes the opposite of what the data show"


def _name(story: Story, place: int) -> str:
    """A question by its place, if there are several."""
    if len(story.found) == 1:
        return "question"
    return f"{_ORDINALS[min(place, len(_ORDINALS) - 1)]} question"
