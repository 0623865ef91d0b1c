"""A bucket of bills, and where what is fetched of it lies."""

import boto3
import pytest


@pytest.fixture
def bucket(aws):
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="bills")
    return s3


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"
