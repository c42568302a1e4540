"""Queries: how they are quoted, limited, allowed and cached."""
