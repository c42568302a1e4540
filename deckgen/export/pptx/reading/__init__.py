"""Presentations as they are read: anybody may have edited them, with any program."""
