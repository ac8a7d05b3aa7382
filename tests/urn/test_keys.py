"""Each edition's key: wrapped, proven, destroyed for good."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from survey.errors import KeyMissing
from survey.urn.keys import KeyRing

if TYPE_CHECKING:
    from pathlib import Path

EDITION = "0123456789abcdef"
AT = datetime(2020, 9, 30, 3, 0, tzinfo=UTC)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    ring = KeyRing(tmp_path / "keys", tmp_path / "secret")
    ring.initialise()
    return ring


def test_private_key_fits_the_public_one(ring: KeyRing) -> None:
    public = ring.create(EDITION)

    private = X25519PrivateKey.from_private_bytes(ring.private_key(EDITION))

    assert private.public_key().public_bytes_raw() == public


@pytest.mark.proves("U44")
def test_key_file_alone_gives_no_key_away(ring: KeyRing) -> None:
    ring.create(EDITION)

    stored = (ring.keys_directory / f"{EDITION}.key").read_bytes()

    assert len(stored) == 1 + 12 + 32 + 16
    assert ring.private_key(EDITION) not in stored


def test_keys_and_secrets_are_for_their_owner_only(ring: KeyRing) -> None:
    ring.create(EDITION)

    paths = [*ring.keys_directory.iterdir(), *ring.secret_directory.iterdir()]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in paths}
    directories = {
        stat.S_IMODE(path.stat().st_mode) for path in (ring.keys_directory, ring.secret_directory)
    }

    assert len(paths) == 3
    assert modes == {0o600}
    assert directories == {0o700}


def test_initialising_again_changes_nothing(ring: KeyRing) -> None:
    public = ring.create(EDITION)
    signing = ring.signing_key()

    ring.initialise()

    assert ring.signing_key() == signing
    ring.prove(EDITION, public)


def test_second_key_for_an_edition_is_refused(ring: KeyRing) -> None:
    ring.create(EDITION)

    with pytest.raises(FileExistsError):
        ring.create(EDITION)


def test_key_wrapped_on_another_host_is_missing(ring: KeyRing, tmp_path: Path) -> None:
    public = ring.create(EDITION)
    stranger = KeyRing(ring.keys_directory, tmp_path / "other")
    stranger.initialise()

    with pytest.raises(KeyMissing):
        stranger.prove(EDITION, public)


@pytest.mark.parametrize("damage", [b"", b"\x01short", b"\x02" + bytes(60), b"\x01" + bytes(60)])
def test_damaged_key_is_missing(ring: KeyRing, damage: bytes) -> None:
    ring.create(EDITION)
    (ring.keys_directory / f"{EDITION}.key").write_bytes(damage)

    with pytest.raises(KeyMissing):
        ring.private_key(EDITION)


def test_key_of_another_edition_under_this_name_is_missing(ring: KeyRing) -> None:
    ring.create(EDITION)
    ring.create("f" * 16)
    (ring.keys_directory / f"{EDITION}.key").write_bytes(
        (ring.keys_directory / f"{'f' * 16}.key").read_bytes()
    )

    with pytest.raises(KeyMissing):
        ring.private_key(EDITION)


def test_failed_proof_bars_the_edition_until_the_next_proof(ring: KeyRing) -> None:
    public = ring.create(EDITION)
    other = ring.create("f" * 16)
    ring.require(EDITION, public)
    with pytest.raises(KeyMissing):
        ring.prove(EDITION, other)

    with pytest.raises(KeyMissing):
        ring.require(EDITION, public)
    ring.prove(EDITION, public)

    ring.require(EDITION, public)


@pytest.mark.proves("U15")
def test_damaged_key_bars_the_edition_at_once_until_it_is_put_back(ring: KeyRing) -> None:
    public = ring.create(EDITION)
    ring.require(EDITION, public)
    path = ring.keys_directory / f"{EDITION}.key"
    whole = path.read_bytes()

    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    with pytest.raises(KeyMissing):
        ring.require(EDITION, public)
    path.write_bytes(whole)
    ring.require(EDITION, public)


@pytest.mark.proves("U15")
def test_removed_key_bars_the_edition_at_once(ring: KeyRing) -> None:
    public = ring.create(EDITION)
    ring.require(EDITION, public)

    (ring.keys_directory / f"{EDITION}.key").unlink()

    with pytest.raises(KeyMissing):
        ring.require(EDITION, public)


def test_key_that_fits_another_public_key_is_missing(ring: KeyRing) -> None:
    ring.create(EDITION)
    other = ring.create("f" * 16)

    with pytest.raises(KeyMissing):
        ring.prove(EDITION, other)


@pytest.mark.proves("U31")
def test_destroyed_key_stays_destroyed_when_its_file_comes_back(ring: KeyRing) -> None:
    ring.create(EDITION)
    path = ring.keys_directory / f"{EDITION}.key"
    copy = path.read_bytes()

    ring.destroy(EDITION, AT)
    was_there = path.exists()
    path.write_bytes(copy)

    assert not was_there
    assert ring.is_destroyed(EDITION)
    assert ring.destroyed_at(EDITION) == AT
    assert not ring.has(EDITION)
    with pytest.raises(KeyMissing):
        ring.private_key(EDITION)
    with pytest.raises(FileExistsError):
        ring.create(EDITION)


def test_destroying_can_be_done_again_after_it_was_killed_half_way(ring: KeyRing) -> None:
    ring.create(EDITION)
    (ring.keys_directory / f"{EDITION}.destroyed").write_text(AT.isoformat())

    ring.destroy(EDITION, datetime(2021, 1, 1, tzinfo=UTC))

    assert ring.destroyed_at(EDITION) == AT
    assert [p.name for p in ring.keys_directory.iterdir()] == [f"{EDITION}.destroyed"]


def test_discarded_key_leaves_nothing(ring: KeyRing) -> None:
    ring.create(EDITION)

    ring.discard(EDITION)

    assert list(ring.keys_directory.iterdir()) == []
    ring.create(EDITION)


def test_secret_of_a_wrong_length_is_no_secret(ring: KeyRing) -> None:
    (ring.secret_directory / "signing.key").write_bytes(b"short")

    with pytest.raises(ValueError, match=r"signing\.key"):
        ring.signing_key()
