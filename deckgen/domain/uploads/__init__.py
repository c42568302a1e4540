"""What an uploaded file is: its kind, encoding, shape and header."""
