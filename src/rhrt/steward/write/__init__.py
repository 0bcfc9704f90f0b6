"""Writing a rulebook: a new one, and entries of one that stands."""
