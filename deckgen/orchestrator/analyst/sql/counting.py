"""How many different values there are, for queries of ours; what a deck brings counts as it says."""

FEW_ROWS = 20_000  # up to so many a list of them is quicker than a table of DuckDB's for each count


def distinct(value: str, rows: int) -> str:
    """Returns SQL for the number of different values in so many rows, at least one; NULL is none."""
    return f"list_unique(list({value}))" if rows <= FEW_ROWS else f"count(DISTINCT {value})"
