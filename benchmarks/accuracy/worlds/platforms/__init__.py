"""World of platforms: bills of the shared platforms of large enterprises."""

from benchmarks.accuracy.worlds.platforms.world import platforms

__all__ = ["platforms"]
