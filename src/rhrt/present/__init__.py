"""A suggestion for people: one outline of what is said, and one renderer for each form it takes."""
