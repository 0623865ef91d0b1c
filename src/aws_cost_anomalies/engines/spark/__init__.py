"""Apache Spark: raw bills to daily charges, and drill-downs, on a cluster.

The package loads only when this kind is named, and says so when the Spark client is not installed.
"""

from importlib.util import find_spec

from aws_cost_anomalies.errors import SettingsError

if not (find_spec("pyspark") and find_spec("pyarrow")):
    raise SettingsError(
        "`engine.kind: spark` needs the Spark client, which is not installed.",
        "Install it: pip install 'aws-cost-anomalies[spark]'",
    )

from aws_cost_anomalies.engines.spark.engine import SparkEngine  # noqa: E402

__all__ = ["SparkEngine"]
