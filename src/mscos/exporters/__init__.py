"""What the package knows becomes a file for another program: pure functions from a value to bytes."""
