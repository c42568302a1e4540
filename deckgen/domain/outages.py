"""The failures that are not a job's own fault: such jobs are kept until a person has seen to them."""

from deckgen.domain import step_contract

# These codes say nothing about brief, table or deck. After any other code the request itself has to
# change before it can succeed.
OUTAGE_CODES = frozenset(
    {
        # Processes that broke down, and bugs.
        "internal_error",
        "worker_crashed",
        "step_crashes_server",
        # The orchestrator was away, too slow, or is no orchestrator of this version.
        "orchestrator_unreachable",
        "orchestrator_broke_down",
        "orchestrator_timeout",
        "orchestrator_error",
        "orchestrator_malformed",
        "call_refused",
        step_contract.NOT_SERVED_CONTRACT,
        "unknown_step",
        "path_not_found",
        "method_not_allowed",
        "http_error",
        "invalid_request",
        "idempotency_key_missing",
        # What the worker sent did not arrive whole, or the orchestrator had no room for it.
        "invalid_dataset",
        "dataset_too_large",
        step_contract.CUT_SHORT,
        "body_timeout",
        "body_too_slow",
        "body_too_large",
        "too_many_bytes",
        "invalid_multipart",
        "invalid_json",
        "unsupported_media_type",
        step_contract.ALL_BUSY,
        step_contract.STOPPING,
        step_contract.NO_CONNECTION,
        step_contract.TOKEN_REFUSED,
        # What stands at the orchestrator's door, which no worker of ours should meet.
        "header_timeout",
        "header_too_large",
        "host_invalid",
        "foreign_origin",
        "invalid_http",
        "table_process_failed",
        "table_process_killed",
        "database_unavailable",
        # The model's provider was away, or does not accept who asks.
        step_contract.MODEL_AWAY,
        step_contract.MODEL_RATE_LIMITED,
        step_contract.MODEL_MISSING,
        step_contract.MODEL_KEY,
        step_contract.MODEL_BALANCE,
        step_contract.MODEL_UNKNOWN,
    }
)
WARN_DAYS = 7  # before such a job is treated as any other
