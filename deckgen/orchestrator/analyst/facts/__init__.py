"""The fact book: each number with the query that gives it."""
