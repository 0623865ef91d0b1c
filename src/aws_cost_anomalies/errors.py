"""Every way the program can fail that is not a bug, and what to do about it.

Knows exit codes and sentences; knows nothing of the libraries that raised first. Each class takes facts and
builds its own message; `hint` is the next step. Third-party errors are translated into these once, at the
door of the room that met them.

    CostAnomaliesError                70
    ├─ UsageError                      2   the caller can put it right by asking differently
    │  ├─ InvalidArgument                  a value on the command line or in a call
    │  ├─ SettingsError                    config.yaml or the environment
    │  │  ├─ UnknownSetting                a key nobody reads, with its near match
    │  │  ├─ InvalidSetting                a value that is not allowed
    │  │  └─ MissingSetting                a key that must be there
    │  ├─ MissingLocation                  a bucket, folder or file that is not there
    │  ├─ WrongRegion                      the bucket lives elsewhere
    │  ├─ MixedCurrencies                  amounts that cannot be summed
    │  ├─ UnknownAnomaly                   an id nobody raised, or one that several begin with
    │  ├─ StoreUnreadable                  not a store, or one of a newer version
    │  │  └─ StoreOutdated                 one of an older version
    │  ├─ RefusedStatement                 SQL that is not one SELECT over known tables
    │  ├─ StatementFailed                  SQL that DuckDB could not run
    │  └─ StatementTooExpensive            SQL that was ended: too slow or too large
    ├─ CredentialsError                3   none found, or expired
    ├─ AccessDenied                    4   names the IAM action
    ├─ PartialResult                   5   what is missing is said; the last good data stays
    │  ├─ BadBill                          a file that is truncated, lacks a column or holds a cost of `n/a`
    │  ├─ DeliveryInProgress               the manifest names what is not there yet
    │  ├─ PaidRequestCapReached            the budget of paid requests is spent
    │  ├─ StaleData                        bills are read, and nothing new has come for days
    │  ├─ ServiceUnavailable               AWS throttles or does not answer
    │  │  └─ Unanswered                    what was asked may have been done
    │  ├─ QueryFailed                      Athena gave up on a statement
    │  ├─ NotDelivered                     a channel did not take an alert
    │  └─ DiskFull                         no room for a step of the work
    ├─ NoData                          6   nothing to answer from
    │  ├─ NeverRan                         no run on record to watch over
    │  └─ WithdrawnAnomaly                 an anomaly that a restated bill took back
    └─ StoreBusy                       7   another writer holds the lock
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

MOST_NAMED = 8
"""So many of the things meant are listed in a message."""


class CostAnomaliesError(Exception):
    """A failure told in one sentence.

    Attributes:
        exit_code: what the command line exits with.
        transient: whether trying again later can help.
        hint: the next step, one sentence; empty where there is none.
    """

    exit_code = 70
    transient = False

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the sentence and its next step."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(CostAnomaliesError):
    """The caller can put it right by asking differently."""

    exit_code = 2


class InvalidArgument(UsageError):
    """A value that is not allowed here."""

    def __init__(self, name: str, value: object, allowed: str, *, hint: str = "") -> None:
        """Say what was given and what is allowed."""
        super().__init__(f"{name} cannot be {value!r}; allowed: {allowed}.", hint)


class SettingsError(UsageError):
    """The configuration cannot be used."""


class UnknownSetting(SettingsError):
    """A key nobody reads."""

    def __init__(self, key: str, where: str, near: str = "", *, of: str = "") -> None:
        """Name the key, the file, the nearest known key and the entry it stands in."""
        hint = f"Did you mean `{near}`?" if near else "`config.example.yaml` lists every key."
        super().__init__(f"{where} has the unknown key `{key}`{f' in {of}' if of else ''}.", hint)


class InvalidSetting(SettingsError):
    """A value that is not allowed."""

    def __init__(self, what: str, shown: str = "", *, problem: str, where: str) -> None:
        """Say what was set, to what where that may be shown, and what was wrong with it."""
        said = f" sets {what} to {shown}" if shown else f", {what}"
        super().__init__(f"{where}{said}: {problem}.", "Correct it there and try again.")


class MissingSetting(SettingsError):
    """A key that must be there."""

    def __init__(self, key: str, of: str, where: str) -> None:
        """Name the key, what lacks it and the file."""
        super().__init__(
            f"{where}, {of}: `{key}` is missing.", "Add it; `config.example.yaml` lists every key."
        )


class MissingLocation(UsageError):
    """A bucket, folder or file that is not there."""

    def __init__(self, what: str, location: str, hint: str = "") -> None:
        """Name what was looked for and where."""
        super().__init__(f"The {what} {location} does not exist.", hint or "Check the spelling.")


class WrongRegion(UsageError):
    """A bucket that lives in another region."""

    def __init__(self, bucket: str, asked: str, actual: str) -> None:
        """Name both regions."""
        super().__init__(
            f"The bucket {bucket} is not in {asked or 'the default region'}.",
            f"Set `s3.region` to {actual or 'the region the bucket was made in'}.",
        )


class MixedCurrencies(UsageError):
    """Amounts that cannot be summed."""

    def __init__(self, currencies: tuple[str, ...]) -> None:
        """List the currencies found."""
        super().__init__(
            f"The data holds several currencies ({', '.join(currencies)}); they are never summed.",
            f"Choose one with `--currency {currencies[0]}`, or for all questions with `anomaly.currency`.",
        )
        self.currencies = currencies


class UnknownAnomaly(UsageError):
    """An id nobody raised, or one that several begin with."""

    def __init__(self, anomaly_id: str, near: tuple[str, ...] = ()) -> None:
        """Name the id; where several anomalies begin like it, the first of them."""
        if near:
            named = ", ".join(near[:MOST_NAMED]) + (", …" if len(near) > MOST_NAMED else "")
            message = f"{len(near)} anomalies begin with {anomaly_id!r}: {named}."
            super().__init__(message, "Give as many characters as tell them apart.")
        else:
            hint = "`aws-cost-anomalies anomalies` lists them."
            super().__init__(f"There is no anomaly {anomaly_id!r}.", hint)


class StoreUnreadable(UsageError):
    """A file that is not a store, or one written by a newer version."""

    def __init__(self, path: Path, problem: str, hint: str) -> None:
        """Name the file and what is wrong with it."""
        super().__init__(f"{path} cannot be used: {problem}.", hint)


class StoreOutdated(StoreUnreadable):
    """A store that an older version wrote: whoever may write can bring it up to date."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        hint = "Run `aws-cost-anomalies ingest` once: it brings the store up to date."
        super().__init__(path, "an older version of this program wrote it", hint)


