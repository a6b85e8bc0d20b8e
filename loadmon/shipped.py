"""Numbers and rules that ship with loadmon as TOML: read, and checked whole by the model they have to fit."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from loadmon.refusal import Refusal

ADVICE = "Install loadmon again, or mend the file."
Model = TypeVar("Model", bound=BaseModel)


def checked(text: str, model: type[Model], what: str, refusal: type[Refusal]) -> Model:
    """What a file says, if all of it can be meant.

    Parameters
    ----------
    text : str
        TOML.
    model : type of BaseModel
        What it has to fit.
    what : str
        The file's content in a few words: "tissue coefficients".
    refusal : type of Refusal
        Raised where it is no TOML, lacks something or contradicts itself; it names the place.
    """
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise refusal(f"The {what} are no TOML: {error}.", ADVICE) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise refusal(f"The {what} are wrong at {where}: {first['msg']}.", ADVICE) from None


def text_of(path: Path, what: str, refusal: type[Refusal]) -> str:
    """A file's text; ``refusal`` where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise refusal(f"The {what} cannot be read.", ADVICE) from None
