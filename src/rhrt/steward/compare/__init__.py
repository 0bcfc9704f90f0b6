"""What changed between two rulebooks, in words, and exactly whose answer changes, proven."""
