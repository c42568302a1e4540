"""Scenes as SVG: what pages of a PDF, pictures and charts of the page are made of."""
