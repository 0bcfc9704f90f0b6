"""One rulebook, anywhere: what a page needs to answer by itself, as data and as scripts."""
