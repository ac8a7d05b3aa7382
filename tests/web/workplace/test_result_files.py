"""Results as files: the same for organisers and planners, safe to open, and without a text nobody released."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from exports import result_files
from exports.warm_printer import WARM_PRINTER
from survey.reporting.publish import publish
from survey.reporting.quotes import release_quote, texts_to_read, withdraw_quote
from survey.web.attachment import SANDBOX, disposition
from tests.accessibility.client import HOST
from tests.web.workplace.counted import CANARY, HERE, SESSION_CANARY, counted

if TYPE_CHECKING:
    import httpx2

    from survey.installation import Installation
    from tests.accessibility.client import AccessibleClient
    from tests.workplace import Workplace

__all__ = ["counted"]
FILES = f"{HERE}/herunterladen"
LIGHT = [name for name in result_files.FILES if not name.endswith((".pdf", ".zip"))]
pytestmark = pytest.mark.usefixtures("counted")


def load(client: AccessibleClient, name: str) -> httpx2.Response:
    return client._client.get(f"{HOST}{FILES}/{name}")


def words_of(content: bytes) -> str:
    """Everything a person could read in the file, unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(words_of(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        return subprocess.run(
            ["pdftotext", "-", "-"],
            input=content,
            capture_output=True,
            check=True,
        ).stdout.decode()
    return content.decode("utf-8", "replace")


@pytest.mark.proves("S18")
@pytest.mark.parametrize("name", LIGHT)
def test_every_file_is_saved_and_never_run(workplace: Workplace, name: str) -> None:
    reply = load(workplace.paul, name)

    assert reply.status_code == 200
    assert reply.headers["content-disposition"].startswith('attachment; filename="kk2020-')
    assert reply.headers["content-security-policy"] == SANDBOX
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.content == load(workplace.olga, name).content


@pytest.mark.parametrize("name", ["bericht-de.pdf", "programmpunkte-en.zip"])
def test_only_published_texts_are_printed(
    workplace: Workplace, inst: Installation, name: str
) -> None:
    text = next(t for t in texts_to_read(inst, "kk2020") if SESSION_CANARY in t.text)
    release_quote(inst, "kk2020", text.id)
    released = words_of(load(workplace.paul, name).content)

    publish(inst, "kk2020")
    after = words_of(load(workplace.paul, name).content)

    assert [SESSION_CANARY in found for found in (released, after)] == [False, True]
    assert not any(CANARY in found for found in (released, after))


@pytest.mark.parametrize("name", LIGHT)
def test_only_published_texts_are_in_a_file(
    workplace: Workplace, inst: Installation, name: str
) -> None:
    text = next(t for t in texts_to_read(inst, "kk2020") if SESSION_CANARY in t.text)
    before = words_of(load(workplace.paul, name).content)
    release_quote(inst, "kk2020", text.id)
    released = words_of(load(workplace.paul, name).content)

    publish(inst, "kk2020")
    after = words_of(load(workplace.paul, name).content)
    withdraw_quote(inst, "kk2020", text.id)
    withdrawn = words_of(load(workplace.paul, name).content)

    kind, _ = result_files.FILES[name]
    has_quotes = kind in {"bericht", "programmpunkte", "daten", "texte"}
    seen = [SESSION_CANARY in found for found in (before, released, after, withdrawn)]
    assert seen == [False, False, has_quotes, False]
    assert not any(CANARY in found for found in (before, released, after, withdrawn))


def test_a_printed_file_is_kept_until_what_it_says_changes(
    workplace: Workplace, inst: Installation
) -> None:
    folder = inst.settings.reports / "kept"
    first = load(workplace.paul, "bericht-de.pdf").content
    kept = list(folder.rglob("*.pdf"))
    text = next(t for t in texts_to_read(inst, "kk2020") if CANARY in t.text)
    release_quote(inst, "kk2020", text.id)
    publish(inst, "kk2020")

    second = load(workplace.paul, "bericht-de.pdf").content

    assert first.startswith(b"%PDF")
    assert first != second
    assert len(kept) == 1
    assert len(list(folder.rglob("*.pdf"))) == 1
    assert set(folder.rglob("*.pdf")).isdisjoint(kept)


def test_a_withdrawn_quote_is_in_no_kept_file(workplace: Workplace, inst: Installation) -> None:
    text = next(t for t in texts_to_read(inst, "kk2020") if CANARY in t.text)
    release_quote(inst, "kk2020", text.id)
    publish(inst, "kk2020")
    load(workplace.paul, "bericht-de.pdf")
    before = list(inst.settings.reports.rglob("*.pdf"))

    withdraw_quote(inst, "kk2020", text.id)

    assert (len(before), list(inst.settings.reports.rglob("*.pdf"))) == (1, [])


def test_every_rated_session_has_a_pdf_in_the_archive(workplace: Workplace) -> None:
    content = load(workplace.paul, "programmpunkte-de.zip").content

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert names == [f"kk2020-auswertung-ws0{number}.pdf" for number in (1, 2, 3, 4)]
        assert all(archive.read(name).startswith(b"%PDF") for name in names)


def test_the_texts_are_a_table_with_their_questions(
    workplace: Workplace, inst: Installation
) -> None:
    text = next(t for t in texts_to_read(inst, "kk2020") if SESSION_CANARY in t.text)
    release_quote(inst, "kk2020", text.id)
    publish(inst, "kk2020")

    content = load(workplace.paul, "texte-de.csv").content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    question = "Was möchten Sie dazu sagen?"
    assert rows[1:] == [["kk2020", "ws01", "Digitale Stadt", "remark", question, text.text]]


def test_the_data_name_their_version(workplace: Workplace, inst: Installation) -> None:
    text = next(t for t in texts_to_read(inst, "kk2020") if CANARY in t.text)
    publish(inst, "kk2020")
    release_quote(inst, "kk2020", text.id)
    before = json.loads(load(workplace.paul, "daten.json").content)["version"]

    publish(inst, "kk2020")

    after = json.loads(load(workplace.paul, "daten.json").content)["version"]
    assert (before, after) == (1, 2)


@pytest.mark.parametrize("name", ["nothing.pdf", "bericht-fr.pdf", "bericht-de"])
def test_an_unknown_file_is_not_found(workplace: Workplace, name: str) -> None:
    assert workplace.olga.get(f"{FILES}/{name}").status == 404


@pytest.mark.proves("S17")
def test_a_busy_printer_asks_to_come_back(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_files, "_WAIT_SECONDS", 0.01)

    with WARM_PRINTER.lent(wait_seconds=1):
        page = workplace.paul.get(f"{FILES}/bericht-de.pdf")

    assert (page.status, page.headers["retry-after"]) == (503, "20")
    assert page.heading == "Gerade wird schon gedruckt"


@pytest.mark.proves("S31")
@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("kk2020.pdf", 'attachment; filename="kk2020.pdf"'),
        ("Übung.pdf", "attachment; filename=\"Ubung.pdf\"; filename*=UTF-8''%C3%9Cbung.pdf"),
        ('a"b\\c/d\r\ne.pdf', 'attachment; filename="abcde.pdf"'),
    ],
)
def test_names_of_files_are_safe(name: str, header: str) -> None:
    assert disposition(name) == header
