"""World eight: forty-six businesses in eighteen countries, each series a usage at a price.

Its author had not seen the detector. What happens acts on usage or on the bill, and passes through machines,
tiers, free shares and commitments on its way to dollars. It is a label only where it is worth ten dollars
a day, a quarter of what was usual, and more than the series' own habits; what is fainter, and what comes
without any reason, counts neither way. Holidays, sales, pay days, month ends and whatever comes again and
again are no events. Knows how the other modules make one bill; must not know any detector.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.accuracy.labelled import Event, Floats, LabelledBill, Ledger
from benchmarks.accuracy.worlds.accounts.holidays import ONE_DAY
from benchmarks.accuracy.worlds.accounts.strokes import Rng
from benchmarks.accuracy.worlds.businesses.accident import Accident, accidents
from benchmarks.accuracy.worlds.businesses.families import any_family
from benchmarks.accuracy.worlds.businesses.family import Family
from benchmarks.accuracy.worlds.businesses.holidays import COUNTRIES
from benchmarks.accuracy.worlds.businesses.judgement import FOUR_WEEKS, Past, Verdict
from benchmarks.accuracy.worlds.businesses.line import Line
from benchmarks.accuracy.worlds.businesses.luck import JUDGED_FROM, DailyLuck
from benchmarks.accuracy.worlds.businesses.organization import TRADES, Organization
from benchmarks.accuracy.worlds.businesses.planting import Story, befall, incidents, small_changes
from benchmarks.accuracy.worlds.businesses.scene import Scene
from benchmarks.accuracy.worlds.businesses.surprises import rare_crowds, surprises
from benchmarks.accuracy.worlds.years.almanac import Almanac

N_DAYS, N_BUSINESSES = 300, 46
FIRST_DAYS = (
    *(date(2023, 3, 1), date(2024, 9, 1), date(2022, 6, 15), date(2024, 1, 10)),
    *(date(2025, 3, 25), date(2023, 10, 1)),
)
"""About when bills begin, so that all feasts come into one or another."""
STRAY = 20
"""Days by which they begin earlier or later."""
LEAST_BILLED = 1e-4
"""Dollars a day that are still to be seen on a bill."""
DUST = 5e-4
"""Dollars a day that a bill leaves out."""
WEEK = 7


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """What the series of a bill have in common: its days, who pays it, and what befalls whole accounts."""

    almanac: Almanac
    businesses: tuple[Organization, ...]
    accidents: tuple[Accident, ...]

    @classmethod
    def of(cls, rng: Rng, first_day: date) -> Backdrop:
        """Businesses from this day on."""
        almanac, luck = Almanac.of(first_day, N_DAYS), DailyLuck(rng, N_DAYS)
        some = [*TRADES, *TRADES, *rng.choice(TRADES, N_BUSINESSES - 2 * len(TRADES))]
        countries = np.resize(rng.permutation(COUNTRIES), N_BUSINESSES)
        businesses = tuple(
            Organization.of(luck, almanac, trade=str(trade), country=str(country))
            for trade, country in zip(some, countries, strict=True)
        )
        return cls(almanac, businesses, accidents(luck, N_BUSINESSES))

    def accidents_of(self, business: int, account: str) -> list[Accident]:
        """What befalls an account of a business."""
        return [some for some in self.accidents if some.business == business and account in some.accounts]

    def any_business(self, rng: Rng, trades: tuple[str, ...]) -> int:
        """The number of a business of one of these trades, or of any where none is named."""
        fitting = [n for n, some in enumerate(self.businesses) if not trades or some.trade in trades]
        return fitting[rng.integers(len(fitting))]


def businesses(seed: int, n_series: int, n_days: int = N_DAYS) -> LabelledBill:
    """A labelled bill of this world, 300 days or fewer; a series is the same however many follow."""
    rng = np.random.default_rng([seed, 77051])
    first_day = FIRST_DAYS[seed % len(FIRST_DAYS)] + int(rng.integers(-STRAY, STRAY + 1)) * ONE_DAY
    backdrop = Backdrop.of(rng, first_day)
    ledger, drawn = Ledger("businesses", first_day, N_DAYS, judged_from=JUDGED_FROM), 0
    while len(ledger.rows) < n_series:
        rng = np.random.default_rng([seed, 1000 + drawn])
        family = any_family(rng)
        number = backdrop.any_business(rng, family.trades)
        scene = Scene(rng, N_DAYS, backdrop.businesses[number])
        for series in family.series(scene)[: n_series - len(ledger.rows)]:
            line = Line.of(series, discount=_paid(scene.business, family))
            is_regular = family.regular and bool((line.costs >= LEAST_BILLED).all())
            hit_by = backdrop.accidents_of(number, scene.one_of(family.accounts))
            story = _told(scene, family, line, accidents=hit_by)
            costs = _billed(story.line.costs, scene.business)
            _enter(ledger, story, ledger.add(family.name, costs, regular=is_regular))
        drawn += 1
    return ledger.close().until(n_days)


def _paid(business: Organization, family: Family) -> Floats:
    """Share of the list price that a business pays."""
    return business.discount if family.discounted else np.ones(N_DAYS)


def _told(scene: Scene, family: Family, line: Line, *, accidents: list[Accident]) -> Story:
    """What happens to a line, and what is said of it."""
    series, business = line.series, scene.business
    past = Past(series.is_lump | business.odd, scene.almanac.weekday)
    story = Story(line, past, disputed=list(series.disputed))
    if series.own is not None:
        story.happens(series.own)
    for accident in accidents:
        befall(scene, story, accident, serves=family.serves)
    if family.odds and series.own is None and not series.is_spared:
        small_changes(scene, story)
        incidents(scene, story, family.odds, share=family.share)
    if family.serves:
        story.disputed += rare_crowds(story.line.costs, business)
    story.disputed += surprises(story.line.costs, past, busy=story.busy)
    return story


def _billed(costs: Floats, business: Organization) -> Floats:
    """What the bill says, without dust, and in cents where the business is billed so."""
    costs = np.round(costs, 2) if business.in_cents else costs
    return np.where(np.abs(costs) < DUST, 0, costs)


def _enter(ledger: Ledger, story: Story, number: int) -> None:
    """Write down what is said of a series."""
    for verdict in story.labels:
        ledger.label(_event(verdict, ledger.rows[number], number))
    for first, last in story.disputed:
        ledger.hush(number, max(0, first), last)


def _event(verdict: Verdict, costs: Floats, number: int) -> Event:
    """The label of an incident; its size is relative to the median of the four weeks before it."""
    days = verdict.last - verdict.first + 1
    usual = float(np.median(np.maximum(costs[verdict.first - FOUR_WEEKS : verdict.first], 0)))
    ratio = verdict.dollars / usual if usual > 0 else float("inf")
    impact = verdict.dollars * min(days, WEEK)
    return Event(number, verdict.kind, verdict.first, verdict.last, impact, ratio)
