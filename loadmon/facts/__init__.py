"""From a session to its facts: everything loadmon keeps so that no page ever opens a stream again."""

from loadmon.facts.compute import facts_of
from loadmon.facts.run_facts import FACTS_VERSION, RunFacts
from loadmon.facts.seconds import sample_seconds

__all__ = ["FACTS_VERSION", "RunFacts", "facts_of", "sample_seconds"]
