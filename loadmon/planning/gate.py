"""The gate before a return to running: what has to be true first, by tissue, and who has to say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from loadmon.days import day_words
from loadmon.planning.known_signs import KnownSign, not_cleared, sign_sentence
from loadmon.planning.return_rules import Profile, ReturnRules, default_return_rules
from loadmon.refusal import Refusal

ROLES = ("clinician", "physician")
"""Who may give clearance; a physician may where a clinician may."""
LEAST_NAME = 2
LATEST_START_DAYS = 365
"""A plan that begins later rests on a level that is too old (loadmon convention)."""


class ClearanceMissing(Refusal):
    """A plan that nobody may make without a named clearance."""

    name = "clearance missing"


class UnderAge(Refusal):
    """A young runner without a clinician."""

    name = "under age"


class RedFlagTold(Refusal):
    """Something that has to be looked at by a physician before anything else."""

    name = "red flag"


class NotReadyYet(Refusal):
    """Checks before the first run are still open."""

    name = "not ready yet"


class NoFirstDay(Refusal):
    """A first run on a day on which no plan can begin."""

    name = "no first day"


@dataclass(frozen=True, slots=True)
class Clearance:
    """Who said that running may begin: their name, as what, and when; no day while that is left open."""

    name: str
    role: str
    day: date | None


@dataclass(frozen=True, slots=True)
class GateAnswers:
    """What was answered before a plan.

    Parameters
    ----------
    met : frozenset of str
        Checks that are met, by their key in the rules.
    age_years : float | None
        None where nobody said.
    clearance : Clearance | None
    red_flags : frozenset of str
        By their key in the rules.
    known : tuple of KnownSign
        Signs that were told or found before.
    """

    met: frozenset[str] = frozenset()
    age_years: float | None = None
    clearance: Clearance | None = None
    red_flags: frozenset[str] = frozenset()
    known: tuple[KnownSign, ...] = ()


@dataclass(frozen=True, slots=True)
class GateKept:
    """What was true before a plan, in the words in which it was asked: a later change of the rules does not rewrite it.

    Parameters
    ----------
    age_years : float | None
        None where nobody said.
    met : tuple of (str, str)
        Checks that were met: key and words.
    denied : tuple of (str, str)
        Signs that were asked about and not told: key and words.
    """

    age_years: float | None = None
    met: tuple[tuple[str, str], ...] = ()
    denied: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist."""

    key: str
    words: str
    met: bool


def checklist(profile: Profile, met: Iterable[str] = (), rules: ReturnRules | None = None) -> tuple[Check, ...]:
    """What has to be true before the first run with this tissue, and what of it is."""
    rules = rules or default_return_rules()
    known = frozenset(met)
    return tuple(Check(key, rules.entry[key], key in known) for key in profile.entry)


def kept_answers(profile: Profile, answers: GateAnswers, rules: ReturnRules | None = None) -> GateKept:
    """What of the answers stands with the plan: age, the checks that are met, the signs that were not told."""
    rules = rules or default_return_rules()
    met = tuple((check.key, check.words) for check in checklist(profile, answers.met, rules) if check.met)
    denied = tuple((key, words) for key, words in rules.red_flag.items() if key not in answers.red_flags)
    return GateKept(answers.age_years, met, denied)


def pass_gate(
    profile: Profile,
    answers: GateAnswers,
    today: date,
    rules: ReturnRules | None = None,
    *,
    onset: date | None = None,
) -> None:
    """Let a plan be made, or say what stands before it, the gravest first.

    Parameters
    ----------
    profile : Profile
    answers : GateAnswers
    today : date
        The runner's own day.
    rules : ReturnRules, optional
    onset : date, optional
        When the injury began: no clearance is older than it.

    Raises
    ------
    RedFlagTold
        Something must be seen by a physician first; no plan, whatever else was answered. Or a sign was told earlier, and nobody
        is named who cleared running since.
    ClearanceMissing
        Bone, and nobody (or nobody of the kind that is needed) is named who cleared it.
    UnderAge
        Under 16, or of unknown age, without a named clinician.
    NotReadyYet
        Checks are open.
    """
    rules = rules or default_return_rules()
    if answers.red_flags:
        told = "; ".join(rules.red_flag.get(flag, flag) for flag in sorted(answers.red_flags))
        raise RedFlagTold(
            f"This has to be looked at first: {told}.", "See a physician; the plan can be made afterwards."
        )
    clearance = _named(answers.clearance, today, onset)
    earlier = not_cleared(answers.known, today, onset=onset, cleared=None if clearance is None else clearance.day)
    if earlier:
        raise RedFlagTold(
            f"Told earlier, and not cleared since: {'; '.join(sign_sentence(one) for one in earlier)}.",
            "Write down which clinician has looked at it and cleared running, and on which day.",
        )
    if profile.clearance is not None:
        if clearance is None:
            raise ClearanceMissing(
                f"With “{profile.name}” no plan is made without clearance.",
                f"Write down which {profile.clearance} cleared running, and on which day.",
            )
        if profile.clearance == "physician" and clearance.role != "physician":
            raise ClearanceMissing(
                f"With “{profile.name}” a physician has to clear running.", "Write down which physician did, and when."
            )
    least = rules.value("least_age_years")
    if clearance is None and (answers.age_years is None or answers.age_years < least):
        raise UnderAge(
            f"Under {least:.0f} years, and where no age is given, a clinician has to go along.",
            "Give the age, or write down which clinician goes along.",
        )
    open_ones = [check.words for check in checklist(profile, answers.met, rules) if not check.met]
    if open_ones:
        raise NotReadyYet(f"Still open before the first run: {'; '.join(open_ones)}.", "Begin when every line is true.")


def checked_first_day(start: date, today: date) -> date:
    """The day of the first run, if a plan can begin on it.

    Raises
    ------
    NoFirstDay
        It is over, or more than a year ahead.
    """
    if start < today:
        raise NoFirstDay(
            f"The first run cannot be on {day_words(start)}, which is over.", "Choose today or a later day."
        )
    if (start - today).days > LATEST_START_DAYS:
        raise NoFirstDay(
            f"The first run cannot be on {day_words(start)}, more than a year ahead.", "Make the plan nearer to it."
        )
    return start


def _named(clearance: Clearance | None, today: date, onset: date | None) -> Clearance | None:
    """A clearance that counts: a name, a role that may give it, a day that has come since the injury began."""
    if clearance is None or len(clearance.name.strip()) < LEAST_NAME:
        return None
    if clearance.role not in ROLES:
        raise ClearanceMissing(
            f"As what {clearance.name.strip()} cleared running is left open.", f"Choose {' or '.join(ROLES)}."
        )
    if clearance.day is None:
        raise ClearanceMissing(
            f"On which day {clearance.name.strip()} cleared running is left open.",
            "Give the day on which it was given.",
        )
    if clearance.day > today:
        raise ClearanceMissing("The day of clearance lies ahead.", "Give the day on which it was given.")
    if onset is not None and clearance.day < onset:
        raise ClearanceMissing(
            "The day of clearance lies before this injury began.",
            "Give the day on which running was cleared since then.",
        )
    return clearance
