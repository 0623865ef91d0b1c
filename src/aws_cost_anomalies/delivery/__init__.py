"""How exports are delivered: which files are the current bill of which export and billing period.

Knows the layouts of legacy CUR and of Data Exports, their manifests, and plain folders; knows no column.
"""

from aws_cost_anomalies.delivery.source import ExportKind, ExportSource

__all__ = ["ExportKind", "ExportSource"]
