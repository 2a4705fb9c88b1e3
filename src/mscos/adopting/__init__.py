"""An official list takes the place of provisional labels: a new edition, outside the package."""
