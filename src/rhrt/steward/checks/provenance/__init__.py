"""Checks of where rules and numbers come from."""
