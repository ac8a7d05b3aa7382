"""`mailcheck`: a mail to ourselves, and what the receiving mail server says of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.mail_checking import mail_checks_of
from survey.preparing import create_edition
from tests.events import congress, network_call
from tests.mail.test_authentication_results import PROTECTED
from tests.mail_checking.test_mail_check import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from tests.commands.conftest import Typing


@pytest.fixture(autouse=True)
def edition(inst: Installation) -> None:
    """The congress sends from kongress@example.org."""
    create_edition(inst, congress())


def arrived(inst: Installation, *, results: str = GOOD) -> Path:
    """The mail as it lies in the mailbox of the receiving server, in a file."""
    folder = inst.settings.mail_folder
    assert folder is not None
    (mail,) = folder.glob("workplace-mail_check-*.eml")
    headers = f"Authentication-Results: {results}\r\nReceived: {PROTECTED}\r\n".encode()
    file = folder / "arrived.eml"
    file.write_bytes(headers + mail.read_bytes())
    return file


def told_by(output: str) -> dict[str, str]:
    """The verdict on each test, in the language of the machine that runs the tests."""
    lines = (line.partition(": ") for line in output.splitlines())
    return {name: verdict for name, _, verdict in lines if name.isupper()}


def test_a_mail_that_arrived_is_read_from_its_file(run: Typing, inst: Installation) -> None:
    told = run("mailcheck", "--to", "olga@stadt.example")

    read = run("mailcheck", "--read", str(arrived(inst)))

    assert (told.exit_code, read.exit_code) == (0, 0), told.output + read.output
    verdicts = told_by(read.output)
    assert list(verdicts) == ["DKIM", "SPF", "DMARC", "TLS"]
    assert len(set(verdicts.values())) == 1
    (check,) = mail_checks_of(inst, "main")
    assert check.holds


def test_a_check_that_does_not_pass_ends_with_one(run: Typing, inst: Installation) -> None:
    run("mailcheck", "--to", "olga@stadt.example")
    file = arrived(inst, results=GOOD.replace("spf=pass", "spf=fail"))

    read = run("mailcheck", "--read", str(file))

    assert read.exit_code == 1
    verdicts = told_by(read.output)
    assert verdicts["SPF"] != verdicts["DKIM"] == verdicts["DMARC"] == verdicts["TLS"]


def test_the_mail_of_something_else_is_refused(
    run: Typing, inst: Installation, tmp_path: Path
) -> None:
    assert inst.settings.mail_folder is not None
    other = tmp_path / "other.eml"
    other.write_text("Message-ID: <x@y>\n\n", encoding="utf-8")

    assert run("mailcheck", "--read", str(other)).exit_code == 1


def test_without_a_mailbox_it_needs_to_be_told_where_to(run: Typing) -> None:
    assert run("mailcheck").exit_code == 2


def test_one_of_several_senders_has_to_be_named(run: Typing, inst: Installation) -> None:
    create_edition(inst, replace(network_call(), name="ikone2"))

    unnamed = run("mailcheck", "--to", "olga@stadt.example")
    unknown = run("mailcheck", "--to", "olga@stadt.example", "--sender", "nie@example.org")
    named = run("mailcheck", "--to", "olga@stadt.example", "--sender", "ikone@example.org")

    assert (unnamed.exit_code, unknown.exit_code, named.exit_code) == (2, 2, 0)
