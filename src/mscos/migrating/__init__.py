"""Records and data, brought from one edition to another: only what keeps its meaning is written anew."""
