"""FAMILY: how each answer is printed. One file per answer: a table for people, a JSON document, CSV rows."""
