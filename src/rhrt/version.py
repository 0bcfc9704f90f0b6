"""The version of the engine, named in every receipt."""

VERSION = "0.1.0"
