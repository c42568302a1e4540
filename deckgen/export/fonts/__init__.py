"""The widths of the characters of the fonts that themes name; tools/font_widths.py writes them."""
