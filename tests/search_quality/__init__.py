"""How well the search finds what was meant. Run it: python -m tests.search_quality."""
