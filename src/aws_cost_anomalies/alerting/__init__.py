"""Who is told what, and in which words. No input, no output, no clock."""
