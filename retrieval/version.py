"""The version, in the one place where it stands; the packaging reads it from here, too."""

VERSION = "0.1.0"
