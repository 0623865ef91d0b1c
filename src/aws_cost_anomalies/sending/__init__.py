"""How a message leaves: what every notifier stands on and none of them knows alone.

The one place that opens an HTTP connection on a channel's behalf, what its answers mean, and texts from the
bill made harmless. Knows no platform.
"""
