"""CDS Hooks 2.0: the suggestion as cards."""
