"""Auditing a run: how far its verdicts can be trusted, by measures of their own and by a sheet that a person marks."""
