"""Our own record types: what people write about an evaluation."""
