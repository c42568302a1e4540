"""A presentation that people edited, with the numbers of a new table: what became of it."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from deckgen.domain.briefs import Brief
from deckgen.domain.documents import BaseDocument, canonical_json
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.signatures import SignatureReport, SignatureStatus
from deckgen.domain.signing import check_signature, sign
from deckgen.domain.signing_keys import PrivateKey


class Doubtful(BaseDocument):
    """A sentence whose numbers are new and whose claim does not hold with them, or can't be told."""

    slide: int = Field(description="The number of the slide in the file, from 1")
    place: str = Field(description="Which text of the slide: headline, takeaways, notes …")
    sentence: str = Field(description="As it reads in the refreshed file")
    why: list[str]


class Left(BaseDocument):
    """A number that was left as it was: somebody wrote it, and no fact of the deck gives it."""

    slide: int = Field(description="From 1; 0 for what stands on many slides")
    place: str
    why: str = Field(description="The number, and what it stands for")


class Lacking(BaseDocument):
    """A fact that the new table can't give; its old value still stands in the file."""

    fact: str
    label: str
    display: str = Field(description="What still stands")
    why: str


class Refresh(BaseDocument):
    """What a refresh did to a presentation."""

    holds: bool = Field(
        description="true: every sentence holds with the new numbers, and every fact has one"
    )
    numbers: int = Field(ge=0, description="Numbers and names that were looked at in texts and tables")
    changed: int = Field(ge=0, description="Those that are others now")
    charts: int = Field(ge=0, description="Charts with new data")
    doubtful: list[Doubtful] = []
    left: list[Left] = []
    reworded: list[Left] = Field(
        default=[],
        description="Numbers of the deck in sentences that people wrote anew: they were renewed where "
        "they still stand, and whether the words fit them was judged as far as they can be",
    )
    lacking: list[Lacking] = []
    notes: list[str] = []
    signature: SignatureReport | None = Field(
        default=None, description="What the signature of the presentation that was given proves"
    )
    is_signed: bool = Field(default=False, description="Whether the refreshed deck was signed again")


class RefreshedPresentation(Refresh):
    """What a refresh did, and the presentation itself."""

    file: str = Field(description="The PowerPoint file, in base64")


class RefreshedFile(BaseDocument):
    """What a bounded process gives beside the file: `before` and `deck` are the decks inside it, before
    and after, whose signatures are others' work, and `first_sha256` the hash of the table of the deck
    that was made first.
    """

    refresh: Refresh
    before: dict[str, Any]
    deck: dict[str, Any]
    first_sha256: str

    def is_of(self, deck: Mapping[str, Any]) -> bool:
        """True if the presentation was made of a deck: a refresh keeps brief and first table."""
        briefs = [Brief.model_validate(each["brief"]) for each in (self.before, deck)]
        table = (deck.get("source") or {}).get("sha256")
        return briefs[0] == briefs[1] and table == self.first_sha256


LENGTH_BYTES = 4  # of the document before the file, in the answer of a process


def packed(document: RefreshedFile, file: bytes) -> bytes:
    """Returns a document and the file that it tells of, as one piece."""
    said = canonical_json(document.to_json())
    return len(said).to_bytes(LENGTH_BYTES, "big") + said + file


def unpacked(answer: bytes) -> tuple[RefreshedFile, bytes]:
    """Returns the document and the file of a piece."""
    end = LENGTH_BYTES + int.from_bytes(answer[:LENGTH_BYTES], "big")
    return RefreshedFile.model_validate_json(answer[LENGTH_BYTES:end]), answer[end:]


def signed_again(
    refreshed: RefreshedFile, key: PrivateKey | None, trusted: Mapping[str, str], version: str
) -> RefreshedFile:
    """Returns the deck signed with a key, if one that is trusted had signed the deck before: else a
    stranger's deck would get the signature of whoever refreshes it.

    Raises InvalidRequest if the deck was changed after it was signed.
    """
    source = refreshed.before.get("source") or {}
    report = check_signature(refreshed.before, table_sha256=source.get("sha256"), trusted=trusted)
    if report.status is SignatureStatus.INVALID:
        raise InvalidRequest(
            f"The signature does not fit the deck in the presentation: {report.reason}. Have the "
            "presentation made again.",
            code="signature_invalid",
        )
    deck, is_signed = refreshed.deck, key is not None and bool(report.signer)
    if key is not None and is_signed:
        deck = sign(deck, key, table_sha256=deck["source"]["sha256"], version=version)
    said = refreshed.refresh.model_copy(update={"signature": report, "is_signed": is_signed})
    return refreshed.model_copy(update={"refresh": said, "deck": deck})
