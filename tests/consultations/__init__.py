"""How many records below the highest level lead to a consultation: the hub drowns if everything leads to it."""
