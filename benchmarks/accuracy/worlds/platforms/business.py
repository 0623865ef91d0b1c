"""Families of machine learning, contact centres, retail, pay and reports.

Knows how platforms that serve a business are billed; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.platforms.mishaps import COUNTED, IDLE, JOBS, OFFICE, RUNS, SPORADIC, TRAFFIC
from benchmarks.accuracy.worlds.platforms.scene import Family
from benchmarks.accuracy.worlds.platforms.shapes import Beat, Bursts, Job
from benchmarks.accuracy.worlds.platforms.tariffs import (
    few_machines,
    free_first,
    in_cents,
    machines,
    tiered,
    with_fee,
)

MODELS = ("runaway_loop", "leaked_key", "debug_left_on", "leak", "creep", "customer_lost", "decay", "blocked")
CALLS = ("flood", "crawler", "wrong_size", "customer_lost", "customers_leave", "outage", "blocked", "halved")
SHOP = (("sales", (0.6, 2.5)),)
PAY = (("payday", (0.2, 1.0)),)
LATE_YEAR = (0.2, 1.0)

BUSINESS = (
    Family("training_sporadic", Bursts((6, 20), (2, 7), (0.4, 0.9)), (100, 2500), SPORADIC),
    Family("training_weekly", Job("wednesdays", (0.02, 0.2)), (80, 1500), RUNS),
    Family("training_second_tuesdays", Job("second_tuesdays", (0.0, 0.2)), (150, 2000), RUNS),
    Family(
        "inference_endpoints",
        Beat((0.9, 1.0), sigma=(0.002, 0.02), busy=1.4),
        (60, 3000),
        (*COUNTED, "wrong_size"),
        few_machines,
    ),
    Family(
        "inference_scaled",
        Beat((0.5, 0.9), sigma=(0.03, 0.08)),
        (50, 1500),
        (*TRAFFIC, "doubled_fleet"),
        machines,
    ),
    Family("tokens", Beat((0.2, 0.6), growth=(0.0005, 0.004), sigma=(0.06, 0.18)), (30, 2000), MODELS),
    Family("tokens_agents", Beat((0.3, 0.8), noise="skewed", sigma=(0.1, 0.2)), (30, 900), MODELS),
    Family("token_batches", Bursts((2, 6), (1, 2), (0.2, 0.6)), (30, 500), SPORADIC),
    Family(
        "provisioned_model",
        Beat(sigma=(0.0001, 0.001), busy=0.2),
        (400, 3000),
        ("doubled_fleet", "forgotten", "halved", "pulled"),
        few_machines,
    ),
    Family("notebooks", Beat((0.1, 0.4), noise="counts", sigma=(0.06, 0.15)), (30, 500), OFFICE, machines),
    Family("feature_store", Beat((0.7, 1.0), sigma=(0.02, 0.06)), (30, 400), JOBS, with_fee),
    Family(
        "connect_minutes",
        Beat((0.1, 0.5), (1.1, 1.35), season=(0.0, 0.4), sigma=(0.03, 0.07)),
        (60, 2500),
        CALLS,
    ),
    Family("connect_around_clock", Beat((0.6, 0.9), (1.05, 1.2), sigma=(0.03, 0.08)), (60, 2000), CALLS),
    Family(
        "telephony", Beat((0.1, 0.5), (1.1, 1.3), habits=PAY, sigma=(0.03, 0.08)), (30, 800), CALLS, tiered
    ),
    Family(
        "transcripts", Beat((0.1, 0.5), (1.1, 1.3), sigma=(0.04, 0.09)), (30, 600), (*CALLS, "silent"), tiered
    ),
    Family(
        "chat_bots",
        Beat((0.4, 0.8), noise="counts", sigma=(0.04, 0.1)),
        (15, 250),
        (*CALLS, "retry_storm"),
        free_first,
    ),
    Family("sms_campaigns", Job("twice_a_week", (0.05, 0.3), (0.1, 0.35)), (40, 500), RUNS),
    Family("payroll_fortnight", Job("pay_fridays", (0.03, 0.2)), (60, 700), RUNS),
    Family("payroll_month", Job("payday", (0.03, 0.2)), (100, 900), RUNS),
    Family(
        "ledger",
        Beat((0.2, 0.6), habits=(("close", (0.3, 1.5)), ("quarter_close", (0.2, 0.8)))),
        (40, 900),
        JOBS,
    ),
    Family("regulatory_reports", Job("report", (0.05, 0.3), (0.05, 0.2)), (80, 900), RUNS),
    Family("quarter_reports", Job("quarter_close", (0.1, 0.3)), (80, 900), ("wrong_size", "forgotten")),
    Family(
        "risk_grid",
        Beat((0.05, 0.3), habits=(("month_end", (0.3, 1.2)),), sigma=(0.05, 0.12)),
        (80, 3500),
        JOBS,
        machines,
    ),
    Family(
        "market_data", Beat((0.02, 0.15), noise="wander", sigma=(0.04, 0.1)), (40, 900), (*TRAFFIC, "blocked")
    ),
    Family(
        "claims_images",
        Beat((0.3, 0.7), (1.1, 1.3), noise="skewed", sigma=(0.04, 0.1)),
        (20, 400),
        JOBS,
        tiered,
    ),
    Family(
        "orders_api", Beat((1.0, 1.4), habits=SHOP, season=LATE_YEAR, sigma=(0.03, 0.08)), (50, 2500), TRAFFIC
    ),
    Family(
        "shop_search",
        Beat((1.0, 1.3), habits=SHOP, season=LATE_YEAR, sigma=(0.02, 0.06)),
        (50, 1200),
        TRAFFIC,
        machines,
    ),
    Family("stock_forecast", Job("mondays", (0.02, 0.2)), (60, 900), RUNS),
    Family("price_updates", Job("twice_a_week", (0.1, 0.4)), (30, 300), RUNS),
    Family(
        "store_systems", Beat((0.8, 1.1), season=LATE_YEAR, sigma=(0.01, 0.05)), (40, 900), TRAFFIC, with_fee
    ),
    Family("media_archive_jobs", Job("nightly", (0.02, 0.1), (0.1, 0.3)), (30, 400), JOBS),
    Family(
        "game_servers",
        Beat((1.2, 1.8), noise="wander", sigma=(0.04, 0.1)),
        (40, 1500),
        (*TRAFFIC, "halved"),
        machines,
    ),
    Family(
        "workflows", Beat((0.6, 0.95), sigma=(0.03, 0.08)), (15, 300), ("runaway_loop", "runaway_loop", *JOBS)
    ),
    Family(
        "functions",
        Beat((0.5, 1.0), sigma=(0.03, 0.09), growth=(0.0, 0.0015)),
        (20, 700),
        ("runaway_loop", *TRAFFIC),
        tiered,
    ),
    Family("api_calls", Beat((0.5, 1.0), sigma=(0.03, 0.08)), (20, 600), TRAFFIC, tiered),
    Family(
        "queues",
        Beat((0.6, 1.0), noise="counts", sigma=(0.02, 0.06)),
        (15, 250),
        ("runaway_loop", *TRAFFIC),
        free_first,
    ),
    Family("onboarding_tenants", Beat((0.7, 1.0), growth=(0.002, 0.005), busy=2.0), (30, 900), TRAFFIC),
    Family(
        "fading_platform",
        Beat((0.6, 0.95), growth=(-0.004, -0.001), busy=0.6),
        (60, 1500),
        ("forgotten", "pulled", *TRAFFIC),
    ),
    Family("pilot_service", Beat(noise="skewed", sigma=(0.1, 0.3)), (0.3, 5.0), IDLE, in_cents),
)
