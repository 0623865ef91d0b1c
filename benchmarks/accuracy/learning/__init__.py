"""What the second look is learned from, and how."""
