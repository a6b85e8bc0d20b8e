"""Start: for an empty store the first step, otherwise the page that fits the people in it."""

import streamlit as st

from loadmon.paths import page_file
from loadmon.show import parts, state

runners = state.athletes()
if len(runners) > 1:
    st.switch_page(page_file("squad.py"))
if len(runners) == 1:
    st.switch_page(page_file("week.py"))

st.title("From watch files to Monday morning")
st.markdown(
    "loadmon reads the files that runners' watches write, and tells **who needs attention this week and why**, "
    "**how long the next run may sensibly be**, and **what changed** in how someone runs. "
    "Every number names its source and what it cannot say."
)

own, sample = st.columns(2, gap="medium")
with own.container(border=True, height="stretch"):
    st.header("Take in your files")
    st.markdown(
        "A ZIP or a folder with one folder for each runner, or a few loose files of one runner: FIT, GPX or TCX."
    )
    st.page_link(page_file("import_files.py"), label="**Import watch files** →")
with sample.container(border=True, height="stretch"):
    st.header("Look around first")
    st.markdown("Twelve invented runners over nine months, made as real watch files. It takes about a minute.")
    parts.load_sample_button()

st.caption(
    "Everything stays on this machine. Files are only read, never changed; the originals are kept beside the database."
)
parts.watch_for_first_runner()
