"""Uploaded lists are deleted within the hour, so no backup may hold one for weeks."""

from __future__ import annotations

from survey.comparing.series import find_series
from survey.earlier.holding import hold_survey
from survey.holding_lists import hold_list
from survey.installation import Installation
from survey.keeping.backup import make_backup, prove_backup
from survey.model.foreign_survey import (
    HeldSurvey,
    Manner,
    TheirAnswer,
    TheirQuestion,
    TheirSurvey,
)
from survey.model.workplace import MAIN_ORGANISATION
from survey.storage.connection import Connection
from tests.events import congress
from tests.people import store_edition


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


def test_a_backup_holds_nothing_of_a_begun_earlier_edition(inst: Installation) -> None:
    store_edition(inst, congress())
    series = find_series(inst, MAIN_ORGANISATION, congress().series)
    answers = (TheirAnswer("geheime-antwort", "geheime-antwort", 5),)
    question = TheirQuestion("Frage", "Frage", Manner.ONE, answers)
    held = HeldSurvey(TheirSurvey("alt.csv", (question,)))
    hold_survey(inst, series, held, account="paul")

    folder = make_backup(inst)

    live = b"".join(p.read_bytes() for p in inst.settings.data.rglob("nachklang.db*"))
    copied = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert b"geheime-antwort" in live
    assert b"geheime-antwort" not in copied


def test_a_database_of_before_an_upgrade_is_backed_up_too(inst: Installation) -> None:
    store_edition(inst, congress())

    def lack(connection: Connection) -> None:
        connection.execute("DROP TABLE held_earlier")
        connection.execute("DELETE FROM migration WHERE name = '0015_earlier_editions.sql'")
        for table in ("earlier_count", "earlier_question", "earlier_edition", "earlier_mapping"):
            connection.execute(f"DROP TABLE {table}")

    inst.database.write(lack)

    folder = make_backup(inst)

    prove_backup(inst, folder)
