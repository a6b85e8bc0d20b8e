"""The clinic: what a clinician measures, what follows from it, and how it is corrected. Pure; a person decides."""
