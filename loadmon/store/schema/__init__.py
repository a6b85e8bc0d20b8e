"""Every table of the store, in the words of the sport."""

from loadmon.store.schema.base import REVISION, Base, UTCDateTime, now
from loadmon.store.schema.clinic import AssessmentDraftRow, AssessmentRow, ClinicThresholdRow, PlanDraftRow
from loadmon.store.schema.decisions import CorrectionRow, TwinChoiceRow
from loadmon.store.schema.files import FileReportRow, ImportBatchRow, OriginalRow, OwnerClueRow, WaitingFileRow
from loadmon.store.schema.health import CheckInRow, InjuryCodeRow, PainRow, PlanDecisionRow, PlanRow
from loadmon.store.schema.people import AthleteRow, FindingRow, InjuryRow, ThresholdRow, UnknownDaysRow
from loadmon.store.schema.risk import RiskFitRow
from loadmon.store.schema.runs import (
    BoutsRow,
    ExposureRow,
    FactsRow,
    HeartRateRow,
    OddityRow,
    PartsRow,
    SessionRow,
    StreamRow,
    WindowsRow,
)
from loadmon.store.schema.work import UNSEEN, ChangeCounterRow, JobRow, PreferenceRow

__all__ = [
    "REVISION",
    "UNSEEN",
    "AssessmentDraftRow",
    "AssessmentRow",
    "AthleteRow",
    "Base",
    "BoutsRow",
    "ChangeCounterRow",
    "CheckInRow",
    "ClinicThresholdRow",
    "CorrectionRow",
    "ExposureRow",
    "FactsRow",
    "FileReportRow",
    "FindingRow",
    "HeartRateRow",
    "ImportBatchRow",
    "InjuryCodeRow",
    "InjuryRow",
    "JobRow",
    "OddityRow",
    "OriginalRow",
    "OwnerClueRow",
    "PainRow",
    "PartsRow",
    "PlanDecisionRow",
    "PlanDraftRow",
    "PlanRow",
    "PreferenceRow",
    "RiskFitRow",
    "SessionRow",
    "StreamRow",
    "ThresholdRow",
    "TwinChoiceRow",
    "UTCDateTime",
    "UnknownDaysRow",
    "WaitingFileRow",
    "WindowsRow",
    "now",
]
