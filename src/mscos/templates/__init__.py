"""An empty form for data or for a record, ready to be filled in: pure functions from a plan to the bytes of files."""
