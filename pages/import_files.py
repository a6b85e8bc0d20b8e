"""Import: choose files, see whose they are, take them in, read what became of each."""

from pathlib import Path

import streamlit as st

from loadmon.show import importing, past_imports, questions, twins

st.title("Import watch files")
st.markdown(
    "FIT, GPX and TCX, also inside `.gz` and ZIP, whole account archives of Strava and Garmin, and your own table of "
    "sessions (CSV or XLSX). What a file is, is told by its content. "
    "**Whose it is, is told by its folder**: one folder for each runner. Files already here are skipped."
)

importing.running_import()
importing.unfinished_looks()

upload, folder = st.tabs([importing.UPLOAD_TAB, importing.FOLDER_TAB])
with upload:
    given = st.file_uploader(
        "A ZIP of the whole team, or the files of one runner",
        accept_multiple_files=True,
        help="Up to 200 loose files. For more, put them into one ZIP: browsers fail on thousands of single files.",
        key=importing.uploader_key(),
    )
    if given:
        importing.offer_uploads(given)
with folder:
    path = st.text_input(
        "Folder, ZIP or file on the computer that runs loadmon", placeholder="/home/anna/Garmin or /home/coach/team.zip"
    )
    if path:
        importing.offer_path(Path(path).expanduser(), is_first=not given)

questions.open_questions()
twins.recorded_twice()
past_imports.past_imports()
