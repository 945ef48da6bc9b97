"""Drawings as typed geometry. Pure Python: facts in, numbers and path strings out; templates make the SVG."""
