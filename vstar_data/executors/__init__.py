"""Executors: who works on the blocks of a run."""
