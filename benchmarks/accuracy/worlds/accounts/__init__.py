"""World six: accounts in ten countries, each of fourteen series that share its people and its users."""

from benchmarks.accuracy.worlds.accounts.world import accounts

__all__ = ["accounts"]
