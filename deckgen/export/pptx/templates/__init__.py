"""Templates of customers: what is taken out of a file, and the theme that is read from it."""
