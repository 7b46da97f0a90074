"""Quality filters: which accepted answers are not good enough to be published, each with a reason. Pure functions."""
