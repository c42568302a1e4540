"""The console, for who is on call: a module a page."""
