"""What the reader asked: questions, audience, names and periods that are mentioned."""
