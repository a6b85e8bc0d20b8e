"""Words in the letters that a PDF's built-in fonts have: others are written in Latin letters, as a passport would."""

from __future__ import annotations

import unicodedata

_SIGNS = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "…": "...", "•": "-", "→": "->",
    "≤": "<=", "≥": ">=", "€": "EUR", "\N{NARROW NO-BREAK SPACE}": " ", "\N{THIN SPACE}": " ", "№": "No.",
}  # fmt: skip
_LATIN = {
    "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "œ": "oe", "ŋ": "ng", "ŧ": "t", "ĸ": "k", "ŀ": "l", "ſ": "s", "ə": "a", "ẞ": "SS",
    "ƒ": "f", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ʻ": "'", "ʼ": "'", "ʹ": "'",
}  # fmt: skip
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω",
        ["a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o"], strict=True)
)  # fmt: skip
_GREEK_PAIRS = {"ου": "ou", "αυ": "av", "ευ": "ev", "μπ": "b", "ντ": "nt", "γγ": "ng", "γκ": "gk"}
_CYRILLIC = dict(
    zip("абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґђјљњћџўѓќѕё",
        ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", ".", "y", ".", "e", "yu", "ya", "ye", "i", "yi", "g", "dj", "j", "lj", "nj", "c", "dz", "u", "gj", "kj", "dz", "e"],
        strict=True)
)  # fmt: skip
_LETTERS = _LATIN | _GREEK | {letter: told.replace(".", "") for letter, told in _CYRILLIC.items()}
MISSING = "[...]"
"""Stands where a word is in letters that nobody could write in Latin ones without knowing its language."""


def printable(words: str) -> str:
    """The words as the page's fonts can print them: ``Łukasz`` as Lukasz, ``Борис`` as Boris; what cannot be, as ``[...]``.

    Letters of Western Europe stay as they are.
    """
    whole = "".join(_without_accent(letter) for letter in unicodedata.normalize("NFC", words))
    for pair, told in _GREEK_PAIRS.items():
        for upper in (pair, pair.capitalize(), pair.upper()):
            whole = whole.replace(upper, told.capitalize() if upper[0].isupper() else told)
    found: list[str] = []
    for letter in whole:
        latin = _told(letter)
        if latin is not None:
            found.append(latin)
        elif not found or found[-1] != MISSING:
            found.append(MISSING)
    return "".join(found)


def can_print(words: str) -> bool:
    """False where some of the words could not be written in Latin letters."""
    return MISSING not in printable(words)


def _told(letter: str) -> str | None:
    """One letter in letters of Latin-1; None where there are none for it."""
    if letter in _SIGNS:
        return _SIGNS[letter]
    if letter.isprintable() and _fits(letter):
        return letter
    small = letter.lower()
    if small in _LETTERS:
        told = _LETTERS[small]
        return told.capitalize() if letter != small else told
    if unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc"):  # marks and marks of direction
        return " " if letter in "\t\n\r" else ""
    plain = "".join(one for one in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(one))
    if plain == letter or not plain:
        return None
    parts = [_told(one) for one in plain]
    return None if None in parts else "".join(part for part in parts if part is not None)


def _without_accent(letter: str) -> str:
    """A Greek vowel without its stress mark, so that two that make one sound are found; a diaeresis keeps them apart."""
    if not "\N{GREEK CAPITAL LETTER ALPHA WITH TONOS}" <= letter <= "\N{GREEK SMALL LETTER OMEGA WITH TONOS}":
        return letter
    marks = unicodedata.normalize("NFD", letter)
    return letter if "\N{COMBINING DIAERESIS}" in marks else marks[0]


def _fits(letter: str) -> bool:
    return len(letter.encode("latin-1", "ignore")) == 1
