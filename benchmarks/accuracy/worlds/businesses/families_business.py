"""Families of trades, of fees, and of what moves from one line of a bill to another.

Knows what may happen to each and where it is; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.businesses import (
    shapes_changes,
    shapes_fees,
    shapes_trades,
)
from benchmarks.accuracy.worlds.businesses.family import OF_REQUESTS, Family

TRADES = (
    Family(
        shapes_trades.retail_storefront,
        {**OF_REQUESTS, "minraise": 1.5},
        serves=True,
        regular=True,
        trades=("retail",),
    ),
    Family(shapes_trades.ott_media_evening, OF_REQUESTS, serves=True, regular=True, trades=("media",)),
    Family(
        shapes_trades.sport_streaming_events,
        {
            **{"surge": 1.5, "cust_up": 2, "forgot": 4, "price_up": 0.6, "minraise": 1},
            **{"outage": 1},
        },
        serves=True,
        trades=("media", "adtech"),
    ),
    Family(
        shapes_trades.game_liveops,
        {**OF_REQUESTS, "minraise": 2},
        serves=True,
        regular=True,
        trades=("game",),
    ),
    Family(shapes_trades.fintech_paydays, OF_REQUESTS, serves=True, regular=True, trades=("fintech",)),
    Family(
        shapes_trades.adtech_bidding,
        {**OF_REQUESTS, "misroute": 1.5},
        serves=True,
        regular=True,
        trades=("adtech",),
    ),
    Family(
        shapes_trades.edu_terms,
        {**OF_REQUESTS, "minraise": 1},
        serves=True,
        regular=True,
        trades=("edu",),
    ),
    Family(
        shapes_trades.callcentre_connect,
        {
            **{"surge": 2, "outage": 2, "cust_up": 1.5, "partial": 1, "rightsize": 1},
            **{"drift_comp": 0.5, "price_up": 0.5, "stop": 0.5},
        },
        serves=True,
        regular=True,
    ),
    Family(
        shapes_trades.health_imaging,
        {**OF_REQUESTS, "backfill": 2},
        serves=True,
        regular=True,
        trades=("health",),
    ),
    Family(
        shapes_trades.b2b_saas_tenants,
        {**OF_REQUESTS, "minraise": 1.5, "sp_buy": 0.6},
        serves=True,
        regular=True,
        trades=("saas", "agency"),
    ),
    Family(shapes_trades.iot_fleet, {**OF_REQUESTS, "retry": 4}, serves=True, trades=("iot", "health")),
    Family(
        shapes_trades.market_data_volatility,
        {
            **{"flood": 2, "cust_up": 1.5, "outage": 1, "partial": 1.5, "misroute": 2},
            **{"forgot": 2, "stop": 1},
        },
        serves=True,
        trades=("fintech",),
    ),
    Family(
        shapes_trades.travel_search,
        {**OF_REQUESTS, "minraise": 1},
        serves=True,
        regular=True,
        trades=("travel",),
    ),
    Family(
        shapes_trades.food_delivery,
        {**OF_REQUESTS, "minraise": 1},
        serves=True,
        regular=True,
        trades=("food",),
    ),
)
FEES = (
    Family(
        shapes_fees.workspaces_seats,
        {
            **{"forgot": 1, "dup": 1, "cust_up": 2.5, "rightsize": 2.5, "gone": 0.6},
            **{"drift_stair": 1},
        },
        regular=True,
        accounts=("corp",),
    ),
    Family(
        shapes_fees.per_seat_monthly_prorate,
        {"cust_up": 3, "rightsize": 2, "price_up": 2, "gone": 0.8, "born": 1},
        regular=True,
        accounts=("corp",),
    ),
    Family(
        shapes_fees.marketplace_saas,
        {"price_up": 3, "gone": 1, "born": 1.5, "cust_up": 2, "rightsize": 1},
        regular=True,
        discounted=False,
        accounts=("corp",),
    ),
    Family(
        shapes_fees.support_fee,
        {"price_up": 1, "minraise": 1, "sp_buy": 0.5, "missing": 1, "gone": 0.5},
        regular=True,
        accounts=("payer",),
    ),
    Family(shapes_fees.tax_monthly, {}, discounted=False, accounts=("payer",)),
    Family(
        shapes_fees.credits_burn,
        {"surge": 1, "forgot": 2, "dup": 1.5, "rightsize": 1},
        serves=True,
        regular=True,
        share=0.6,
    ),
    Family(shapes_fees.refunds, {**OF_REQUESTS, "missing": 0.6}, serves=True, regular=True),
)
CHANGES = (
    Family(shapes_changes.service_migration_pair, OF_REQUESTS, serves=True, regular=True, weight=0.5),
    Family(shapes_changes.region_migration_pair, OF_REQUESTS, serves=True, regular=True, weight=0.5),
    Family(
        shapes_changes.cost_reclassification,
        {"cust_up": 1, "sp_buy": 1, "missing": 1},
        regular=True,
        accounts=("shared",),
    ),
    Family(shapes_changes.launch_ramp_new_product, OF_REQUESTS, serves=True, regular=True),
)
