"""Engines: whatever turns requests into completions."""
