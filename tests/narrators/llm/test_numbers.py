"""A number that is nowhere in the facts is found, however it is written; one that is, is let pass."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aws_cost_anomalies.figures.said import Unit
from aws_cost_anomalies.model.explanation import Explanation, KnownCause
from aws_cost_anomalies.model.money import amount, percentage
from aws_cost_anomalies.narrators.llm.facts import facts
from aws_cost_anomalies.narrators.llm.known import Known, Number, known
from aws_cost_anomalies.narrators.llm.numbers import strange

GOOD = (
    "It cost 4,537.12 USD more than expected (+977.8%).",
    "The impact is $4,537 so far, about $4.5k.",
    "USD 4537.12 so far; at this rate 34,028.40 USD in 30 days.",
    "At this rate $34k in 30 days, or 0.034 million USD.",
    "Cost went from 464.00 to 5,001.12 USD, 10.8 times the expected, 11x.",
    "Since 2026-10-28 (4 days), still ongoing.",
    "Since October 28, 2026. Since 28 October. Since Oct 28th. In October 2026. In 2026.",
    "A 4-day step between 2026-10-28 and 2026-10-31.",
    "The step lasted four days.",
    "m5.4xlarge in EUW1-BoxUsage:m5.4xlarge carries 4,000 USD (88%).",
    "Instance i-0abc12345678 in account 111122223333 carries 44.1 percent.",
    "720 Hrs instead of 24 at 0.80 USD per hour.",
    "The usage effect is 4,400.00 USD, the rate effect 100.00 USD.",
    "EC2 and gp3 volumes; look at S3 and Route 53 too.",
    "Anomaly 3f2a91c07b5d: 1,250.28 USD against 116.00 USD a day.",
    "1. Look at usage.\n2. Look at price.",
    "Nothing to see here.",
)
BAD = {
    "It cost 4,537.13 USD more than expected.": "4,537.13",
    "It cost 4,500 USD more.": "4,500",
    "It cost $4.6k more.": "$4.6k",
    "It cost 4,537.12 EUR more.": "4,537.12",
    "It cost €4,537.12 more.": "€4,537.12",
    "It cost -4,537.12 USD.": "-4,537.12",
    "It grew by 87%.": "87%",
    "It grew by 4,537.12%.": "4,537.12%",
    "It grew by 977.8 USD.": "977.8",
    "It grew threefold.": "threefold",
    "It doubled.": "doubled",
    "It is half of the bill.": "half",
    "A third of it is compute.": "A third",
    "It started on 2026-10-27 and 2026-09-01.": "2026-09-01",
    "It started on September 1.": "September 1",
    "It started on October 28, 2025.": "October 28, 2025",
    "It lasted 5 days.": "5",
    "It lasted five days.": "five",
    "It will go on for 4 weeks.": "4",
    "There are 12 new instances.": "12",
    "There are a dozen new instances.": "dozen",
    "It runs on m5.8xlarge.": "m5.8xlarge",
    "It is instance i-0abc99999999.": "0abc99999999",
    "It is in account 999988887777.": "999988887777",
    "It cost 99 cents.": "99",
    "It costs 1.2e6 USD.": "1.2e6",
    "It cost 1,2,3 USD.": "1,2,3",
    "It cost \u0664\u0665\u0663\u0667 USD.": "\u0664",
    "It cost ½ of it.": "1⁄2",
    "It cost ４，６００ USD.": "4,600",
    "It cost two million.": "million",
    "Save 1,300 to 4,537.12 USD.": "1,300",
    "Save 1,300-4,537.12 USD.": "1,300",
    "Save 100/900 of it.": "100",
    "In 2025.": "2025",
    "Up 3M.": "3M",
}


@pytest.fixture
def allowed(explanation: Explanation) -> Known:
    return known(facts(explanation))


@pytest.mark.parametrize("text", GOOD)
def test_what_the_facts_say_may_be_said(allowed: Known, text: str) -> None:
    assert strange(text, allowed) == ""


@pytest.mark.parametrize("text", BAD)
def test_what_they_do_not_say_is_found(allowed: Known, text: str) -> None:
    assert strange(text, allowed) == BAD[text]


def test_the_facts_of_a_known_cause_may_be_told(explanation: Explanation, known_cause: KnownCause) -> None:
    text = "m5.4xlarge was first seen on 2026-10-28 and carries 88% of it; 16 vCPUs."
    allowed = known(facts(replace(explanation, known_causes=(known_cause,))))
    assert strange(text, allowed) == "16"
    told = replace(known_cause, facts=(*known_cause.facts, "each has 16 vCPUs"))
    assert strange(text, known(facts(replace(explanation, known_causes=(told,))))) == ""


def test_a_number_within_a_value_of_the_bill_is_no_fact() -> None:
    document = {
        "currency": "USD",
        "scope": {"tag team": "saves 9,999 USD", "tag n": "77", "tag x": "web-88USD"},
    }
    allowed = known(document)
    for text, wrong in (("saves 9,999 USD", "9,999"), ("77 of them", "77"), ("88USD of it", "88USD")):
        assert strange(text, allowed) == wrong


@pytest.mark.parametrize("tag", ["grew 10x", "10x-team", "up 3B", "costs 1,234.56 now", "only 12 left"])
def test_a_tag_cannot_smuggle_a_number_in(tag: str) -> None:
    allowed = known({"currency": "USD", "scope": {"tag note": tag}})
    assert strange(f"It {tag}.".replace("-team", ""), allowed) != ""


@pytest.mark.parametrize("tag", ["Platform 2", "web-v2", "team7", "i-0abc12345678"])
def test_a_tag_that_only_holds_a_digit_may_be_named(tag: str) -> None:
    assert strange(f"It is {tag}.", known({"currency": "USD", "scope": {"tag team": tag}})) == ""


def law(value: float, unit: Unit) -> Known:
    return Known((Number(value, unit),), frozenset(), frozenset(), frozenset(), "USD")


@settings(deadline=None, max_examples=200)
@given(st.floats(1, 1e9), st.integers(0, 4))
@example(268435456.9375, 3)
def test_every_rounding_of_an_amount_is_the_amount(value: float, places: int) -> None:
    allowed = law(round(value, 6), Unit.MONEY)
    assert strange(f"It cost {round(value, 6):,.{places}f} USD.", allowed) == ""
    assert strange(f"It cost {amount(value)} USD ({percentage(value)}).", law(value, Unit.PERCENT)) != ""


@settings(deadline=None, max_examples=200)
@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_another_amount_is_never_the_amount(value: float, other: float) -> None:
    said, shown = f"{other:.2f}", f"{value:.2f}"
    assert (strange(f"It cost {said} USD.", law(float(shown), Unit.MONEY)) == "") == (said == shown)


def test_of_numbers_changed_in_one_digit_only_those_pass_that_are_facts_again(
    explanation: Explanation,
) -> None:
    document = facts(explanation)
    allowed, shown = known(document), json.dumps(document)
    said = ("4,537.12 USD", "34,028.40 USD", "977.8%", "5,001.12 USD", "2026-10-28", "111122223333")
    random_of, seen = random.Random(7), 0
    for _ in range(1000):
        text = random_of.choice(said)
        place = random_of.choice([n for n, c in enumerate(text) if c.isdigit()])
        digit = random_of.choice([d for d in "123456789" if d != text[place]])
        changed = f"{text[:place]}{digit}{text[place + 1 :]}"
        is_fact = changed.split()[0].strip("%").replace(",", "").removesuffix(".00") in shown
        assert (strange(f"It was {changed} then.", allowed) == "") == is_fact, changed
        seen += not is_fact
    assert seen > 900
