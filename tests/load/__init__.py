"""The service under load: `python -m tests.load`."""
