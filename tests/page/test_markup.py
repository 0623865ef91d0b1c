"""HTML by elements: text stays text, and what would run cannot be written."""

from __future__ import annotations

import pytest
from browser_payloads import PAYLOADS

from aws_cost_anomalies.page.markup import Markup, joined, tag
from aws_cost_anomalies.page.parts import amount, percent


def test_children_are_text_unless_they_are_finished() -> None:
    inside = tag("b", "1 < 2 & 3")
    assert inside == "<b>1 &lt; 2 &amp; 3</b>"
    assert tag("p", inside, None, ["x", tag("br")], 5) == f"<p>{inside}x<br>5</p>"
    assert isinstance(joined("a", "b"), Markup)


def test_attributes() -> None:
    drawn = tag("input", type="checkbox", aria_label='a "b" <c>', checked=True, disabled=False, name=None)
    assert drawn == '<input type="checkbox" aria-label="a &quot;b&quot; &lt;c&gt;" checked>'
    assert tag("label", for_="x", class_="y") == '<label for="x" class="y"></label>'


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_bill_becomes_an_element(payload: str) -> None:
    drawn = tag("p", payload, title=payload)
    assert drawn.count("<") == 2
    assert drawn.partition(">")[0].count('"') == 2


@pytest.mark.parametrize("attribute", ["onclick", "onload", "style", "srcdoc", "onmouse_over"])
def test_what_would_run_or_style_is_refused(attribute: str) -> None:
    with pytest.raises(ValueError, match="inside the page"):
        tag("p", **{attribute: "x"})


@pytest.mark.parametrize(
    "address", ["javascript:x", " javascript:x", "http://evil.example", "data:text/html,x", ""]
)
def test_an_address_is_a_page_or_it_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        tag("a", "x", href=address)


@pytest.mark.parametrize(
    ("value", "said"), [(1234.5, "1,234.50"), (-0.001, "0.00"), (None, "–"), (float("nan"), "–")]
)
def test_an_amount(value: float | None, said: str) -> None:
    assert f">{said}<" in amount(value)


def test_a_change_has_its_sign() -> None:
    assert ">+5.00 USD<" in amount(5.0, currency="USD", is_change=True)
    assert ">+5.0%<" in percent(5.0)
    assert ">5.0%<" in percent(5.0, has_sign=False)
