"""What stands where on a slide, in points: worked out once, drawn by each format."""
