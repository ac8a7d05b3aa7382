"""The attacker derives whatever the service derives."""

from __future__ import annotations

import base64

from survey.access.links import LinkSigner, link_hash, open_slot_of, slot_of
from survey.auditing.attacks import codes_in_log, codes_in_mails, keys_in_mails, opened_drafts
from survey.auditing.derived_keys import derive, keys_from, materials
from survey.urn.sealing import draft_slot, seal_draft

EDITION = "0123456789abcdef"
SECRET = bytes(range(16))


def test_the_attacker_makes_every_slot_that_the_service_makes() -> None:
    keys = {key.hex() for key in keys_from(SECRET, EDITION)}

    made = {
        slot_of(EDITION, SECRET),
        open_slot_of(EDITION, SECRET),
        draft_slot(EDITION, SECRET),
        link_hash(EDITION, SECRET),
    }
    assert made <= keys


def test_the_secret_of_a_link_is_taken_out_of_its_mail() -> None:
    link = LinkSigner(b"k" * 32).personal_token("kk2020", SECRET)

    assert SECRET in materials([f"https://feedback.example.org/f/{link}"])


def test_the_derivation_is_that_of_rfc_5869() -> None:
    # Test case 3: no salt, no info; the first 32 of its 42 bytes.
    assert derive(b"\x0b" * 22, b"").hex() == (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    )


def test_a_draft_kept_under_the_secret_of_a_link_would_be_opened() -> None:
    signer = LinkSigner(b"k" * 32)
    mails = {17: (f"https://feedback.example.org/f/{signer.personal_token('kk2020', SECRET)}",)}
    box = seal_draft(
        EDITION, SECRET, plain=b"Kanarienvogel-0017-ganz", box_size=4096, random_bytes=bytes
    )
    drafts = {draft_slot(EDITION, SECRET): box}

    codes = codes_in_mails(mails, EDITION)

    assert opened_drafts(drafts, codes, edition_id=EDITION) == {17}
    assert SECRET in {key[:16] for key in keys_in_mails(mails, EDITION)}


def test_codes_of_drafts_are_read_from_paths() -> None:
    code = base64.urlsafe_b64encode(SECRET).rstrip(b"=").decode()

    assert codes_in_log([f"GET /f/kk2020.x.y/weiter/{code}?sprache=de 200", "GET /f/x 200"]) == {
        SECRET
    }
