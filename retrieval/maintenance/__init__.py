"""What looks after a library: it is checked, repaired, rebuilt, made smaller, and taken elsewhere."""
