"""What must be true of any rulebook, for whoever looks after one to try.

`properties` says it, `strategies` makes records to try it on, `session` tries it step by step, `suite` runs all of
it on one rulebook, and `plugin` brings that to pytest. All but `plugin` need hypothesis: the extra `testing`.
"""
