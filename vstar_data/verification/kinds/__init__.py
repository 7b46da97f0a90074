"""The judges, one module per group of label kinds."""
