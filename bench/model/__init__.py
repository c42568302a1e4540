"""The model engine measured: a deck of 12 slides beside its critical path, twenty at once, its calls.

The provider is the fake one, at a second a call. `make bench-model` writes docs/benchmarks-model.md.
"""
