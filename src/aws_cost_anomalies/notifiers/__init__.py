"""The family of notifiers: each carries a Message to one platform. One file or folder, one kind.

A kind renders in its platform's syntax and within its limits, sends once, and says in a Receipt what came
of it.
"""

KINDS = {
    "slack": "aws_cost_anomalies.notifiers.slack:Slack",
    "teams": "aws_cost_anomalies.notifiers.teams:Teams",
    "email": "aws_cost_anomalies.notifiers.email:Email",
    "webhook": "aws_cost_anomalies.notifiers.webhook:Webhook",
    "sns": "aws_cost_anomalies.notifiers.sns:Sns",
    "apprise": "aws_cost_anomalies.notifiers.apprise:Apprise",
    "stdout": "aws_cost_anomalies.notifiers.stdout:Stdout",
}
