"""What an account's own list tells of a session, put to what was read of its file."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from loadmon.correction import CorrectionKind
from loadmon.intake.decode import Decoded, made_ready, oddities_of
from loadmon.intake.flight import Reading
from loadmon.intake.plan import Offer
from loadmon.readers import read
from loadmon.readers.account import Told, by_start
from loadmon.refusal import Refusal
from loadmon.repair import ACTING
from loadmon.session import Session, Sport
from loadmon.store.packed import Packed, plain


def with_told(reading: Reading, decoded: Decoded) -> Decoded:
    """What was read, with name, shoes and effort as the account tells them; and the sport, where the file names none.

    Parameters
    ----------
    reading : Reading
        The file, with what its offer says of the account it comes from.
    decoded : Decoded
        What was read of it. A file that names no sport is read once more, as its facts depend on the sport.
    """
    if reading.offer.told is None and not reading.offer.starts:
        return decoded
    return _settled(reading, decoded, told_of(reading.offer, decoded))


def with_told_by_place(reading: Reading, decoded: Decoded, told: Mapping[int, Told]) -> Decoded:
    """As ``with_told``, by the places of the sessions in the file: for one whose account is no longer at hand."""
    if not told:
        return decoded
    return _settled(reading, decoded, [told.get(int(packed.head["index_in_file"])) for packed in decoded.sessions])


def told_of(offer: Offer, decoded: Decoded) -> list[Told | None]:
    """What the account tells of each session that was read of a file."""
    return [offer.told or by_start(offer.starts, packed.head["start_utc"]) for packed in decoded.sessions]


def _settled(reading: Reading, decoded: Decoded, told: list[Told | None]) -> Decoded:
    sessions = [_named(packed, one) for packed, one in zip(decoded.sessions, told, strict=True)]
    if any(one and one.sport and p.head["sport"] == Sport.UNKNOWN.value for p, one in zip(sessions, told, strict=True)):
        sessions = _read_again(reading, told) or sessions
    first = sessions[0] if sessions else None
    return dataclasses.replace(
        decoded,
        sessions=tuple(sessions),
        sport=", ".join(dict.fromkeys(packed.facts["sport"] for packed in sessions)) if first else decoded.sport,
        oddities=oddities_of(sessions) if first else decoded.oddities,
    )


def read_told(
    data: bytes, name: str, home_zone: str | None, told: Mapping[int, Told], rules: frozenset[CorrectionKind] = ACTING
) -> list[Packed]:
    """A file's sessions, with what an account's list once told of them by their place in the file.

    Raises
    ------
    Refusal
        As the readers do.
    """
    sessions = read(data, name, home_zone=home_zone)
    return _packed(sessions, [told.get(session.source.index) for session in sessions], rules)


def _named(packed: Packed, told: Told | None) -> Packed:
    if told is None:
        return packed
    fresh = {"title": told.title, "shoes": told.shoes, "effort": told.effort}
    return dataclasses.replace(
        packed, head=packed.head | {name: plain(value) for name, value in fresh.items() if value is not None}
    )


def _read_again(reading: Reading, told: list[Told | None]) -> list[Packed]:
    """The same sessions with their sport settled; nothing if they are not the same any more."""
    try:
        sessions = read(reading.data, reading.offer.member.name, home_zone=reading.home_zone)
    except Refusal:
        return []
    return _packed(sessions, told, reading.rules) if len(sessions) == len(told) else []


def _packed(sessions: list[Session], told: list[Told | None], rules: frozenset[CorrectionKind]) -> list[Packed]:
    settled = [one.on(session) if one else session for session, one in zip(sessions, told, strict=True)]
    return [made_ready(session, rules) for session in settled]
