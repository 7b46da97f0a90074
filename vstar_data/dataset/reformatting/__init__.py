"""Reformatting: accepted answers as rows in other styles, made at assembling and verified again."""
