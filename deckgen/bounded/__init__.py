"""Work on foreign data in processes that are bounded, and that may be killed."""
