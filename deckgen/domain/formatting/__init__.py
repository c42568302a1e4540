"""Numbers and dates, written for a locale."""
