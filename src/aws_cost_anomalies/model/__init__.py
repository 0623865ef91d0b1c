"""The words of the field as frozen values: what passes from room to room. No input, no output, no clock."""
