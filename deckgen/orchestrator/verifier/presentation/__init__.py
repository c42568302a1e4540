"""A presentation that people may have edited, compared with what it said when it was made.

Whatever changes a number, or what a number is said of, is named. What changes no meaning is not: fonts,
places, colours, the order of slides, words without numbers that were added, a letter that was mended.
"""

from deckgen.orchestrator.verifier.presentation.proofs import compared, verify_presentation

__all__ = ["compared", "verify_presentation"]
