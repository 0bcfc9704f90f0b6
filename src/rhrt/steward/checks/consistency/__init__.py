"""Checks that the rules fit one another."""
