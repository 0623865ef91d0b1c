"""Answers as HTML: the pages of the dashboard and the report, made of the same parts.

Knows what people are shown; knows no server, no store and no file. Whatever stands in a bill stays text, and
no page carries script or style inside its elements, so that the strictest policy of a browser holds.
"""
