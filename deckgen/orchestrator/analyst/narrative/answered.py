"""Answers as parts of the story: a slide each, their sentences in the summary, what is left open."""

from collections.abc import Callable
from itertools import takewhile

from deckgen.domain.answers import Answer
from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Storyline
from deckgen.domain.facts import Text
from deckgen.domain.findings import Findings
from deckgen.domain.language.phrasebook import Language, at_start
from deckgen.domain.questions import End, Question

MAX_ARGUMENTS = 5
CLAUSE = 3  # words at least: a verb with what belongs to it
FIRST = 3  # the slide of the first answer, after title and summary
OPEN = (End.LACKS, End.NOT_DONE, End.IN_PART)


def told(findings: Findings) -> list[Answer]:
    """Returns the answers that have something to tell, each headline once, but for the advice, which
    stands after them.
    """
    found: dict[Text, Answer] = {}
    for answer in findings.told:
        if answer.end in (End.ANSWERED, End.IN_PART):
            found.setdefault(answer.headline, answer)
    if findings.advice:
        found.pop(findings.advice.headline, None)
    return list(found.values())


def is_open(findings: Findings) -> bool:
    """True if the brief asks something, and none of it has an answer."""
    return bool(findings.answers) and not any(answer.headline for answer in findings.answers)


def storyline(brief: Brief, findings: Findings, answers: list[Answer], language: Language) -> Storyline:
    """Returns the question, its answer or why there is none, and the headlines after it."""
    headline, *others = (answer.headline for answer in answers)
    asked = "{{brief}}" if brief.business_context else ""
    still_open = left_open(findings, language) if is_open(findings) else []
    return Storyline(
        question=asked or language.say("story.question", name="{{source}}"),
        answer=language.say("open.whole", open=still_open[0], headline=headline)
        if still_open
        else headline,
        arguments=others[:MAX_ARGUMENTS],
    )


def questions_of(findings: Findings, slides: dict[Text, str]) -> list[Question]:
    """Returns the brief's questions with their ends, and the slides that answer them, which are given
    by the headlines of their answers.
    """
    return [
        Question(
            question=answer.question,
            end=answer.end,
            reason=answer.reason,
            plan=answer.plan,
            slide=slides.get(answer.headline) if answer.headline else None,
        )
        for answer in findings.answers
    ]


def title(
    findings: Findings, answers: list[Answer], fits: Callable[[Text], bool], language: Language
) -> Text:
    """Returns what the answers add up to: those of the first ones in a few words each, as many as fit;
    the answer of one alone. If nothing is answered, that. What nobody asked for is no level.
    """
    if is_open(findings):
        return left_open(findings, language)[0]
    gists = [answer.gist for answer in answers if findings.answers or _is_news(answer)]
    known = list(dict.fromkeys(gists[: gists.index("")] if "" in gists else gists))
    for most in range(len(known), 1, -1):
        if fits(joined := at_start(_joined(known[:most], language))):
            return joined
    return answers[0].headline


def cover(
    findings: Findings, answers: list[Answer], head: Text, fits: Callable[[Text], bool],
    language: Language,
) -> Text:  # fmt: skip
    """Returns the answers for the title slide: as many as fit in a few words each, but not what the
    summary has for a title; empty if there are no such words.
    """
    if is_open(findings):
        return ""
    gists = [answer.gist for answer in answers if findings.answers or _is_news(answer)]
    known = list(dict.fromkeys(gists[: gists.index("")] if "" in gists else gists))
    for most in range(len(known), 0, -1):
        said = at_start(_joined(known[:most], language) if most > 1 else known[0])
        if fits(said) and said != head:
            return said
    return ""


def _is_news(answer: Answer) -> bool:
    """True if it tells more than how much there is."""
    return answer.plan is None or answer.plan.operation != "level"


def _joined(gists: list[Text], language: Language) -> Text:
    """Returns a sentence of several, without what it says a second time."""
    parts = gists[:1]
    for each in gists[1:]:
        short = _without_measure(each, parts, language.say("title.measure"))
        parts.append(_without_subject(short, parts[-1]))
    *between, last = parts
    key = "title.several" if len(parts) > 2 else "title.two"
    return language.say(key, some=", ".join(between), last=last)


def _without_measure(text: Text, before: list[Text], leads: Text) -> Text:
    """Returns a part without the measure at its end, if that was named before."""
    said, _, measure = text.rpartition(leads)
    is_named = any(measure.lower() in each.lower() for each in before)
    return said if said and is_named else text


def _without_subject(text: Text, before: Text) -> Text:
    """Returns a part without the words that the one before begins with as well, if a clause is left."""
    own, others = text.split(), before.split()
    alike = sum(1 for _ in takewhile(_are_alike, zip(own, others, strict=False)))
    return " ".join(own[alike:]) if alike and len(own) - alike >= CLAUSE else text


def _are_alike(words: tuple[str, str]) -> bool:
    return words[0].lower() == words[1].lower()


def left_open(findings: Findings, language: Language) -> list[Text]:
    """Returns what stays open of the questions, in a sentence each."""
    return [
        language.say(f"open.{answer.end}", reason=answer.reason)
        for answer in findings.answers
        if answer.end in OPEN
    ]


def remarks(findings: Findings, language: Language) -> list[Text]:
    """Returns what a reader must know beside the answers; what the title says is not said again."""
    still_open = left_open(findings, language)
    return (still_open[1:] if is_open(findings) else still_open) or findings.remarks
