"""Presentations as they are written again: what is not replaced stays as it came, to the byte."""
