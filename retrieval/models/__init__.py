"""The networks that run here, the embedding model first, and what runs them."""
