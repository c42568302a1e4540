"""The judge of a sentence: what its words assert must be what the facts of its claims show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from deckgen.domain.datasets import Source
from deckgen.domain.facts import Fact, Text
from deckgen.domain.language.languages import ENGLISH
from deckgen.orchestrator.analyst.proof.judging import assertions, attachments
from deckgen.orchestrator.analyst.proof.judging.attachments import NOT_NAMED
from deckgen.orchestrator.analyst.proof.judging.evidence import Evidence
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import meanings_of
from deckgen.orchestrator.analyst.proof.judging.reading import WORD, Names, Token, read, sentences

LANGUAGE = ENGLISH  # of the sentences that can be judged


WISHES = frozenset({Kind.REFUSED, Kind.EXPECTED})  # what should be, or will


class Doubt(Enum):
    """What is wrong with a piece of a sentence."""

    MISPLACED = auto()  # a number is of another measure, group or period than is said
    REFUTED = auto()  # a fact says the contrary
    NOT_SHOWN = auto()  # no fact says so
    NOT_COVERED = auto()  # the judge does not know the word


@dataclass(frozen=True)
class Fault:
    said: str
    doubt: Doubt


class Judge:
    """Judges sentences by the facts that they may rest on."""

    def __init__(self, facts: Sequence[Fact], source: Source | None) -> None:
        meanings = meanings_of(facts, source)
        self._names = Names.of(meanings, source)
        self._evidence = Evidence(tuple(meanings.values()))

    def faults(self, text: Text) -> list[str]:
        """Returns what is wrong with a text: what a fact contradicts, and what none covers."""
        return [fault.said for sentence in sentences(text) for fault in self.of_sentence(sentence)]

    def of_sentence(self, sentence: Text) -> Iterator[Fault]:
        """Yields what is wrong with one sentence."""
        tokens = read(sentence, self._names)
        for said in attachments.problems(tokens):
            yield Fault(said, Doubt.NOT_SHOWN if said.endswith(NOT_NAMED) else Doubt.MISPLACED)
        # "We should grow" is a wish, and no fact refutes it.
        is_wish = any(token.kind in WISHES for token in tokens)
        for assertion in assertions.of(tokens, self._evidence):
            if assertion.holds is not True:
                is_refuted = assertion.is_refuted and not is_wish
                doubt = Doubt.REFUTED if is_refuted else Doubt.NOT_SHOWN
                yield Fault(assertion.said, doubt)
        for word in _unknown(tokens):
            yield Fault(f"“{word}” is covered by no claim", Doubt.NOT_COVERED)


def _unknown(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens if token.shape == WORD and token.kind is None]
