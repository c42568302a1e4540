"""The possible outcomes of a call to the model: a closed set, each with a sentence for a person.

The provider's own words are examined, but never passed on: they may quote data, or the key.
"""

from dataclasses import dataclass
from enum import Enum, auto

from deckgen.domain import step_contract
from deckgen.domain.errors import PermanentError, RetryableError, StepError

RATE_LIMITED_SECONDS = 5.0  # until a step that found no room within the limits is tried again


class Means(Enum):
    """The consequence of an outcome."""

    UNUSABLE = auto()  # an answer, and paid for, that is of no use: the model may be asked once more
    LOST = auto()  # no answer, which may be paid for all the same: the call may be made once more
    AWAY = auto()  # not served, and free: it passes
    SLOW_DOWN = auto()  # not served, and free: later
    FOR_GOOD = auto()  # not served, and free: no time heals it


@dataclass(frozen=True)
class OutcomeDescription:
    """`sentence` may name the `{status}` of the answer; `code` is the contract's."""

    means: Means
    sentence: str
    code: str = step_contract.MODEL_AWAY


class CallOutcome(Enum):
    """Every outcome but a usable text."""

    EMPTY = OutcomeDescription(Means.UNUSABLE, "the answer was empty")
    NO_MESSAGE = OutcomeDescription(Means.UNUSABLE, "the answer had no message in it")
    REFUSAL = OutcomeDescription(Means.UNUSABLE, "the model refused to answer")
    FILTERED = OutcomeDescription(Means.UNUSABLE, "a filter of the provider held the answer back")
    CUT_OFF = OutcomeDescription(Means.UNUSABLE, "the answer was cut off because it was too long")
    ONLY_THOUGHTS = OutcomeDescription(Means.UNUSABLE, "the model thought, and said nothing in the end")
    TOOL_CALL = OutcomeDescription(Means.UNUSABLE, "the model called a tool instead of answering")
    NO_TEXT = OutcomeDescription(Means.UNUSABLE, "the answer was something else than text")
    BROKEN_OFF = OutcomeDescription(Means.UNUSABLE, "the provider broke the answer off with an error")
    TOO_LONG = OutcomeDescription(Means.UNUSABLE, "the answer was far too long to be read")
    NOT_READABLE = OutcomeDescription(
        Means.UNUSABLE,
        "what came was no answer of a model, but a page or a document of another kind "
        "(check OPENAI_BASE_URL)",
    )

    TOO_SLOW = OutcomeDescription(
        Means.LOST,
        "The model took too long to answer. Raise OPENAI_TIMEOUT_SECONDS (and STEP_TIMEOUT_SECONDS, to "
        "at least 2.5 times as much), or use a faster model.",
    )
    CONNECTION_CUT = OutcomeDescription(
        Means.LOST, "The connection to the provider broke before the answer was there."
    )
    GATEWAY = OutcomeDescription(
        Means.LOST, "The provider gave no answer, but an error of its own ({status})."
    )
    UNEXPECTED = OutcomeDescription(
        Means.LOST, "Something unexpected happened in the call to the model."
    )

    UNREACHABLE = OutcomeDescription(
        Means.AWAY, "The model's provider can't be reached. Check OPENAI_BASE_URL and the network."
    )
    SERVER_ERROR = OutcomeDescription(
        Means.AWAY, "The model's provider has an internal error ({status})."
    )
    CIRCUIT_OPEN = OutcomeDescription(
        Means.AWAY, "The model's provider failed repeatedly, so it is not called for a while."
    )
    RATE_LIMITED = OutcomeDescription(
        Means.SLOW_DOWN,
        "The provider asks for fewer calls ({status}). Set OPENAI_RPM and OPENAI_TPM to its limits.",
        step_contract.MODEL_RATE_LIMITED,
    )
    NO_ROOM = OutcomeDescription(
        Means.SLOW_DOWN,
        "The configured limits leave no room for a call to the model at the moment.",
        step_contract.MODEL_RATE_LIMITED,
    )

    KEY = OutcomeDescription(
        Means.FOR_GOOD,
        "The provider rejected the key ({status}). Check OPENAI_API_KEY.",
        step_contract.MODEL_KEY,
    )
    NOT_ALLOWED = OutcomeDescription(
        Means.FOR_GOOD,
        "The provider does not allow this call with this key ({status}). Check OPENAI_API_KEY and "
        "its permissions.",
        step_contract.MODEL_KEY,
    )
    NO_BALANCE = OutcomeDescription(
        Means.FOR_GOOD,
        "The account at the provider has no credit left ({status}). Top it up, or raise its limit.",
        step_contract.MODEL_BALANCE,
    )
    UNKNOWN = OutcomeDescription(
        Means.FOR_GOOD,
        "The provider does not know the model or the address ({status}). Check OPENAI_MODEL and "
        "OPENAI_BASE_URL.",
        step_contract.MODEL_UNKNOWN,
    )
    TOO_LARGE = OutcomeDescription(
        Means.FOR_GOOD,
        "The call is too large for the provider ({status}). Shorten the brief, or use a provider with "
        "a higher limit.",
        step_contract.MODEL_TOO_LARGE,
    )
    CONTEXT = OutcomeDescription(
        Means.FOR_GOOD,
        "The prompt does not fit into the model's context ({status}). Use a model with a larger "
        "context, or shorten the brief.",
        step_contract.MODEL_TOO_LARGE,
    )
    REDIRECTED = OutcomeDescription(
        Means.FOR_GOOD,
        "The provider redirects to another address ({status}). Set OPENAI_BASE_URL to that address.",
        step_contract.MODEL_UNKNOWN,
    )
    REFUSED = OutcomeDescription(
        Means.FOR_GOOD,
        "The provider refused this call to the model ({status}).",
        step_contract.MODEL_REFUSES,
    )


class CallFailed(Exception):
    """A call without a usable text; `provider_text` is the provider's answer, for the program only."""

    def __init__(
        self,
        outcome: CallOutcome,
        *,
        status: int | None = None,
        provider_text: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(outcome.name)
        self.outcome, self.status, self.provider_text = outcome, status, provider_text
        self.retry_after = retry_after

    @property
    def means(self) -> Means:
        return self.outcome.value.means

    @property
    def sentence(self) -> str:
        return self.outcome.value.sentence.format(status=self.status)

    def step_error(self) -> StepError:
        """Returns the error of the step for a call that cost nothing."""
        if self.means is Means.FOR_GOOD:
            return PermanentError(self.sentence, code=self.outcome.value.code)
        wait = self.retry_after
        if self.means is Means.SLOW_DOWN:
            wait = wait or RATE_LIMITED_SECONDS
        return RetryableError(self.sentence, code=self.outcome.value.code, retry_after=wait)


class Outage(CallFailed):
    """A failure that counts against the provider: after several, it is not called for a while."""


def failed(
    outcome: CallOutcome,
    status: int | None = None,
    provider_text: str = "",
    retry_after: float | None = None,
) -> CallFailed:
    kind = Outage if outcome.value.means in (Means.LOST, Means.AWAY) else CallFailed
    return kind(outcome, status=status, provider_text=provider_text, retry_after=retry_after)
