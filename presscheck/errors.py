"""Why a run could not begin, or could not go on.

    PresscheckError
    ├── UsageError          2  the command line or the configuration is wrong
    ├── EnvironmentFault    3  the machine: no Hugo, no space, no permission, the lock is busy
    ├── EngineFailure       4  Hugo failed or ran out of time
    ├── PublishRefusal      5  a guard refused to publish; what is online is as it was
    └── PublishFailure      6  publishing failed part-way; the message says what is online

An author's mistake is never one of these: it is a finding.
"""

from __future__ import annotations

from typing import ClassVar


class PresscheckError(Exception):
    """A failure that ends the run, told in a sentence, with a hint on what to do next."""

    exit_status: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        """What happened and where; lower case, no full stop."""
        self.hint = hint
        """What to do next; may be empty."""

    @property
    def told(self) -> str:
        """Both, as a person is told them: the hint on a line of its own."""
        return f"presscheck: {self.message}" + (f"\n  {self.hint}" if self.hint else "")


class UsageError(PresscheckError):
    """The command line or the configuration asks for something that cannot be."""

    exit_status = 2


class EnvironmentFault(PresscheckError):
    """The machine does not provide what the run needs."""

    exit_status = 3


class EngineFailure(PresscheckError):
    """Hugo failed, crashed, or took longer than it was given."""

    exit_status = 4


class PublishRefusal(PresscheckError):
    """A guard found that publishing would harm readers; what is online is as it was."""

    exit_status = 5


class PublishFailure(PresscheckError):
    """Publishing failed part-way; the message says what is online."""

    exit_status = 6
