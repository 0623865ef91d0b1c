"""Families of contact centres, retail, pay, reports, commitments, licences, support and tax.

Knows how business and contracts are billed; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.platforms.mishaps import (
    CALLS,
    CONTRACT,
    CREDITS,
    EDGES,
    FEES,
    JOBS,
    RUNS,
    TRAFFIC,
)
from benchmarks.accuracy.worlds.platforms.scene import Family, Scene, Span, Tariff, by_use
from benchmarks.accuracy.worlds.platforms.shapes import CALM, LOUD, SOME, Beat, Job
from benchmarks.accuracy.worlds.platforms.tariffs import (
    after_credits,
    beyond_commitment,
    free_first,
    machines,
    tiered,
)

SHOP = (("sales", (0.6, 2.5)),)
BOOKS = (("close", (0.3, 1.5)), ("quarter_close", (0.2, 0.8)))
RISK = (("month_end", (0.3, 1.2)),)
LATE_YEAR, SEATS, EXACT, BY_DAY = (0.2, 1.0), (0.0, 0.0004), (0.00001, 0.0001), (0.6, 0.9)


def nothing(_scene: Scene, _dollars: float) -> Tariff:
    """A contract that has ended."""
    return lambda used: 0.0 * used


def fee(mark: str, growth: Span = (0.0, 0.0)) -> Job:
    """A charge that comes by the calendar."""
    return Job(mark, sigma=EXACT, late=0.04, again=0.0, growth=growth)


CONTRACTS = (
    Family("connect_minutes", Beat((0.1, 0.5), (1.1, 1.35), season=(0.0, 0.4)), (60, 2500), CALLS),
    Family("chat_bots", Beat((0.4, 0.8), noise="counts", sigma=LOUD), (15, 250), CALLS, free_first),
    Family("sms_campaigns", Job("twice_a_week", (0.05, 0.3), (0.1, 0.35)), (40, 500), RUNS),
    Family("payroll_month", Job("payday", (0.03, 0.2)), (100, 900), RUNS),
    Family("payroll_fortnight", Job("pay_fridays", (0.03, 0.2)), (60, 700), RUNS),
    Family("ledger", Beat((0.2, 0.6), habits=BOOKS, sigma=SOME), (40, 900), JOBS),
    Family("regulatory_reports", Job("report", (0.05, 0.3), (0.05, 0.2)), (80, 900), RUNS),
    Family("risk_grid", Beat((0.05, 0.3), habits=RISK, sigma=LOUD), (80, 3500), JOBS, machines),
    Family("orders_api", Beat((1.0, 1.4), habits=SHOP, season=LATE_YEAR), (50, 2500), TRAFFIC),
    Family("shop_search", Beat((1.0, 1.3), habits=SHOP, season=LATE_YEAR), (50, 1200), TRAFFIC, machines),
    Family("functions", Beat((0.5, 1.0), sigma=SOME), (20, 700), f"{TRAFFIC} runaway_loop", tiered),
    Family("onboarding_tenants", Beat(growth=(0.002, 0.005), busy=2.0), (30, 900), TRAFFIC),
    Family("fading_platform", Beat(growth=(-0.004, -0.001)), (60, 1500), f"{TRAFFIC} forgotten pulled"),
    Family("savings_plan_edge", Beat(BY_DAY, sigma=SOME), (150, 4000), EDGES, beyond_commitment, by_use),
    Family("reserved_rds_edge", Beat(sigma=SOME), (100, 2500), EDGES, beyond_commitment, by_use),
    Family("savings_plan_fee", Beat(sigma=CALM, busy=0.1), (100, 5000), CONTRACT, by_use, nothing),
    Family("migration_credits", Beat((0.7, 1.0), sigma=SOME), (60, 2000), CREDITS, after_credits, by_use),
    Family("support_daily", Beat(sigma=SOME), (60, 1500), "flood leak customers_leave halved", tiered),
    Family("support_monthly", fee("first", SEATS), (1500, 5000), FEES),
    Family("tax", fee("third", SEATS), (600, 5000), FEES),
    Family("marketplace_monthly", fee("first"), (200, 4000), FEES),
    Family("fee_and_usage", Job("first", (0.04, 0.2), EXACT, again=0.0), (200, 2500), f"{FEES} forgotten"),
)
