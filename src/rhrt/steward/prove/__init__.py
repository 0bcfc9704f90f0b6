"""What is true of every record there can be, by trying every situation with both evaluators."""
