"""What needs a browser: run apart, so that all else needs nothing but Python."""
