"""The recognition of an uploaded file: its kind, encoding, shape and header."""
