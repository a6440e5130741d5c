"""What adds documents to a library, replaces and removes them."""
