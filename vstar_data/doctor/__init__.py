"""Examining an installation: what is there, what is missing, what to do about it. Changes nothing."""
