"""What a dataset says of its own variables: one function for each foreign format, each giving a `Codebook`."""