class RefusedStatement(UsageError):
    """SQL that is not exactly one SELECT over known tables and functions."""

    def __init__(self, why: str, hint: str) -> None:
        """Say why, as the end of a sentence, and what to do instead."""
        super().__init__(f"The statement was refused: {why}.", hint)


class StatementFailed(UsageError):
    """SQL that DuckDB could not run."""

    def __init__(self, reason: str, hint: str) -> None:
        """Keep DuckDB's words."""
        super().__init__(f"The statement could not be run: {reason.rstrip('.')}.", hint)


class StatementTooExpensive(UsageError):
    """SQL that was ended: it took too long, or too much memory."""

    def __init__(self, seconds: float, mebibytes: int) -> None:
        """Name what it could have had."""
        super().__init__(
            f"The statement was ended: it needs more than {seconds:g} seconds or {mebibytes} MiB.",
            "Ask for fewer days or columns, and group before joining.",
        )


class CredentialsError(CostAnomaliesError):
    """No AWS credentials, or expired ones."""

    exit_code = 3

    def __init__(self, problem: str, hint: str) -> None:
        """Say what is wrong with them and how to renew them."""
        super().__init__(problem, hint)


class AccessDenied(CostAnomaliesError):
    """AWS refused; the IAM action is named."""

    exit_code = 4

    def __init__(self, action: str, resource: str = "") -> None:
        """Name the action and the resource."""
        target = f" on {resource}" if resource else ""
        super().__init__(
            f"AWS denies {action}{target}.",
            f"Allow {action} in the IAM policy of these credentials; see docs/permissions.md.",
        )
        self.action = action


class PartialResult(CostAnomaliesError):
    """Something is missing; what was good before is untouched."""

    exit_code = 5


class BadBill(PartialResult):
    """A delivered file that cannot be taken as it is."""

    def __init__(self, file: str, problem: str, hint: str = "") -> None:
        """Name the file and the problem."""
        super().__init__(
            f"{file} was not loaded: {problem}.",
            hint or "The last good version stays in place; have the file delivered again.",
        )


class DeliveryInProgress(PartialResult):
    """A manifest that names files which are not there (yet)."""

    transient = True

    def __init__(self, period: str, missing: str) -> None:
        """Name the billing period and the first missing file."""
        super().__init__(
            f"The delivery of {period} is not complete: {missing} is missing.",
            "The last good version stays in place; run `ingest` again in an hour.",
        )


