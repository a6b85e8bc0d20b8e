"""Every cited threshold, by topic: its value, where it comes from, and what it cannot say."""

from __future__ import annotations

from loadmon.evidence.acute_chronic import *
from loadmon.evidence.cadence import *
from loadmon.evidence.citation import EVIDENCE_VERSION, OURS, Evidence, Grade
from loadmon.evidence.clinic import *
from loadmon.evidence.daily_load import *
from loadmon.evidence.decoupling import *
from loadmon.evidence.dynamics import *
from loadmon.evidence.questionnaire import *
from loadmon.evidence.recording import *
from loadmon.evidence.risk import *
from loadmon.evidence.risk_people import *
from loadmon.evidence.session_load import *
from loadmon.evidence.single_run import *
from loadmon.evidence.tissue import *
from loadmon.evidence.tissue_stream import *
from loadmon.evidence.week import *

__all__ = ["EVIDENCE_VERSION", "OURS", "Evidence", "Grade", "cited"]


def cited() -> list[Evidence]:
    """Every threshold above, for the page and the document that list them."""
    return [value for value in globals().values() if isinstance(value, Evidence)]
