"""Lines that are not as wide as the table: put right, left out or refused, and named."""
