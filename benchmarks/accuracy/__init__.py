"""How well the detectors find what was planted, and how often they cry wolf."""
