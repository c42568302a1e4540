"""The offline engine beside ydata-profiling and a bare pass over the same file: `make bench-analyst`.

The tables are made anew each time and come out alike. Each measurement is a process of its own, so
that its memory is that of the measured work; it has imported everything and done a small table before
the clock starts, as the orchestrator has. Rounds alternate between what is compared. Nothing here is a
test.
"""
