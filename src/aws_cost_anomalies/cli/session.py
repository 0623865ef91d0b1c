"""One run of the program: the global options, and App opened with them. Reads the clock, as a door may."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from aws_cost_anomalies.cli.stderr import Notices

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.cli.screen import Screen


@dataclass(frozen=True, slots=True)
class Session:
    """The global options of one command line.

    Attributes:
        config: the configuration file; None means `config.yaml` where there is one.
        as_of: the day taken for today, UTC.
        now: the moment taken for now.
        flags: dotted settings that win over file and environment.
    """

    config: str | None
    as_of: date
    now: datetime
    notices: Notices
    flags: dict[str, object] = field(default_factory=dict)

    @classmethod
    def begin(cls, *, config: str | None, as_of: date | None, quiet: bool, no_color: bool) -> Session:
        """The session of these options; today is UTC's."""
        now = datetime.now(UTC)  # noqa: TID251 - the door is where the clock is read
        notices = Notices(is_quiet=quiet, is_plain=no_color)
        return cls(config, as_of or now.date(), now, notices)

    def with_flags(self, **changes: Any) -> Session:  # noqa: ANN401 - any field may be replaced
        """The same session with other fields."""
        return replace(self, **changes)

    def app(self) -> App:
        """The use cases, with the settings of this session. Raises: SettingsError, MissingLocation."""
        from aws_cost_anomalies.app import App
        from aws_cost_anomalies.settings import Settings

        return App(Settings.load(self.config, flags=self.flags), as_of=self.as_of, now=self.now)

    def screen(self) -> Screen:
        """Standard output, and standard error for progress."""
        from aws_cost_anomalies.cli.screen import Screen

        return Screen(self.notices)
