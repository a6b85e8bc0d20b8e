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

with st.container(horizontal=True, vertical_alignment="center"):
    states = squad.choose_states(rows)
    name = st.text_input("Name", placeholder="Find a runner", label_visibility="collapsed", width=220)
shown = squad.chosen(rows, states, name)
places = {row.athlete.id: squad.card(row) for row in shown}
if not shown:
    st.info("Nobody here matches. Clear the name or the states above.")

st.caption(squad.ORDER_WORDS)
lines = squad.tissues(places)  # last: it takes a moment after a change, and the cards are read meanwhile
parts.table_behind("The same as a table", squad.table(rows, state.units(), lines), "squad-week.csv")
