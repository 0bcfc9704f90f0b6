"""One search for all: from plain words, or from what somebody told, to the indicators that may fit."""
