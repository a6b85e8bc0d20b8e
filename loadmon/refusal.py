"""Why something could not be done: every failure a user can meet has a name and a sentence of advice."""

from __future__ import annotations


class Refusal(Exception):
    """Something loadmon would not or could not do, told in words a user can act on.

    Parameters
    ----------
    what : str
        What happened, one sentence, in plain words.
    advice : str
        What the user can do next, one sentence.

    Attributes
    ----------
    name : str
        A short stable name (``"empty file"``) that reports, logs and tests refer to.
    """

    name = "refused"

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(f"{what} {advice}")
        self.what = what
        self.advice = advice

    def __reduce__(self) -> tuple[type[Refusal], tuple[str, str]]:
        """Refusals cross process borders while files are read in parallel."""
        return type(self), (self.what, self.advice)


class EmptyFile(Refusal):
    """The file holds no bytes at all."""

    name = "empty file"


class UnknownFormat(Refusal):
    """The bytes are none of the formats loadmon reads, whatever the file is called."""

    name = "unknown format"


class DamagedFile(Refusal):
    """The file is of a known format but nothing usable could be read from it."""

    name = "damaged file"


class NoActivity(Refusal):
    """The file is sound but holds no recorded activity (settings, weight, monitoring, a route)."""

    name = "no activity"


class NoTimes(Refusal):
    """The points carry no usable clock times, so no day and no pace can be told."""

    name = "no times"


class SeveralActivities(Refusal):
    """A ZIP was given as one activity but holds more than one."""

    name = "several activities"


class EmptyArchive(Refusal):
    """The archive holds no file that could be an activity."""

    name = "empty archive"


class TooLarge(Refusal):
    """A file, a member or an archive is over the limits set against hostile input."""

    name = "too large"


class NoOwner(Refusal):
    """Nothing says which runner the file belongs to."""

    name = "whose file"


class UnsafeContent(Refusal):
    """The file asks the reader to do something a watch file never needs (entities, nested archives)."""

    name = "unsafe content"


class NotFound(Refusal):
    """A path, a runner or a session that was asked for is not there."""

    name = "not found"


class Unreadable(NotFound):
    """A file is there, or was a moment ago, and its bytes cannot be had now: permission, a failing disk, a lost network."""

    name = "unreadable"


class SourceGone(Refusal):
    """The whole folder or archive that was given has gone away while it was being read."""

    name = "folder gone"


class NoSessionTable(Refusal):
    """A table that does not list sessions: no row names the columns, or no column holds days."""

    name = "no session table"


class ColumnsToConfirm(Refusal):
    """A session table was given, and nobody has said yet what its columns hold."""

    name = "columns to confirm"


class ColumnUnclear(Refusal):
    """A column of a session table can be read in two ways; loadmon asks and never guesses."""

    name = "column unclear"


class UnknownZone(Refusal):
    """A time zone was named that the world's list of zones does not have."""

    name = "unknown time zone"


class StoreUnavailable(Refusal):
    """The database or the data folder cannot be used (locked, read-only, full, of a newer version)."""

    name = "store unavailable"


class WorkersUnavailable(Refusal):
    """The processes that read files cannot be started; no file is to blame."""

    name = "workers unavailable"


class ImpossibleWorkout(Refusal):
    """A training session for the watch that no watch could hold."""

    name = "impossible workout"
