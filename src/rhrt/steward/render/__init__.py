"""A rulebook for people: pages set beside the framework, a table of its indicators, and a transparency record."""
