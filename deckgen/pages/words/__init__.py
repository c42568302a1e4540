"""The words of the pages, a module a language; each has the same keys."""
