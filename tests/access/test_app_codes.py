"""The second factor: figures that every app shows, once each, and recovery codes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from survey.access.app_codes import (
    app_address,
    app_code,
    matching_step,
    open_secret,
    readable_secret,
    recovery_code,
    recovery_hash,
    seal_secret,
)
from survey.errors import LinkForged

SECRET = b"12345678901234567890"
NOW = datetime(2009, 2, 13, 23, 31, 30, tzinfo=UTC)
"""1234567890: one of the examples of RFC 6238, cut to six figures."""
KEY = bytes(32)


def test_figures_are_those_of_the_standard() -> None:
    assert app_code(SECRET, NOW) == "005924"
    assert app_code(SECRET, datetime(1970, 1, 1, 0, 0, 59, tzinfo=UTC)) == "287082"


@pytest.mark.parametrize(
    ("seconds", "is_right"),
    [(-60, False), (-30, True), (0, True), (29, True), (30, True), (60, False)],
)
def test_a_clock_may_be_half_a_minute_wrong(seconds: int, is_right: bool) -> None:  # noqa: FBT001 -- a table's column
    code = app_code(SECRET, NOW + timedelta(seconds=seconds))

    assert (matching_step(SECRET, code, at=NOW, after=0) is not None) is is_right


@pytest.mark.proves("S34")
def test_figures_count_only_after_the_step_that_was_used() -> None:
    step = matching_step(SECRET, "005 924", at=NOW, after=0)
    assert step is not None

    assert matching_step(SECRET, "005924", at=NOW, after=step) is None
    assert matching_step(SECRET, "005924", at=NOW, after=step - 1) == step


@pytest.mark.parametrize("code", ["", "00592", "0059240", "abcdef", "٠٠٥٩٢٤", "\udcff" * 6])
def test_anything_else_is_wrong(code: str) -> None:
    assert matching_step(SECRET, code, at=NOW, after=0) is None


def test_a_sealed_secret_opens_for_its_account_and_host_only() -> None:
    sealed = seal_secret(SECRET, key=KEY, account="olga", nonce=bytes(12))

    assert open_secret(sealed, key=KEY, account="olga") == SECRET
    for key, account, text in (
        (KEY, "paul", sealed),
        (b"1" * 32, "olga", sealed),
        (KEY, "olga", sealed[:-4]),
        (KEY, "olga", ""),
        (KEY, "olga", "€"),
    ):
        with pytest.raises(LinkForged):
            open_secret(text, key=key, account=account)


def test_the_secret_can_be_read_and_typed() -> None:
    assert readable_secret(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert app_address(SECRET, account="olga@stadt.example", issuer="Nachklang Stadt") == (
        "otpauth://totp/Nachklang%20Stadt%3Aolga%40stadt.example"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Nachklang%20Stadt&algorithm=SHA1&digits=6&period=30"
    )


def test_recovery_codes_are_recognised_however_they_are_typed() -> None:
    code = recovery_code(bytes(range(10)))

    assert len(code) == 19
    assert not set(code) & set("ilo1")
    assert recovery_hash("olga", code) == recovery_hash(
        "olga", f" {code.upper().replace('-', ' ')} "
    )
    assert recovery_hash("olga", code) != recovery_hash("paul", code)
