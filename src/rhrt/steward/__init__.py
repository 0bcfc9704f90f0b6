"""Looking after a rulebook: check, prove, compare, write and render it."""
