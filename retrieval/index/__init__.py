"""The index of a collection: words by BM25, meanings by vectors, and the hashes that show damage."""
