"""The API against its own description: `python -m tests.contract`."""
