"""The judge of a sentence: what its words assert must be what the facts of its claims show."""

from collections.abc import Iterator, Sequence

from deckgen.domain.datasets import Source
from deckgen.domain.facts import Fact, Text
from deckgen.domain.language.languages import ENGLISH
from deckgen.orchestrator.analyst.proof.judging import assertions, attachments
from deckgen.orchestrator.analyst.proof.judging.evidence import Evidence
from deckgen.orchestrator.analyst.proof.judging.meanings import meanings_of
from deckgen.orchestrator.analyst.proof.judging.reading import WORD, Names, Token, read, sentences

LANGUAGE = ENGLISH  # of the sentences that can be judged


class Judge:
    """Judges sentences by the facts that they may rest on."""

    def __init__(self, facts: Sequence[Fact], source: Source | None) -> None:
        meanings = meanings_of(facts, source)
        self._names = Names.of(meanings, source)
        self._evidence = Evidence(tuple(meanings.values()))

    def faults(self, text: Text) -> list[str]:
        """Returns what is wrong with a text: what a fact contradicts, and what none covers."""
        return [fault for sentence in sentences(text) for fault in self._of_sentence(sentence)]

    def _of_sentence(self, sentence: Text) -> Iterator[str]:
        tokens = read(sentence, self._names)
        yield from attachments.problems(tokens)
        for assertion in assertions.of(tokens, self._evidence):
            if assertion.holds is not True:
                yield assertion.said
        yield from (f"“{word}” is covered by no claim" for word in _unknown(tokens))


def _unknown(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens if token.shape == WORD and token.kind is None]
