"""`python -m aws_cost_anomalies`: the program, where its script is not on the path."""

from aws_cost_anomalies.cli import main

if __name__ == "__main__":
    main()
