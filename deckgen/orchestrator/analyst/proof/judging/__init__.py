"""The judge of sentences: everything that their words assert must be in the facts of their claims."""
