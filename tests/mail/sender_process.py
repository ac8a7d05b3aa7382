"""A sender in a process of its own, to be killed: ``python -m tests.mail.sender_process DIRECTORY PORT``."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from survey.access.links import LinkSigner
from survey.access.sign_in_cookies import SignInCookies
from survey.installation import Installation
from survey.mail.delivery import SmtpDelivery
from survey.mail.outbox import send_due
from survey.settings import Settings, Smtp
from survey.storage.connection import Database
from survey.urn.keys import KeyRing
from tests.people import START


def main() -> None:
    directory, port = Path(sys.argv[1]), int(sys.argv[2])
    settings = Settings(
        data=directory / "data",
        base_url="https://feedback.example.org",
        secret_directory=directory / "secret",
        backup_directory=directory / "backups",
        mail_folder=None,
        smtp=Smtp("127.0.0.1", port, "none", "", ""),
        mails_per_second=1000,
        zone=ZoneInfo("Europe/Berlin"),
    )
    keys = KeyRing(settings.keys, settings.secret_directory)
    inst = Installation(
        settings=settings,
        database=Database(settings.database),
        links=LinkSigner(keys.signing_key()),
        keys=keys,
        clock=lambda: START + timedelta(hours=1),
        random_bytes=os.urandom,
        cookies=SignInCookies(keys.signing_key()),
    )
    assert settings.smtp is not None
    send_due(inst, SmtpDelivery(settings.smtp), progress=lambda _done, _due: None)
    inst.database.close()


if __name__ == "__main__":
    main()
