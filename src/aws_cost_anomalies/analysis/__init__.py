"""Arithmetic on Panels: numpy in, numpy or words of the field out. No input, no output, no clock."""
