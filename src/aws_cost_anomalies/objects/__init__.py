"""Files in a folder or a bucket, read the same way: listed with what identifies them, then fetched whole.

Knows folders, S3 and the cache; knows nothing of what the files hold.
"""

from aws_cost_anomalies.objects.location import Location, StoredObject
from aws_cost_anomalies.objects.opening import open_location

__all__ = ["Location", "StoredObject", "open_location"]
