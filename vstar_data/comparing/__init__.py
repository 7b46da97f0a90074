"""Comparing two versions of a dataset: what became of its rows, its verdicts and what it was made from."""
