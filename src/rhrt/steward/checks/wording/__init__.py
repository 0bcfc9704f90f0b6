"""Checks of the words that people read or search by."""