class PaidRequestCapReached(PartialResult):
    """The budget of paid requests is spent."""

    def __init__(self, cap: int, needed: str = "more") -> None:
        """Name the cap and what the rest would have taken."""
        super().__init__(
            f"Cost Explorer needs {needed} paid requests; the cap is {cap}.",
            "Nothing was replaced. Ask for fewer days or a smaller plan; an ingest's cap is"
            " `--max-paid-requests`, or `cost_explorer.max_paid_requests`.",
        )


class ServiceUnavailable(PartialResult):
    """AWS throttles or does not answer."""

    transient = True

    def __init__(self, service: str, problem: str, hint: str = "") -> None:
        """Name the service and what it answered."""
        super().__init__(
            f"{service} did not answer: {problem}.",
            hint or "Try again in a few minutes; nothing was changed.",
        )


class Unanswered(ServiceUnavailable):
    """What was asked left this machine, and no good answer came: it may have been done."""

    def __init__(self, service: str, problem: str) -> None:
        """Name the service and what happened."""
        super().__init__(
            service, problem, "It may have been done all the same; look there before trying again."
        )


class QueryFailed(PartialResult):
    """Athena gave up on a statement.

    Attributes:
        reason: what it said.
    """

    def __init__(self, reason: str) -> None:
        """Keep its words."""
        hint = "Look at the query in Athena's history; nothing was changed here."
        super().__init__(f"Amazon Athena could not run a query: {reason}.", hint)
        self.reason = reason


class NotDelivered(PartialResult):
    """A channel did not take an alert, or not yet."""

    def __init__(self, channel: str, detail: str) -> None:
        """Say which and what it answered."""
        hint = "What can still arrive is tried again by the next run; `alert --retry` tries all of it now."
        super().__init__(f"Channel {channel} did not take an alert: {detail.rstrip('.')}.", hint)


class StaleData(PartialResult):
    """Bills are read without a trouble, and nothing new is in them."""

    def __init__(self, through: date, *, days: int) -> None:
        """Name the last day with charges, and how long ago it is."""
        hint = "See whether the export is still delivered, and to that place: `doctor` says when it last was."
        super().__init__(f"The newest cost data is of {through}, {days} days ago.", hint)


class DiskFull(PartialResult):
    """No room for a step of the work."""

    transient = True

    def __init__(self, path: Path, step: str) -> None:
        """Name the folder and the step."""
        super().__init__(
            f"The disk of {path} is full; {step} was given up.",
            "The last good data stays in place; free some space and run the command again.",
        )


class NoData(CostAnomaliesError):
    """Nothing to answer from."""

    exit_code = 6

    def __init__(self, question: str, hint: str = "") -> None:
        """Say what was asked for."""
        super().__init__(
            f"There is no cost data {question}.",
            hint or "Import some with `aws-cost-anomalies ingest`, or try `aws-cost-anomalies demo`.",
        )


class NeverRan(NoData):
    """No run on record to watch over."""

    def __init__(self) -> None:
        """Say so, and that nobody was told."""
        CostAnomaliesError.__init__(
            self,
            "There was no run yet, so there is nothing to watch over, and nobody was told.",
            "Schedule `aws-cost-anomalies run` with this configuration; docs/DEPLOY.md shows how.",
        )


class WithdrawnAnomaly(NoData):
    """An anomaly that a restated bill took back: its money never was."""

    def __init__(self, anomaly_id: str, what: str, *, when: str) -> None:
        """Say when, and what it had been."""
        CostAnomaliesError.__init__(
            self,
            f"The anomaly {anomaly_id!r} was withdrawn {when}: a restated bill took back {what}.",
            "Nothing is left to explain or to say of it; `aws-cost-anomalies trends --restatements` lists"
            " what changed.",
        )


class StoreBusy(CostAnomaliesError):
    """Another writer holds the lock."""

    exit_code = 7
    transient = True

    def __init__(self, path: Path | str, holder: int | str | None, since: datetime | None) -> None:
        """Name the holder, by its process id where it has one, and since when it holds the lock."""
        who = f"process {holder}" if isinstance(holder, int) else holder or "another process"
        when = f" since {since:%Y-%m-%d %H:%M:%S} UTC" if since else ""
        super().__init__(f"{path} is being written by {who}{when}.", "Wait for it to finish and try again.")
