"""Who works with the service: organisations as tenants, accounts, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

MAIN_ORGANISATION = "main"
"""Id of the organisation that every installation begins with."""

WorkLanguage = Literal["de", "en"]
"""The languages of the workplace."""


class Role(StrEnum):
    """What a person may do for an organisation."""

    ORGANISER = "organiser"
    """Everything."""
    PLANNER = "planner"
    """Read results and comparisons."""


class OneTimePurpose(StrEnum):
    """What a link opens that works once."""

    SIGN_IN = "sign_in"
    NEW_PASSWORD = "new_password"  # noqa: S105 -- a purpose
    INVITATION = "invitation"
    FIRST_START = "first_start"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A tenant: nobody sees anything of another one."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    """A person who signs in."""

    id: str
    address: str
    """Folded to lower case; unique in the installation."""
    name: str
    language: WorkLanguage = "de"
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class SignIn:
    """A signed-in browser: who it is, for which organisation, in which role."""

    hash: str
    account: Account
    organisation: Organisation
    role: Role
    began: datetime
    proven: datetime
    """When the person last proved who they are, for what is sent, deleted or published."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who stands behind a change, for the log of deeds; empty for the service itself and the command line."""

    account: str = ""
    organisation: str = ""
