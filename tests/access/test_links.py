"""Links are what this installation signed, to the last letter."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import Signer

from survey.access.links import (
    BounceAddress,
    LinkSigner,
    ParticipantLink,
    PersonalLink,
    link_hash,
    slot_of,
)
from survey.errors import LinkForged

if TYPE_CHECKING:
    from collections.abc import Callable

EDITION = "0123456789abcdef"
SECRET = bytes(range(16))
SIGNER = LinkSigner(bytes(32))
TOKEN = "kk2020.AAECAwQFBgcICQoLDA0ODw.KKSWHz7jjPTLrvG9L8hSUNoQGd14jRG-XaDbyrilnCI"


def test_links_of_the_first_version_are_read() -> None:
    assert SIGNER.personal_token("kk2020", SECRET) == TOKEN
    assert SIGNER.read_personal_token(TOKEN) == PersonalLink("kk2020", SECRET)


@given(st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True), st.binary(min_size=16, max_size=16))
def test_what_is_signed_is_read_back(name: str, secret: bytes) -> None:
    token = SIGNER.personal_token(name, secret)

    assert SIGNER.read_personal_token(token) == PersonalLink(name, secret)


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=16, max_size=16))
def test_personal_links_are_signed_as_itsdangerous_signs(key: bytes, secret: bytes) -> None:
    signer = Signer(
        key, salt="personal-link/v1", key_derivation="hmac", digest_method=hashlib.sha256
    )
    value = f"kk2020.{base64.urlsafe_b64encode(secret).rstrip(b'=').decode()}"

    assert LinkSigner(key).personal_token("kk2020", secret) == signer.sign(value).decode()


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="nothing"),
        pytest.param("kk2020", id="a name"),
        pytest.param("..", id="dots"),
        pytest.param(TOKEN + "x", id="a letter more"),
        pytest.param(TOKEN + "\n", id="a line break more"),
        pytest.param(TOKEN.replace("kk2020", "kk2019"), id="another edition"),
        pytest.param(TOKEN.upper(), id="in capitals"),
        pytest.param(TOKEN.rpartition(".")[0], id="without its signature"),
        pytest.param(LinkSigner(b"\1" * 32).personal_token("kk2020", SECRET), id="another house"),
        pytest.param(SIGNER.opt_out_token("kk2020", "p1"), id="an opt-out link"),
        pytest.param("ä\ud800.b.c", id="half a letter"),
    ],
)
@pytest.mark.proves("U23")
def test_forged_link_is_refused(token: str) -> None:
    with pytest.raises(LinkForged):
        SIGNER.read_personal_token(token)


@pytest.mark.parametrize("place", range(len(TOKEN)))
@pytest.mark.proves("U23")
def test_damage_at_any_letter_is_noticed(place: int) -> None:
    for letter in "AaZz0.-":
        damaged = TOKEN[:place] + letter + TOKEN[place + 1 :]
        if damaged != TOKEN:
            with pytest.raises(LinkForged):
                SIGNER.read_personal_token(damaged)


@pytest.mark.parametrize("last", [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabc" if c != "I"])
def test_last_letter_that_reads_as_the_same_bytes_is_noticed(last: str) -> None:
    with pytest.raises(LinkForged):
        SIGNER.read_personal_token(TOKEN[:-1] + last)


@pytest.mark.parametrize(
    ("make", "read", "said"),
    [
        pytest.param(
            SIGNER.opt_out_token,
            SIGNER.read_opt_out_token,
            ParticipantLink("kk2020", "p1"),
            id="opt-out",
        ),
        pytest.param(
            SIGNER.bounce_token,
            SIGNER.read_bounce_token,
            BounceAddress("kk2020", "p1"),
            id="bounce",
        ),
    ],
)
def test_links_about_a_person_are_read_back_and_guarded(
    make: Callable[[str, str], str], read: Callable[[str], object], said: object
) -> None:
    token = make("kk2020", "p1")

    assert read(token) == said
    for forged in (TOKEN, "", "p1", token + "a", token.replace("p1", "p2"), "ä\ud800.x.y"):
        with pytest.raises(LinkForged):
            read(forged)


def test_opt_out_link_and_bounce_address_are_no_use_for_each_other() -> None:
    with pytest.raises(LinkForged):
        SIGNER.read_bounce_token(SIGNER.opt_out_token("kk2020", "p1"))
    with pytest.raises(LinkForged):
        SIGNER.read_opt_out_token(SIGNER.bounce_token("kk2020", "p1"))


def test_bounce_token_survives_capitals_and_fits_a_mail_address() -> None:
    token = SIGNER.bounce_token(EDITION, "0123456789ab")

    assert SIGNER.read_bounce_token(token.upper()) == BounceAddress(EDITION, "0123456789ab")
    assert len(f"rueckmeldung+{token}") <= 64


def test_hash_and_slot_of_the_first_version_stay() -> None:
    assert link_hash(EDITION, SECRET) == (
        "a1988ab28442fddba74a0ee7e86d1396c7122ec327e6f0679fc851bdd2216858"
    )
    assert slot_of(EDITION, SECRET) == (
        "f4f58bc33b5c74133f5aa92945c5c5809d2d7fa6d62972cbef2c1647a0e503b3"
    )


def test_hash_and_slot_differ_between_editions() -> None:
    assert link_hash("f" * 16, SECRET) != link_hash(EDITION, SECRET)
    assert slot_of("f" * 16, SECRET) != slot_of(EDITION, SECRET)


def test_secret_is_not_printed() -> None:
    assert repr(SIGNER.read_personal_token(TOKEN)) == "PersonalLink(kk2020)"


def test_fingerprints_keep_their_parts_apart() -> None:
    prints = {
        SIGNER.identity_fingerprint("ab", "c"),
        SIGNER.identity_fingerprint("a", "bc"),
        SIGNER.address_fingerprint("ab", "c"),
        LinkSigner(b"\1" * 32).identity_fingerprint("ab", "c"),
    }

    assert len(prints) == 4
    assert SIGNER.address_fingerprint("o", "A@example.org") == SIGNER.address_fingerprint(
        "o", "a@example.org"
    )
