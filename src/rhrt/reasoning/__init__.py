"""From a rulebook and a record to a suggestion: facts, what fires on them, and what follows."""
