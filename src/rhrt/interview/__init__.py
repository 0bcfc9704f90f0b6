"""An interview that makes a record: what is asked next, and what an answer does. It reads and writes nothing."""
