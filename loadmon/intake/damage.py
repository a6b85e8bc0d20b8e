"""Damage that a file came in with all the same: what to say of it beside “imported”."""

from __future__ import annotations

WORDS = {
    "truncated": "cut short",
    "damaged": "broken in the middle",
    "damaged packing": "damaged in its packing",
    "part unreadable": "partly unreadable",
}
"""The oddities by which a reader says that some of a file is lost."""


def damage(oddities: object) -> str:
    """How a file is damaged, in a few words; empty for a sound one.

    Parameters
    ----------
    oddities : str | None
        As a line of report has them: names, joined by commas. A missing value of any table counts as none.
    """
    if not isinstance(oddities, str):
        return ""
    found = set(oddities.split(", "))
    if "truncated" in found:
        found.discard("damaged")  # where a file breaks off its last record is broken too: that is one damage
    return " and ".join(words for name, words in WORDS.items() if name in found)


def damage_told(oddities: object, *, ahead: bool = False) -> str:
    """The same as a sentence that says what becomes of the rest; ``ahead`` of an import that has not been done yet."""
    words = damage(oddities)
    rest = "what can be read comes in" if ahead else "what could be read is in"
    return f"The file is {words}; {rest}." if words else ""
