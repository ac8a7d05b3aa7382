"""Links that open one thing once: how long they last, and what is kept of them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import timedelta

from survey.errors import LinkForged
from survey.model.workplace import OneTimePurpose

SECRET_BYTES = 32
LASTS = {
    OneTimePurpose.SIGN_IN: timedelta(minutes=15),
    OneTimePurpose.NEW_PASSWORD: timedelta(minutes=30),
    OneTimePurpose.INVITATION: timedelta(days=7),
    OneTimePurpose.FIRST_START: timedelta(hours=24),
}
ADDRESS_OF = {
    OneTimePurpose.SIGN_IN: "/arbeit/anmelden/link",
    OneTimePurpose.NEW_PASSWORD: "/arbeit/passwort",
    OneTimePurpose.INVITATION: "/arbeit/einladung",
    OneTimePurpose.FIRST_START: "/arbeit/anfang",
}


def one_time_address(base_url: str, purpose: OneTimePurpose, secret: bytes) -> str:
    """The whole address of the link."""
    token = base64.urlsafe_b64encode(secret).rstrip(b"=").decode("ascii")
    return f"{base_url}{ADDRESS_OF[purpose]}/{token}"


def one_time_hash(purpose: OneTimePurpose, secret: bytes) -> str:
    """What is stored of a link: for one purpose only."""
    return hashlib.sha256(f"one-time/v1|{purpose.value}|".encode() + secret).hexdigest()


def hash_of_token(purpose: OneTimePurpose, token: str) -> str:
    """The same from the end of the address; LinkForged if it cannot be one."""
    try:
        secret = base64.urlsafe_b64decode(token.encode("ascii") + b"==")
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise LinkForged from error
    if len(secret) != SECRET_BYTES:
        raise LinkForged
    return one_time_hash(purpose, secret)
