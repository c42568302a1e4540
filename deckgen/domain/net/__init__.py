"""Hosts and addresses: which may be called, and by which names we are."""
