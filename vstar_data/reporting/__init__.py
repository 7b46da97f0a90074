"""The report: one HTML file that shows a person how a run went, with charts and examples. It reads and changes none."""
