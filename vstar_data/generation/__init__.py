"""Generation: makes answers, judges them, rationalizes what failed, and keeps it all on disk."""
