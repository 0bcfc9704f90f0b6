"""How fast rhrt is beside other ways of doing the same work: `python -m tests.benchmark`. It asserts no time."""
