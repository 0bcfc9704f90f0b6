"""How good are the checks of a rulebook? Rulebooks with one slip each are made, and each should be found out.

It asks of the rulebook and its checks what mutation testing asks of code and its tests: `python -m tests.mutation`.
"""
