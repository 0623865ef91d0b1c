"""World five: every series a trial of its own, with a noise that is known and events that stand out of it."""

from benchmarks.accuracy.worlds.trials.world import trials

__all__ = ["trials"]
