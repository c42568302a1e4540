"""What several insights share."""
