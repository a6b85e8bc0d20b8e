"""Squad: who needs attention this week and why, most needing first."""

import streamlit as st

from loadmon.show import parts, squad, state

rows = state.squad_rows()
if not rows:
    parts.no_runner_yet()
    st.stop()

st.title("Squad")
st.markdown(squad.summary(rows))
parts.still_coming_in()

chosen = st.segmented_control(
    "Show", squad.filters(rows), selection_mode="multi", label_visibility="collapsed", key="squad_states"
)
for row in squad.chosen(rows, chosen):
    squad.card(row)

st.caption(squad.ORDER_WORDS)
parts.table_behind("The same as a table", squad.table(rows), "squad-week.csv")
