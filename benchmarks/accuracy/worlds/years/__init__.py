"""World seven: bills of more than a year, of which only the days after the first four months are judged."""

from benchmarks.accuracy.worlds.years.world import years

__all__ = ["years"]
