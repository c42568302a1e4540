"""The judge of a sentence: what its words assert must be what the facts of its claims show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deckgen.domain.datasets import Source
from deckgen.domain.facts import Fact, Text
from deckgen.orchestrator.analyst.proof.judging import assertions, attachments
from deckgen.orchestrator.analyst.proof.judging.evidence import Evidence
from deckgen.orchestrator.analyst.proof.judging.meanings import meanings_of
from deckgen.orchestrator.analyst.proof.judging.reading import WORD, Names, Token, read, sentences


@dataclass(frozen=True)
class Fault:
    """What is wrong with a sentence: it contradicts a fact, or asserts what no fact covers."""

    said: str
    contradicts: bool


class Judge:
    """Judges sentences by the facts that they may rest on."""

    def __init__(self, facts: Sequence[Fact], source: Source | None) -> None:
        meanings = meanings_of(facts, source)
        self._names = Names.of(meanings, source)
        self._evidence = Evidence(tuple(meanings.values()))

    def faults(self, text: Text) -> list[Fault]:
        """Returns the faults of all sentences of a text."""
        return [fault for sentence in sentences(text) for fault in self._of_sentence(sentence)]

    def _of_sentence(self, sentence: Text) -> Iterator[Fault]:
        tokens = read(sentence, self._names)
        yield from (Fault(said, True) for said in attachments.problems(tokens))
        for assertion in assertions.of(tokens, self._evidence):
            if assertion.holds is not True:
                yield Fault(assertion.said, assertion.holds is False)
        yield from (Fault(f"“{word}” is covered by no claim", False) for word in _unknown(tokens))


def _unknown(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens if token.shape == WORD and token.kind is None]
