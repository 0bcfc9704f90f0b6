"""Checks that nothing is left out."""
