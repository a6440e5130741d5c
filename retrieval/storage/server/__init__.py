"""A library on a Chroma server, which many processes on many machines can share."""
