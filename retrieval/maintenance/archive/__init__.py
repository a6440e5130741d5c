"""A whole library as one file, with a hash of every part, that can be checked and taken in anywhere."""
