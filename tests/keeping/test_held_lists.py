"""Uploaded lists are deleted within the hour, so no backup may hold one for weeks."""

from __future__ import annotations

from survey.holding_lists import hold_list
from survey.installation import Installation
from survey.keeping.backup import make_backup, prove_backup
from tests.people import congress, store_edition


def test_a_backup_holds_no_uploaded_list(inst: Installation) -> None:
    store_edition(inst, congress())
    content = b"E-Mail;Essen\nanna@example.org;geheime-unvertraeglichkeit\n"
    hold_list(inst, "kk2020", account="olga", file_name="liste.csv", content=content)

    folder = make_backup(inst)

    live = b"".join(p.read_bytes() for p in inst.settings.data.rglob("nachklang.db*"))
    copied = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert b"geheime-unvertraeglichkeit" in live
    assert b"geheime-unvertraeglichkeit" not in copied
    assert b"kk2020" in copied
    prove_backup(inst, folder)
