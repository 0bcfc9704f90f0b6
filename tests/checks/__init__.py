"""Tests of the static checks: a rulebook that each catches, and a near miss that it leaves alone."""
