"""How numbers and dates are written, by the locale."""
