"""Files in a folder or a bucket, read the same way: listed with what identifies them, then fetched whole.

And files in a bucket that several write, each in its turn. Knows folders, S3 and the cache; knows nothing of
what the files hold.
"""

from aws_cost_anomalies.objects.lease import lease
from aws_cost_anomalies.objects.location import Location, StoredObject
from aws_cost_anomalies.objects.opening import open_location
from aws_cost_anomalies.objects.shared_file import SharedFile

__all__ = ["Location", "SharedFile", "StoredObject", "lease", "open_location"]
