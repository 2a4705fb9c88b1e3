"""Many records of services and evaluations: what an area covers together, and how the core outcome set is taken up."""
