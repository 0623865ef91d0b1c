"""Families of commitments and their edges, licences, support, tax and other charges of the calendar.

Knows how contracts are billed; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.platforms import tariffs
from benchmarks.accuracy.worlds.platforms.mishaps import EDGES, FEES
from benchmarks.accuracy.worlds.platforms.scene import Family, Scene, Tariff, by_use
from benchmarks.accuracy.worlds.platforms.shapes import Beat, Job

EXACT = (0.00001, 0.0001)
STILL = (0.0, 0.0)
SEATS = (0.0, 0.0004)
CONTRACT = ("ended", "ended", "halved", "doubled_fleet", "price_rise")
CREDITS = ("lapse", "lapse", "leak", "forgotten", "halved")


def nothing(_scene: Scene, _dollars: float) -> Tariff:
    """A contract that has ended."""

    def free(used: Floats) -> Floats:
        return 0.0 * used

    return free


def fee(mark: str, growth: tuple[float, float] = STILL) -> Job:
    """A charge that comes by the calendar."""
    return Job(mark, sigma=EXACT, late=0.04, again=0.0, growth=growth)


COMMITMENTS = (
    Family(
        "savings_plan_edge",
        Beat((0.6, 0.9), sigma=(0.02, 0.05)),
        (150, 4000),
        EDGES,
        tariffs.beyond_commitment,
    ),
    Family(
        "reserved_rds_edge",
        Beat((0.9, 1.0), sigma=(0.01, 0.03)),
        (100, 2500),
        EDGES,
        tariffs.beyond_commitment,
    ),
    Family("reserved_search_edge", Beat(sigma=(0.005, 0.02)), (100, 1500), EDGES, tariffs.beyond_commitment),
    Family(
        "compute_committed", Beat((0.6, 0.9), sigma=(0.02, 0.05)), (100, 4000), EDGES, tariffs.with_commitment
    ),
    Family(
        "cache_committed", Beat((0.9, 1.0), sigma=(0.005, 0.02)), (60, 1200), EDGES, tariffs.with_commitment
    ),
    Family(
        "savings_plan_fee", Beat(sigma=EXACT, growth=STILL, busy=0.1), (100, 5000), CONTRACT, by_use, nothing
    ),
    Family(
        "reservation_fee",
        Beat(sigma=EXACT, growth=STILL, busy=0.1),
        (40, 1500),
        CONTRACT,
        tariffs.stock,
        nothing,
    ),
    Family(
        "migration_credits", Beat((0.7, 1.0), sigma=(0.02, 0.06)), (60, 2000), CREDITS, tariffs.after_credits
    ),
    Family("partner_credits", Beat(sigma=(0.005, 0.03)), (40, 900), CREDITS, tariffs.after_credits),
    Family(
        "support_daily",
        Beat((0.85, 1.0), sigma=(0.01, 0.03)),
        (60, 1500),
        ("flood", "leak", "customers_leave", "halved"),
        tariffs.support,
    ),
    Family("support_monthly", fee("first", SEATS), (1500, 5000), FEES),
    Family("tax", fee("third", SEATS), (600, 5000), FEES),
    Family("marketplace_monthly", fee("first"), (200, 4000), FEES),
    Family("marketplace_seats", fee("first_workday", SEATS), (100, 1500), FEES),
    Family("licences_twentieth", fee("twentieth", SEATS), (100, 2000), FEES),
    Family("weekly_service_fee", fee("mondays"), (40, 600), FEES),
    Family("managed_service_mid_month", fee("mid_month"), (150, 3000), FEES),
    Family("fee_and_usage", Job("first", (0.04, 0.2), EXACT, again=0.0), (200, 2500), (*FEES, "forgotten")),
)
