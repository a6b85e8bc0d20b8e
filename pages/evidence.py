"""Where the numbers come from: what each figure means, and every threshold with its source and what it cannot say."""

import streamlit as st

from loadmon.show import evidence, parts, state

st.title("Where the numbers come from")
st.header("What the figures mean")
evidence.definitions()

st.header("Every limit that loadmon uses")
st.markdown(
    "With where it comes from and what it cannot tell. **loadmon convention** marks a rule of ours without a direct "
    "source: treat it as such."
)
evidence.table(state.units())
parts.table_behind("The limits as a table", evidence.rows(state.units()), "limits.csv")
