"""What each column is: its role, unit, additivity and calendar."""
