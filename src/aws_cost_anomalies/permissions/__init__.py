"""What each part of the program may ask of AWS, as one table, and IAM policies made of it."""

from aws_cost_anomalies.permissions.features import FEATURES as FEATURES
from aws_cost_anomalies.permissions.features import OPTIONAL as OPTIONAL
from aws_cost_anomalies.permissions.features import Feature as Feature
from aws_cost_anomalies.permissions.features import Grant as Grant
from aws_cost_anomalies.permissions.features import On as On
from aws_cost_anomalies.permissions.places import places as places
from aws_cost_anomalies.permissions.places import written_out as written_out
from aws_cost_anomalies.permissions.policy import document as document
from aws_cost_anomalies.permissions.policy import named as named
from aws_cost_anomalies.permissions.policy import needed as needed
from aws_cost_anomalies.permissions.policy import statement as statement
