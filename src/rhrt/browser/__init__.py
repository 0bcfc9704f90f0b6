"""A rulebook for the browser: plain data, and the scripts that read it and give the same answers as Python."""
