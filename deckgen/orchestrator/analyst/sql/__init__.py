"""Queries: quoting, limits, the allow-list and the cache."""
