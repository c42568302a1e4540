"""The deck as a page."""
