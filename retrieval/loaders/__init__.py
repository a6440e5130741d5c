"""Files of many formats -> Source; one module a format."""
