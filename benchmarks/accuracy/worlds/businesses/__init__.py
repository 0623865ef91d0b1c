"""World eight: forty-six businesses in eighteen countries, each with the calendar of its trade."""

from benchmarks.accuracy.worlds.businesses.world import businesses

__all__ = ["businesses"]
