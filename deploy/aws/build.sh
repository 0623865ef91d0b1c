#!/bin/sh
# The Lambda function as a zip file or as a container image: build.sh zip | build.sh image
set -eu
cd "$(dirname "$0")/../.."
python="${PYTHON:-python3}"
case "${1:-zip}" in
zip)
    rm -rf build/lambda build/aws-cost-anomalies.zip
    # Wheels for Lambda's Python, whatever this machine is.
    "$python" -m pip install -q --disable-pip-version-check --target build/lambda --only-binary=:all: \
        --platform manylinux2014_x86_64 --platform manylinux_2_28_x86_64 --implementation cp \
        --python-version 3.13 --require-hashes -r requirements-base.lock
    cp -R src/aws_cost_anomalies build/lambda/
    find build/lambda -name __pycache__ -type d -prune -exec rm -rf {} +
    "$python" -m zipfile -c build/aws-cost-anomalies.zip build/lambda/*
    du -sk build/lambda | cut -f1 | awk '{ if ($1 > 256000) { print "More than Lambda takes: " $1 " KB"; exit 1 } }'
    echo "build/aws-cost-anomalies.zip"
    ;;
image)
    docker build -f deploy/aws/Dockerfile -t "${2:-aws-cost-anomalies-lambda:latest}" .
    ;;
*)
    echo "build.sh zip, or build.sh image [NAME:TAG]" >&2
    exit 2
    ;;
esac
