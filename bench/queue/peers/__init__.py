"""One small module for each queue that is compared: its worker, and a client that feeds it.

Each worker runs by its own command line with its own defaults but for SLOTS, the jobs at a time. A job
is one function of two arguments: when it was sent, and for how long it sleeps.
"""
