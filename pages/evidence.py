"""Where the numbers come from: what each figure means, and every threshold with its source and what it cannot say."""

import streamlit as st

from loadmon.report.return_rule_rows import rule_rows
from loadmon.show import evidence, parts, state, tissue_evidence, tissue_limits

st.title("Where the numbers come from")
tissues_first = tissue_limits.asked_for()
if tissues_first:
    st.header("Tissue load")
    tissue_evidence.tissues()

st.header("What the figures mean")
evidence.definitions()

st.header("Limits of load, pain, cadence and the week")
st.markdown(
    "With where it comes from and what it cannot tell. **loadmon convention** marks a rule of ours without a direct "
    "source: treat it as such."
)
evidence.table(state.units())
parts.table_behind("The limits as a table", evidence.rows(state.units()), "limits.csv")

st.header("Rules of a return to running")
st.markdown(
    "Of every plan. What holds for one tissue besides (pain, steps back, what comes last) stands with each plan; the limits of an "
    "assessment's measures stand on the clinic's page."
)
parts.table_behind("The rules as a table", rule_rows(), "return-rules.csv")

if not tissues_first:
    st.header("Tissue load")
    tissue_evidence.tissues()
