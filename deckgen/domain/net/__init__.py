"""Hosts and addresses: those that may be called, and those that this server answers to."""
