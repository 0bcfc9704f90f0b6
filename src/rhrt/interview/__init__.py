"""An interview that makes a record: which question comes next, and what an answer does. It reads and writes nothing."""
