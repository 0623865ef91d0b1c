"""Two messages: a rich one as people get it, and one made of a bill that means harm."""

from __future__ import annotations

from datetime import date, timedelta

from aws_cost_anomalies.model.anomaly import Severity
from aws_cost_anomalies.model.explanation import DayVerdict
from aws_cost_anomalies.model.message import (
    Chart,
    Facts,
    Message,
    Paragraph,
    SmallPrint,
    Step,
    Steps,
    Table,
)

NOT_YET = float("nan")
START = date(2026, 10, 1)


def verdict(number: int) -> DayVerdict:
    """A day of a series that jumps on its thirty-first day and could not be judged in its first week."""
    is_odd = number >= 30
    return DayVerdict(
        day=START + timedelta(number),
        actual=100.0 + 10 * (number % 7) + 250 * is_odd,
        expected=130.0 if number >= 7 else NOT_YET,
        lower=95.0 if number >= 7 else NOT_YET,
        upper=170.0 if number >= 7 else NOT_YET,
        is_anomalous=is_odd,
        is_settled=number < 36,
    )


def chart(title: str = "Amazon RDS in prod (111111111111)") -> Chart:
    return Chart(title, "USD", tuple(verdict(n) for n in range(37)), date(2026, 11, 5))


def rich() -> Message:
    """All there is to say of one anomaly."""
    return Message(
        key="5f0c2a9d1b7e4c33",
        title="Critical: Amazon RDS in prod costs 250.00 USD a day more than expected",
        text="Amazon RDS in prod (111111111111) cost 1,500.00 USD more than expected since Oct 31.",
        thread="a1b2c3d4e5f6",
        blocks=(
            Paragraph("New: it was never told before, and its impact is above 100.00 USD."),
            Facts(
                (
                    ("Service", "Amazon Relational Database Service"),
                    ("Account", "prod (111111111111)"),
                    ("Actual", "2,280.00 USD"),
                    ("Expected", "780.00 USD"),
                    ("Change", "+1,500.00 USD (+192 %)"),
                    ("Since", "2026-10-31"),
                )
            ),
            Facts((("So far", "1,500.00 USD"), ("Rest of the month", "6,250.00 USD")), title="Impact"),
            Table(
                columns=("Usage type", "Contribution"),
                rows=(
                    ("EUC1-Multi-AZUsage:db.r6g.4xl", "1,420.00 USD"),
                    ("EUC1-RDS:GP3-Storage", "80.00 USD"),
                ),
                numbers=(1,),
                title="Causes",
            ),
            chart(),
            Steps(
                (
                    Step(
                        "See which instances were started",
                        command="aws rds describe-db-instances --region eu-central-1",
                        url="https://eu-central-1.console.aws.amazon.com/rds/home?region=eu-central-1#databases:",
                    ),
                    Step("Ask the owner whether it was planned"),
                ),
                title="Next steps",
            ),
            SmallPrint("cur · net-amortized · usage only · data through 2026-11-05"),
        ),
        mentions=("<@U012ABCDEF>", "dba@corp.example"),
        severity=Severity.CRITICAL,
        payload={
            "schema": 1,
            "reason": "new",
            "subscription": "databases",
            "anomalies": [{"anomaly_id": "a1b2c3d4e5f6", "impact": {"total_impact": 1500.0}}],
        },
    )


HARM = (
    "[/x] <!channel> <@U999> @everyone </script><script>alert(1)</script> <http://evil.test|click> "
    "[click](http://evil.test) ``` `rm` *b* _i_ \u202egnp.exe\u202c \x1b[31mred\x07 "
    "\r\nBcc: all@evil.test & \ud800"
)
LONG = "n" * 10_000


def hostile() -> Message:
    """What tags and names can hold."""
    return Message(
        key="feedfacefeedface",
        title=f"{HARM} {LONG}",
        text=HARM,
        thread="a1b2c3d4e5f6",
        blocks=(
            Paragraph(HARM, title=HARM),
            Facts(((HARM, LONG), ("Tag", HARM)), title=HARM),
            Table((HARM, "Cost"), ((HARM, "1.00"), (LONG, "2.00")), numbers=(1,), title=HARM),
            chart(HARM),
            Steps(
                (
                    Step(HARM, command=f"echo {HARM}", url=f"https://console.aws.amazon.com/?q={HARM}"),
                    Step("No page", url="javascript:alert(1)"),
                )
            ),
            SmallPrint(HARM),
        ),
        severity=Severity.INFO,
        payload={"name": HARM},
    )


def endless() -> Message:
    """More than any platform takes at once."""
    rows = tuple((f"service {n} <&> {'x' * 60}", f"{n}.00") for n in range(400))
    blocks = tuple(Table(("Service", "Cost"), rows, numbers=(1,), title=f"Table {n}") for n in range(80))
    return Message("0123456789abcdef", "Many", "Many things.", "t", blocks=(*blocks, SmallPrint("The end.")))
