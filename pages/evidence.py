"""Where the numbers come from: every threshold with its source and what it cannot say."""

import streamlit as st

from loadmon.show import evidence

st.title("Where the numbers come from")
st.markdown(
    "Every limit that loadmon uses, with where it comes from and what it cannot tell. "
    "**loadmon convention** marks a rule of ours without a direct source: treat it as such."
)
evidence.table()
evidence.definitions()
