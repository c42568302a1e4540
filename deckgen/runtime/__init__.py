"""The parts that every process needs: garbage collection, shared work, batches and its end."""
