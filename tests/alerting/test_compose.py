"""What people are told of an alert: every reason against a committed text, and the laws that hold for all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from october_step import below

from aws_cost_anomalies.alerting.compose import compose
from aws_cost_anomalies.alerting.known import Known
from aws_cost_anomalies.alerting.one import MOST_CAUSES
from aws_cost_anomalies.alerting.several import MOST_LINES
from aws_cost_anomalies.model.activity import Activity, Deed
from aws_cost_anomalies.model.alert import Alert, Reason
from aws_cost_anomalies.model.anomaly import Anomaly, Severity, Status
from aws_cost_anomalies.model.explanation import Breakdown, Effects, Explanation, KnownCause, Narrative
from aws_cost_anomalies.model.gap import Gap
from aws_cost_anomalies.model.message import Chart, Facts, Message, Paragraph, SmallPrint, Step, Steps, Table
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope

GOLDEN = Path(__file__).parents[1] / "golden" / "messages"
NAMES = {"111122223333": "payments-prod"}
LINK = "https://costs.example.com/"
Make = Callable[..., Alert]
BECAUSE = {
    Reason.GREW: "the impact went from 1,500.00 to 4,537.12 USD",
    Reason.CAUSE_CHANGED: "most of it was in WriteRequestUnits-1, now it is in WriteRequestUnits-0",
    Reason.RESOLVED: "cost was usual for 3 days",
    Reason.WITHDRAWN: "the bill was restated on 2026-11-02",
    Reason.HEARTBEAT: "nothing new through 2026-10-31; 1 open anomaly",
    Reason.NO_GOOD_RUN: "there was no good run for 40 hours, the last one was at 2026-10-30 06:00 UTC",
}
STATUS = {Reason.RESOLVED: Status.RESOLVED, Reason.WITHDRAWN: Status.WITHDRAWN}


def drawn(message: Message) -> str:
    """A message as plain text, every block and every cell of it."""
    lines = [f"title: {message.title}", f"text: {message.text}", f"thread: {message.thread}"]
    lines += [f"severity: {message.severity}", f"mentions: {', '.join(message.mentions)}"]
    for block in message.blocks:
        heading = getattr(block, "title", "")
        lines += ["", f"[{type(block).__name__}] {heading}".rstrip()]
        match block:
            case Paragraph() | SmallPrint():
                lines += block.text.splitlines()
            case Facts():
                lines += [f"{label}: {value}" for label, value in block.pairs]
            case Table():
                lines += [" | ".join(row) for row in (block.columns, *block.rows)]
            case Steps():
                lines += [" ; ".join(filter(None, (s.text, s.command, s.url))) for s in block.steps]
            case Chart():
                lines.append(f"{len(block.days)} days through {block.through}")
    return "\n".join(lines) + "\n"


def golden(name: str, text: str) -> None:
    """Compare with the committed text; `WRITE_GOLDEN=1` writes it anew, to be read in the diff."""
    file = GOLDEN / name
    if os.environ.get("WRITE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"{file} differs; read the diff, then WRITE_GOLDEN=1"


@pytest.mark.parametrize("reason", [r for r in Reason if r not in {Reason.DIGEST, Reason.STORM}])
def test_one_anomaly_is_told_as_committed(
    reason: Reason, alert: Make, anomaly: Anomaly, explanation: Explanation, narrative: Narrative
) -> None:
    anomaly = replace(anomaly, status=STATUS.get(reason, anomaly.status))
    if reason is Reason.RESOLVED:
        anomaly = replace(anomaly, impact=replace(anomaly.impact, monthly_run_rate=0.0))
    made = alert(reason, anomaly, because=BECAUSE.get(reason, "first seen on 2026-10-28"))
    explanation = replace(explanation, anomaly=anomaly)
    message = compose(
        made,
        Known(
            {anomaly.anomaly_id: explanation},
            narratives={anomaly.anomaly_id: narrative} if reason is not Reason.RESOLVED else {},
            account_names=NAMES,
            link=LINK,
        ),
    )
    golden(f"{reason}.txt", drawn(message))
    if reason is Reason.NEW:
        golden(f"{reason}.json", json.dumps(message.payload, indent=2, allow_nan=False) + "\n")


@pytest.mark.parametrize("reason", [Reason.DIGEST, Reason.STORM])
def test_several_anomalies_are_told_as_committed(
    reason: Reason,
    alert: Make,
    anomaly: Anomaly,
    explanation: Explanation,
    many: Callable[[int], tuple[Anomaly, ...]],
) -> None:
    made = alert(reason, *many(6 if reason is Reason.DIGEST else 40), anomaly, because="the day is over")
    known = {anomaly.anomaly_id: explanation}
    told = compose(made, Known(known, narratives={}, account_names=NAMES, link=LINK, view_currency="USD"))
    golden(f"{reason}.txt", drawn(told))
    assert told.thread == told.key


def test_known_causes_become_steps_and_what_drives_it_a_fact(
    alert: Make, anomaly: Anomaly, explanation: Explanation
) -> None:
    cause = KnownCause(
        "More writes", ("fits",), "The table that grew.", "aws dynamodb list-tables", "https://x"
    )
    effects = Effects(4400.0, 100.0, 0.0, 37.12, 0.0)
    told = replace(explanation, known_causes=(cause,), effects=effects, aws_anomalies=())
    message = compose(alert(Reason.NEW), Known({anomaly.anomaly_id: told}, narratives={}, account_names={}))
    steps = next(block for block in message.blocks if isinstance(block, Steps)).steps
    first = Step("More writes? The table that grew.", "aws dynamodb list-tables", "https://x")
    assert (steps[0], steps[1].command) == (first, "aws-cost-anomalies explain 3f2a91c07b5d")
    pairs = dict(next(block for block in message.blocks if isinstance(block, Facts)).pairs)
    assert pairs["Driven by"] == "usage +4,400.00, rate +100.00"
    assert pairs["AWS Cost Anomaly Detection"] == "does not tell it"


def test_what_stays_at_its_new_level_is_not_called_over(
    alert: Make, anomaly: Anomaly, explanation: Explanation
) -> None:
    odd = replace(anomaly, status=Status.RESOLVED)
    known = Known({}, narratives={}, account_names={}, view_currency="USD")
    message = compose(alert(Reason.RESOLVED, odd), known)
    rate = "+34,028.40 USD in 30 days if it stays"
    assert message.title == f"Usual by now: step up in Amazon DynamoDB, {rate}"
    usual = "such a level is the usual one by now and told as odd no longer"
    assert message.text.endswith(f"from 2026-10-28 to 2026-10-31 (4 days); {usual}, {rate}.")
    assert message.blocks[0].title == "Usual by now"
    facts, impact = (block.pairs for block in message.blocks if isinstance(block, Facts))
    assert dict(facts)["When"] == "2026-10-28 to 2026-10-31 (4 days), stays at its new level"
    assert impact == (("So far", "+4,537.12 USD"), ("30 days, if it stays", "+34,028.40 USD"))


def test_an_end_has_the_currency_of_the_view(alert: Make, anomaly: Anomaly) -> None:
    over = replace(anomaly, status=Status.RESOLVED, impact=replace(anomaly.impact, monthly_run_rate=0.0))
    known = Known({}, narratives={}, account_names={}, view_currency="EUR")
    message = compose(alert(Reason.RESOLVED, over), known)
    assert message.title == "Resolved: step up in Amazon DynamoDB, +4,537.12 EUR"
    assert message.payload["anomalies"][0]["currency"] == "EUR"


def test_of_several_each_is_told_by_its_figures_and_then_in_words(
    alert: Make, anomaly: Anomaly, narrative: Narrative
) -> None:
    second = replace(anomaly, anomaly_id="2")
    message = compose(
        alert(Reason.DIGEST, anomaly, second), Known({}, narratives={"2": narrative}, account_names={})
    )
    told = [block.text for block in message.blocks if isinstance(block, Paragraph)][1:]
    assert [text.splitlines()[1:] for text in told] == [[], narrative.text.splitlines()]
    assert all(text.startswith("Amazon DynamoDB cost 4,537.12 more than expected") for text in told)


def table_of(message: Message) -> Table:
    return next(block for block in message.blocks if isinstance(block, Table))


def test_the_causes_shown_add_up_to_the_impact_to_the_cent(
    alert: Make, anomaly: Anomaly, explanation: Explanation
) -> None:
    found = compose(
        alert(Reason.NEW), Known({anomaly.anomaly_id: explanation}, narratives={}, account_names=NAMES)
    )
    *parts, total = [round(100 * float(row[1].replace(",", ""))) for row in table_of(found).rows]
    assert sum(parts) == total == 453712
    assert len(parts) == MOST_CAUSES + 1


def test_a_storm_has_an_end_and_its_lines_add_up(
    alert: Make, many: Callable[[int], tuple[Anomaly, ...]]
) -> None:
    message = compose(alert(Reason.STORM, *many(500)), Known({}, narratives={}, account_names={}))
    rows = table_of(message).rows
    assert len(rows) == MOST_LINES + 1
    assert rows[-1][1] == "and 472 more"
    assert rows[-1][2] == "+1,116,260.00, -50.01"


@pytest.mark.parametrize("reason", [Reason.DIGEST, Reason.HEARTBEAT])
def test_what_speaks_of_the_whole_bill_says_what_it_lacks(
    reason: Reason, alert: Make, many: Callable[[int], tuple[Anomaly, ...]]
) -> None:
    gap = Gap(Period.parse("2026-10-30"), 20, 20, "a\x1b[31mb\u202e")
    told = drawn(compose(alert(reason, *many(6)), Known({}, narratives={}, account_names={}, gaps=(gap,))))
    assert r"2026-10-30: no charges of a\x1b[31mb\u202e in any of its 20 accounts" in " ".join(told.split())


def test_an_anomaly_that_cannot_be_explained_any_more_is_told_from_its_own_figures(
    alert: Make, anomaly: Anomaly
) -> None:
    taken_back = replace(anomaly, status=Status.WITHDRAWN)
    message = compose(alert(Reason.WITHDRAWN, taken_back), Known({}, narratives={}, account_names=NAMES))
    assert message.title == "Withdrawn: step up in Amazon DynamoDB, +4,537.12"
    assert [type(block) for block in message.blocks] == [Paragraph, Paragraph, Facts, SmallPrint]
    assert message.payload["anomalies"][0]["currency"] is None  # type: ignore[index]


def test_a_digest_says_of_what_was_taken_back_that_it_was(alert: Make, anomaly: Anomaly) -> None:
    taken_back = replace(anomaly, status=Status.WITHDRAWN)
    alone = compose(alert(Reason.DIGEST, taken_back), Known({}, narratives={}, account_names=NAMES))
    assert alone.title == "Withdrawn: step up in Amazon DynamoDB, +4,537.12"
    assert not [block for block in alone.blocks if isinstance(block, Steps)]
    beside = compose(
        alert(Reason.DIGEST, anomaly, *[taken_back] * 3), Known({}, narratives={}, account_names=NAMES)
    )
    assert "2. Withdrawn: step up in Amazon DynamoDB" in drawn(beside)
    assert table_of(beside).rows[0][0] == "withdrawn"


@pytest.mark.parametrize(
    ("reason", "title"),
    [
        (Reason.NEW, "Critical: step up in Amazon DynamoDB"),
        (Reason.GREW, "Critical, grew: step up in Amazon DynamoDB"),
        (Reason.CAUSE_CHANGED, "Critical, another cause: step up in Amazon DynamoDB"),
        (Reason.RESOLVED, "Resolved: step up in Amazon DynamoDB"),
    ],
)
def test_a_digest_says_what_is_new_of_each(alert: Make, anomaly: Anomaly, reason: Reason, title: str) -> None:
    """What is over in the digest of a day would pass for the same alarm once more."""
    digest = replace(alert(Reason.DIGEST, anomaly), news=(reason,))
    assert compose(digest, Known({}, narratives={}, account_names=NAMES)).title.startswith(title)
    others = tuple(replace(anomaly, anomaly_id=f"{n}") for n in range(4))
    several = replace(alert(Reason.DIGEST, *others), news=(reason, Reason.NEW, Reason.NEW, reason))
    message = compose(several, Known({}, narratives={}, account_names=NAMES))
    assert f"1. {title}" in drawn(message)
    assert "2. Critical: step up in Amazon DynamoDB" in drawn(message)
    assert table_of(message).rows[0][0] == title.partition(":")[0].lower()


def test_what_stands_in_a_bill_neither_breaks_a_line_nor_fills_the_message(
    alert: Make, anomaly: Anomaly, explanation: Explanation
) -> None:
    tag = "<!channel>\n\x1b[31m\u202e" + "x" * 5000
    odd = replace(anomaly, scope=Scope((("tag:te\nam", tag),)))
    message = compose(
        alert(Reason.NEW, odd),
        Known(
            {odd.anomaly_id: replace(explanation, anomaly=odd, summary=f"{tag} cost more")},
            narratives={odd.anomaly_id: Narrative("one\x1b[2J\ntwo")},
            account_names={"111122223333": "a\nb"},
        ),
    )
    assert "\n" not in message.title + message.text
    assert len(message.title) < 200
    text = drawn(message)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert r"<!channel>\n\x1b[31m" in message.title


def test_who_is_called_comes_from_the_subscription_alone(alert: Make, explanation: Explanation) -> None:
    message = compose(alert(Reason.NEW), Known({}, narratives={}, account_names=NAMES))
    assert message.mentions == ("<@U012ABCDEF>",)


@pytest.mark.parametrize(
    ("grades", "gravest"),
    [
        ((Severity.INFO, Severity.CRITICAL, Severity.WARNING), Severity.CRITICAL),
        ((Severity.INFO, Severity.INFO), Severity.INFO),
    ],
)
def test_several_are_as_grave_as_the_gravest(
    alert: Make, anomaly: Anomaly, grades: tuple[Severity, ...], gravest: Severity
) -> None:
    found = [replace(anomaly, anomaly_id=f"{n}", severity=grade) for n, grade in enumerate(grades)]
    message = compose(alert(Reason.DIGEST, *found), Known({}, narratives={}, account_names={}))
    assert message.severity is gravest


def test_who_wrote_the_text_and_what_it_cost_stands_in_the_small_print(
    alert: Make, anomaly: Anomaly, explanation: Explanation
) -> None:
    def small_print(narrative: Narrative) -> str:
        made = compose(
            alert(Reason.NEW),
            Known(
                {anomaly.anomaly_id: explanation},
                narratives={anomaly.anomaly_id: narrative},
                account_names={},
            ),
        )
        return next(block.text for block in made.blocks if isinstance(block, SmallPrint))

    assert "text by m:1, 1,234 tokens, 0.0120 USD" in small_print(Narrative("a", "m:1", "", 1234, 0.012))
    assert "text by rule, since 7 is no fact" in small_print(Narrative("a", rejected="7 is no fact"))


def test_who_changed_what_is_told_as_evidence_and_on_one_line_each(
    alert: Make, anomaly: Anomaly, explanation: Explanation
) -> None:
    night = datetime(2026, 10, 28, 2, 10, tzinfo=UTC)
    deed = Deed("CreateTable", "dynamodb.amazonaws.com", "role ci\n<!channel>", "us-east-1", 12, night, night)
    known = replace(explanation, activity=Activity(night, night, ("us-east-1",), (), (deed,) * 7))
    (told,) = _paragraphs(compose_with(alert(Reason.NEW, anomaly), known), "CloudTrail")
    assert told.text.splitlines()[0] == r"CreateTable ×12 by role ci\n<!channel>, 2026-10-28 02:10 UTC"
    assert (len(told.text.splitlines()), told.text.splitlines()[-1]) == (6, "and more")
    digest = compose_with(alert(Reason.DIGEST, anomaly, replace(anomaly, anomaly_id="0" * 12)), known)
    assert any("In CloudTrail: CreateTable ×12" in block.text for block in _paragraphs(digest, "1. "))


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("AWS denies cloudtrail:LookupEvents", "CloudTrail not asked: AWS denies cloudtrail:LookupEvents"),
        ("", "no change in CloudTrail around its first day"),
    ],
)
def test_why_no_change_is_told_stands_in_the_small_print(
    alert: Make, anomaly: Anomaly, explanation: Explanation, problem: str, said: str
) -> None:
    night = datetime(2026, 10, 28, tzinfo=UTC)
    known = replace(explanation, activity=Activity(night, night, problem=problem))
    message = compose_with(alert(Reason.NEW, anomaly), known)
    assert not _paragraphs(message, "CloudTrail")
    (small,) = (block for block in message.blocks if isinstance(block, SmallPrint))
    assert said in small.text


def test_resources_are_told_by_what_tells_them_apart(
    alert: Make, anomaly: Anomaly, explanation: Explanation
) -> None:
    arns = [f"arn:aws:dynamodb:us-east-1:{account}:table/{name}" for account, name in TABLES]
    causes = tuple(below(anomaly.scope, "ResourceId", arn, 1000.0) for arn in (*arns, "i-0abc"))
    known = replace(explanation, breakdowns=(Breakdown("resource", causes, 537.12),))
    (table,) = (b for b in compose_with(alert(Reason.NEW, anomaly), known).blocks if isinstance(b, Table))
    assert [row[0] for row in table.rows] == ["table/carts", arns[1], arns[2], "i-0abc", "other", "total"]


TABLES = (("111122223333", "carts"), ("111122223333", "orders"), ("444455556666", "orders"))


def compose_with(made: Alert, known: Explanation) -> Message:
    return compose(made, Known({known.anomaly.anomaly_id: known}, narratives={}, account_names=NAMES))


def _paragraphs(message: Message, title: str) -> list[Paragraph]:
    return [block for block in message.blocks if isinstance(block, Paragraph) and title in block.title]
