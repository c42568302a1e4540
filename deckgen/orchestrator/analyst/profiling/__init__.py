"""The profile of each column: its role, unit, additivity and calendar."""
