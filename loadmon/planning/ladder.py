"""The ladder: stages of running and walking, from a minute at a time to half an hour in one piece."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.planning.return_rules import Profile, ReturnRules, default_return_rules

RUN, WALK, WARM_UP, COOL_DOWN, STRIDE = "run", "walk", "warm-up walk", "cool-down walk", "stride"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a session: what is done, for how many seconds."""

    kind: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the ladder; ``number`` counts from 1, times in seconds, the walks before and after not among them."""

    number: int
    run_s: int
    walk_s: int
    times: int

    @property
    def running_s(self) -> float:
        """Seconds of running in all."""
        return float(self.run_s * self.times)

    @property
    def walking_s(self) -> float:
        """Seconds of walking between, in all."""
        return float(self.walk_s * self.times)

    @property
    def words(self) -> str:
        """``8 x (1 min run, 2 min walk)`` or ``30 min in one piece``."""
        if not self.walk_s:
            return f"{minutes(self.run_s)} min in one piece"
        return f"{self.times} x ({minutes(self.run_s)} min run, {minutes(self.walk_s)} min walk)"

    def segments(self) -> tuple[Segment, ...]:
        """Running and walking in turn."""
        turn = (Segment(RUN, float(self.run_s)),) + ((Segment(WALK, float(self.walk_s)),) if self.walk_s else ())
        return turn * self.times


def minutes(seconds: float) -> str:
    """Seconds as minutes without needless digits: ``0.5``, ``12``."""
    return f"{round(seconds / 60.0, 2):g}"


def ladder(profile: Profile, rules: ReturnRules | None = None) -> tuple[Stage, ...]:
    """The stages of a profile in their order."""
    rules = rules or default_return_rules()
    stages = rules.ladder[profile.ladder].stages
    return tuple(Stage(n, run, walk, times) for n, (run, walk, times) in enumerate(stages, start=1))


def with_walks(inner: tuple[Segment, ...], rules: ReturnRules | None = None) -> tuple[Segment, ...]:
    """A session with the walks before and after it."""
    walk = (rules or default_return_rules()).value("warm_up_walk_s")
    return (Segment(WARM_UP, walk), *inner, Segment(COOL_DOWN, walk))
