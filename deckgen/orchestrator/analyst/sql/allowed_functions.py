"""The functions that a query in a deck may call: their results do not outgrow their input.

That excludes reading files and settings, table functions such as `range`, patterns, which can take
forever to match, and ways to build a huge text, which neither the memory limit nor an interruption
stops (`repeat('x', 1e9)`). A query that needs another function needs it on the list.
"""

from typing import Any

from deckgen.orchestrator.analyst.sql.query_text import refuse

MAX_FORMAT = 40  # of strftime: each letter of it can become twenty

_OPERATORS = "+ - * / // % & ** ^"
_AGGREGATES = """
    any_value avg bool_and bool_or count count_if count_star entropy first kurtosis last mad max median
    min mode product skewness stddev stddev_pop stddev_samp sum var_pop var_samp variance
"""
_AGGREGATES_OF_TWO = """
    arg_max arg_min corr covar_pop covar_samp max_by min_by quantile quantile_cont quantile_disc
    regr_intercept regr_r2 regr_slope
"""
_WINDOWS = """
    cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number
"""
_RUNNING = "avg count count_star max min sum"
_SCALARS = """
    abs ceil cos exp floor greatest isfinite isinf isnan least ln log log10 log2 mod pow power round
    sign sin sqrt trunc
    date_diff date_part date_trunc datediff day dayofweek dayofyear epoch hour isodow isoyear last_day
    make_date make_timestamp minute month quarter second strftime to_days to_months to_years week year
    contains ends_with left length lower nullif right starts_with substr substring trim upper
"""
FUNCTIONS = frozenset(f"{_OPERATORS} {_AGGREGATES} {_AGGREGATES_OF_TWO} {_SCALARS}".split())
WINDOWED = frozenset(f"{_WINDOWS} {_RUNNING}".split())
_OF_ONE, _OF_TWO = frozenset(_AGGREGATES.split()), frozenset(_AGGREGATES_OF_TWO.split())


def check_call(piece: dict[str, Any], allowed: frozenset[str]) -> None:
    """QueryRefused unless a call is of one of the functions, with no more than it needs."""
    name = piece["function_name"].lower()
    path = (piece.get("qualified_name") or {}).get("path", [None])
    if name not in allowed or len(path) > 1 or piece["schema"] or piece["catalog"]:
        refuse(f"it may not call {name[:40]}")
    arguments = [argument["expression"] for argument in piece["arguments"]]
    limit = 1 if name in _OF_ONE else 2 if name in _OF_TWO else None
    # `max(x, 1000)` is a list of so many.
    if limit is not None and len(arguments) > limit:
        refuse(f"it gives {name} too many arguments")
    if name == "strftime" and not any(map(_is_short_text, arguments)):
        refuse("its formats must be short texts")


def _is_short_text(expression: dict[str, Any]) -> bool:
    literal = expression.get("literal") or {}
    return literal.get("kind") == "STRING" and len(literal["text"]) <= MAX_FORMAT
