"""Make a deck out of a table, a brief or both."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from deckgen.domain.briefs import Brief
from deckgen.domain.documents import Id, PlainText
from deckgen.domain.job_kind import JobKind
from deckgen.domain.model_calls import ModelPolicy
from deckgen.domain.requests import JobRequest, Table, UploadedTable
from deckgen.domain.steps import CALLS_MODEL, NEEDS_DATASET, Step

# The progress of a job after each step, in percent; its slides share that of the step. A repair belongs
# to its slide, and is no step of its own here.
PERCENT = {
    Step.PROFILE: 15,
    Step.FACTS: 30,
    Step.DRAFT: 45,
    Step.STORYLINE: 60,
    Step.ASSEMBLE: 62,  # while the model works; without one it is the end
    Step.SLIDE: 95,
    Step.FINISH: 100,
}


class GenerateRequest(JobRequest):
    """`csv_data` is a table as a file; without it the deck is built from the brief alone."""

    deck_id: Id
    user_id: Id
    context: Brief = Brief()
    csv_data: Table | None = Field(
        default=None,
        description="A table with its header. In JSON the text of a CSV; in multipart/form-data a "
        "file: CSV, XLSX (the first visible sheet with a table) or Parquet, recognised by its content",
    )
    csv_name: Annotated[PlainText, Field(min_length=1, max_length=200)] = "uploaded data"

    @property
    def table(self) -> UploadedTable | None:
        return None if self.csv_data is None else UploadedTable(self.csv_name, self.csv_data)

    @property
    def brief(self) -> Brief:
        return self.context

    @model_validator(mode="after")
    def has_something_to_tell(self) -> "GenerateRequest":
        if not self.context.business_context and self.csv_data is None:
            raise ValueError("give context.businessContext, csvData or both: a deck needs one of them")
        return self


def _plan(has_table: bool, has_model: bool) -> dict[Step, int]:
    """Returns the steps; a deck made from a brief alone has none about data."""
    skipped_steps = frozenset() if has_table else NEEDS_DATASET
    if not has_model:
        skipped_steps |= CALLS_MODEL | {Step.FINISH}
    planned = {step: percent for step, percent in PERCENT.items() if step not in skipped_steps}
    return planned if has_model else planned | {Step.ASSEMBLE: 100}


def _identity(request: GenerateRequest) -> dict[str, Any]:
    # New fields are left out at their defaults, so that the keys of former versions stay the same.
    policy = set(ModelPolicy.model_fields)
    fields = request.model_dump(mode="json", exclude={"csv_data"} | policy)
    if named := fields["context"].get("template"):  # which version a name means may change
        fields["context"]["template"] = named.partition("@")[0]
    return fields | request.policy.model_dump(mode="json", exclude_defaults=True)


KIND = JobKind(
    name="generate",
    path="/api/ai/generate-async",
    description=(
        "Request a deck. Answers at once with 202 and the id of the job that makes it.\n\n"
        "The body is JSON with the text of a CSV as `csvData`, or multipart/form-data with `context` "
        "as JSON text and the table as the file `csvData`: CSV, XLSX or Parquet, which its content "
        "tells. A deck whose job is not over yet keeps that job: the answer has its id and "
        "`existing: true`. So has a request with an Idempotency-Key that its user has sent before, "
        "while that job is kept."
    ),
    request=GenerateRequest,
    body=GenerateRequest,
    example={
        "deckId": "my-deck",
        "userId": "me",
        "context": {"businessContext": "How do sales develop?"},
        "csvData": "region,sales\nNorth,10\nSouth,20\n",
    },
    plan=_plan,
    identity=_identity,
    takes_table=True,
)
