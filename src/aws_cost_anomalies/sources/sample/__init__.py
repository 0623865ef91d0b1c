"""The sample bill: six accounts, 120 days, anomalies planted and labelled, delivered as a CUR 2.0 export.

Arithmetic over the tables beside it. Whoever calls it brings the Parquet writer, and reads the delivery like
any other Cost and Usage Report.
"""

from aws_cost_anomalies.sources.sample.bill import PERIOD, SampleBill, sample_bill
from aws_cost_anomalies.sources.sample.delivery import SampleFiles, write_sample
from aws_cost_anomalies.sources.sample.happenings import Happening

__all__ = ["PERIOD", "Happening", "SampleBill", "SampleFiles", "sample_bill", "write_sample"]
