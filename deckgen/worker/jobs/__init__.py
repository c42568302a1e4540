"""The functions that the worker executes, a file for each."""
