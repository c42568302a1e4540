"""What words say: names of columns, places, roles."""
