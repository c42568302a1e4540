"""The fact book: each number with its query."""
