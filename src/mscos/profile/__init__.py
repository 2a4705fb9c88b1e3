"""Cells become counts, and only counts leave."""
