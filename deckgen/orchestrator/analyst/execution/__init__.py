"""The executor: it compiles plans to queries, runs them, and keeps every value as a fact."""
