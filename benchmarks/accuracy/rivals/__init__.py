"""Other people's detectors, from their own packages, asked the same question."""
