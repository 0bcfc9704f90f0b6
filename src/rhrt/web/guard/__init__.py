"""What stands before every room: headers, keys, origins, quiet logs."""
