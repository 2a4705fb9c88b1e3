"""Data files become tables: one function for each format."""
