"""Questions: makes the questions of a clip from its labels."""
