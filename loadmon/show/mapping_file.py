"""A mapping file on the import page: where it is given, what one looks like, and what it says of the files at hand."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from loadmon.intake.owners_file import OwnersFile, owners_of
from loadmon.show.plain import plain
from loadmon.show.words import plural

HEADING = "Or let a list say whose files are"
EXAMPLE = "what,runner\nspring camp,Anna Berg\nben_*,Ben"
MOST_IDLE = 5
"""Lines named by their words; of more only the numbers are told."""


def given(key: str, *, is_chosen: bool) -> OwnersFile | None:
    """A mapping file, if somebody gives one.

    Parameters
    ----------
    key : str
        Of the place to give it: another one begins anew.
    is_chosen : bool
        True where one runner was chosen for everything: then the file says nothing.

    Raises
    ------
    OwnersUnclear, NoSessionTable, DamagedFile, TooLarge
        If a line of it cannot be meant, or it is no table.
    """
    with st.expander(HEADING):
        st.markdown(
            "A table (CSV or XLSX) with two columns: **what**, and the **runner** whose it is. What is a folder, a path, or "
            "a pattern of file names, such as:"
        )
        st.code(EXAMPLE, language=None)
        st.caption(
            "Here the folder “spring camp” is Anna's and every file whose name begins with “ben_” is Ben's. The nearest line "
            "counts: a file's own name before a pattern, a pattern before a folder. A watch is named by `serial:` and its "
            "fingerprint."
        )
        file = st.file_uploader("Mapping file", type=["csv", "xlsx"], key=f"owners-{key}")
    if file is None:
        return None
    if is_chosen:
        st.caption(f"{plain(file.name)} says nothing here: a runner is chosen for all of the files.")
        return None
    return owners_of(file.getvalue(), file.name)


def told(mapping: OwnersFile, idle: Collection[int]) -> list[str]:
    """What a mapping file says of the files at hand, in sentences.

    Parameters
    ----------
    mapping : OwnersFile
    idle : collection of int
        Numbers of its lines that speak of no file here.
    """
    watches = len(mapping.watches)
    found = [f"{mapping.name}: {plural(len(mapping.lines), 'line')} read."]
    if watches:
        found.append(
            f"{plural(watches, 'line')} {'names a watch' if watches == 1 else 'name watches'}: which files were recorded "
            "with it shows once they are looked through."
        )
    lines = [line for line in mapping.lines if line.number in idle]
    if lines:
        some = [f"{line.number} (“{line.what}”)" for line in lines[:MOST_IDLE]]
        more = f" and {len(lines) - MOST_IDLE} more" if len(lines) > MOST_IDLE else ""
        verb = "Line {} fits no file here" if len(lines) == 1 else "Lines {} fit no file here"
        found.append(f"{verb.format(', '.join(some) + more)}. Correct it, or leave it: it does no harm.")
    return found
