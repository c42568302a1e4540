"""What every process needs of Python itself: memory, shared work, batches and its end."""
