"""Advice out of answers, for those who decide: moves with their sizes, which are added up if alike."""

from collections.abc import Iterator

from deckgen.domain.answers import Answer, Move, Row
from deckgen.domain.facts import Fact
from deckgen.domain.questions import End
from deckgen.orchestrator.analyst.brief.audience import Audience, audience_of
from deckgen.orchestrator.analyst.execution.results import Statement, state
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import at_start, facts_in
from deckgen.orchestrator.analyst.facts.statements import in_row, in_short, proof, sentence
from deckgen.orchestrator.analyst.lexicon.questions import Cue, cues_of
from deckgen.orchestrator.analyst.questions.table import Table

MOST = 3
ADVICE = "advice"  # the operation that looks for what groups could reach
NUMBERS = {2: "two", 3: "three"}
DECIDES = frozenset({Cue.BAD, Cue.DOWN, Cue.LOSE_MONEY, Cue.ADVICE})


def advice_of(answers: list[Answer], table: Table, book: FactBook) -> Answer | None:
    """Returns the moves that the answers allow, the largest first; None if none has a size, or the
    brief is for nobody who decides and asks for nothing that goes wrong.
    """
    facts = {fact.id: fact for fact in book.facts}
    moves = {move.text: move for answer in answers for move in answer.moves}
    ranked = sorted(moves.values(), key=lambda move: -float(facts[move.size].value or 0))[:MOST]
    asks = any(DECIDES & cues_of(answer.question).keys() for answer in answers)
    if not ranked or not (asks or audience_of(table.brief.audience) is Audience.EXECUTIVES):
        return None
    head = _head(ranked, facts, book)
    language = book.language
    sure, headline = sentence(state("advice.sure"), language), sentence(head, language)
    added = [state("advice.sum", **head.slots)] if "worth" in head.slots else []
    points = [*(sentence(each, language) for each in added), sure]
    figure, label = proof(head, language)
    row = Row(of=headline, figure=figure, label=at_start(label), text=in_row(head, language))
    texts = [headline, *(text for move in ranked for text in (move.text, move.evidence, move.first))]
    return Answer(
        question="",
        end=End.ANSWERED,
        headline=headline,
        short=in_short(head, language),
        points=points,
        rows=[row],
        moves=ranked,
        method=sure,
        fact_ids=[*facts_in([*texts, row.figure, row.text]), *(move.size for move in ranked)],
    )


def without_moves(answers: list[Answer]) -> Iterator[Answer]:
    """Yields the answers to "what should we do?" for which no answer allows a move yet."""
    has = {move.worth for answer in answers for move in answer.moves}
    for each in answers:
        if each.plan and each.plan.operation == ADVICE and each.plan.measures[0].noun not in has:
            yield each


def settled(answers: list[Answer], advice: Answer | None) -> list[Answer]:
    """Returns the answers, of which the one to "what should we do?" is the advice, if the others allow
    moves for what it is about: a gap between groups is no better one beside them.
    """
    if advice is None:
        return answers
    worths = {move.worth for move in advice.moves}
    return [_as_asked(advice, each) if _asks_for(worths, each) else each for each in answers]


def _asks_for(worths: set[str], answer: Answer) -> bool:
    if answer.plan is None or answer.plan.operation != ADVICE or answer.moves:
        return False
    return answer.plan.measures[0].noun in worths


def _as_asked(advice: Answer, answer: Answer) -> Answer:
    return advice.model_copy(update={"question": answer.question, "plan": answer.plan})


def _head(moves: list[Move], facts: dict[str, Fact], book: FactBook) -> Statement:
    """Returns what the moves come to: added up only if they all measure the same."""
    first, *others = moves
    size = facts[first.size]
    if not others:
        return state("advice.moves.one", name=first.name, size=size)
    if any(move.worth != first.worth for move in others):
        return state("advice.moves.several", name=first.name, size=size)
    parts = [facts[move.size] for move in moves]
    total = book.query(
        book.language.say("label.all_moves", worth=first.worth),
        f"SELECT {' + '.join(f'({fact.sql})' for fact in parts)}",
        size.unit,
        groups=tuple(dict.fromkeys(group for fact in parts for group in fact.groups)),
    )
    key = f"advice.moves.{NUMBERS[len(moves)]}"
    return state(key, size=total, worth=first.worth)
