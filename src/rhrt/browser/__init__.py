"""One rulebook, anywhere: what the scripts in a browser read, and the scripts that answer as the service does."""
