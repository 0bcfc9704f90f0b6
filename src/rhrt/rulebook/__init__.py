"""What a framework says: its indicators, conditions, actions and words, and how they are read from files."""
