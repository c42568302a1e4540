"""Work on foreign data in bounded processes, which may be killed."""
