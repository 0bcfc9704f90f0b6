"""A rulebook in a browser, without a service: its data, the scripts that evaluate it, and what is built of both."""
