"""What the worker executes, a file for each kind of job."""
