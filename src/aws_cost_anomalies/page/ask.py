"""Ask: a question in plain language, its answer as it comes, the calls of tools folded, its sources named."""

from __future__ import annotations

from aws_cost_anomalies.agent import Answered, Called, Calling, Event, Text
from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.markup import Child, Markup, tag

LONGEST_QUESTION = 2000
EXAMPLES = (
    "What are my top 5 most expensive services?",
    "Why did cost go up last month?",
    "Which resources carry the largest anomaly?",
)


def ask(question: str = "", answer: Child = None) -> Markup:
    """The form, and the answer below it."""
    field = tag(
        "textarea", question, name="question", rows="3", maxlength=str(LONGEST_QUESTION), required=True,
        placeholder=EXAMPLES[0],
    )  # fmt: skip
    label = tag("label", tag("span", "Your question"), field, class_="long")
    go = tag("div", tag("button", "Ask", type="submit"), class_="go")
    form = tag("form", label, go, method="post", action="/ask", class_="filters", data_ask=True)
    said = tag("div", answer, class_="answer", role="log", aria_live="polite", aria_label="Answer")
    note = "Each question stands alone. Nothing is paid for or written from here; every call is on record."
    return parts.card("In plain words", form, tag("p", note, class_="small"), said)


def told(event: Event) -> Markup:
    """What happened, as a piece of the answer."""
    match event:
        case Text(line):
            return tag("p", line) if line.strip() else Markup("")
        case Calling(_, line):
            return tag("p", tag("code", line), class_="small")
        case Called(tool, is_error, text, problem):
            summary = tag("summary", f"{tool}: {problem or 'failed'}" if is_error else f"what {tool} said")
            return tag("details", summary, tag("pre", text, tabindex="0"))
        case Answered():
            return _end(event)


def failed(error: CostAnomaliesError) -> Markup:
    """Why there is no answer."""
    return tag("p", f"{error.message} {error.hint}".strip(), class_="notice bad", role="alert")


def _end(answered: Answered) -> Markup:
    """What it rests on, what stems from nowhere, what it cost."""
    lines = [
        f"Rests on: {'; '.join(answered.rests_on)}" if answered.rests_on else "It rests on no result.",
        f"Not traced: {', '.join(answered.untraced)}" if answered.untraced else "",
        f"Partial: {answered.ended}" if answered.ended else "",
        answered.took,
    ]
    return tag("div", [tag("p", line, class_="small") for line in lines if line], class_="end")
