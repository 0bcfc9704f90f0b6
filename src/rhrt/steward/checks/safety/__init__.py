"""Checks that no unsafe answer is possible."""
