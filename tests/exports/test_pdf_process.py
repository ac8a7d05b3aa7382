from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from exports.pdf_frames import LARGEST, FrameBroken, read_frame, write_frame
from exports.pdf_process import PdfPrinter, content_hash
from survey.errors import ReportFailed, ReportTooSlow
from tests.exports.pdf_checks import assert_accessible
from tests.exports.printing import ENDLESS, page

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def hasty() -> Iterator[PdfPrinter]:
    with PdfPrinter(limit_seconds=5.0) as printer:
        yield printer


def child_of(printer: PdfPrinter) -> int:
    """The number of a warm printer's process."""
    assert printer._child is not None
    return printer._child.pid


def is_running(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def environment_of(process: int) -> dict[str, str]:
    entries = Path(f"/proc/{process}/environ").read_text(encoding="utf-8").rstrip("\0").split("\0")
    return dict(entry.split("=", 1) for entry in entries)


def test_a_page_becomes_an_accessible_pdf(printer: PdfPrinter, tmp_path: Path) -> None:
    printed = tmp_path / "page.pdf"

    printed.write_bytes(printer.print_html(page("<p>Schöne Grüße</p>")))

    assert_accessible(printed)


@pytest.mark.proves("P17")
def test_the_same_page_gives_the_same_bytes_in_another_process_on_another_day(
    printer: PdfPrinter,
) -> None:
    html = page("<p>Text <strong>fett</strong> <em>kursiv</em></p>")
    once = printer.print_html(html)
    printer.print_html(page("<p>Etwas anderes: ÄÖÜ</p>"))
    time.sleep(1.1)  # fonts carry seconds

    with PdfPrinter() as other:
        again = other.print_html(html)

    assert printer.print_html(html) == once
    assert again == once


@pytest.mark.proves("P19")
@pytest.mark.proves("S45")
def test_a_page_past_the_limit_ends_its_whole_process_group(hasty: PdfPrinter) -> None:
    hasty.print_html(page("<p>warm</p>"))
    child = child_of(hasty)
    assert os.getpgid(child) == child
    began = time.monotonic()

    with pytest.raises(ReportTooSlow) as error:
        hasty.print_html(ENDLESS)

    assert error.value.seconds == 5.0
    assert time.monotonic() - began < 6
    assert not is_running(child)


def test_after_a_failure_a_new_process_prints_on(hasty: PdfPrinter) -> None:
    with pytest.raises(ReportTooSlow):
        hasty.print_html(ENDLESS)

    assert hasty.print_html(page("<p>weiter</p>")).startswith(b"%PDF-1.7")


def test_a_process_that_dies_is_a_failed_report() -> None:
    with PdfPrinter() as printer:
        printer.print_html(page("<p>warm</p>"))
        threading.Timer(0.3, os.kill, (child_of(printer), signal.SIGSEGV)).start()

        with pytest.raises(ReportFailed) as error:
            printer.print_html(ENDLESS)

        assert not isinstance(error.value, ReportTooSlow)
        assert printer.print_html(page("<p>weiter</p>")).startswith(b"%PDF")


@pytest.mark.proves("P20")
@pytest.mark.proves("S8")
@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<p><img src="file:///etc/passwd" alt="x"></p>', "FatalURLFetchingError"),
        ('<p><img src="https://example.org/x.png" alt="x"></p>', "FatalURLFetchingError"),
        (
            '<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><p>x</p>',
            "FatalURLFetchingError",
        ),
        ('<p><img src="nachklang-typeface:../metadata.json" alt="x"></p>', "FatalURLFetchingError"),
        ('<p><img src="relative.png" alt="x"></p>', "FatalURLFetchingError"),
        ('<link rel="attachment" href="file:///etc/passwd"><p>x</p>', "FatalURLFetchingError"),
        ('<p><a href="#nirgends">x</a></p>', "No anchor #nirgends for internal URI reference"),
    ],
    ids=["file", "web", "style-sheet", "climbing", "relative", "attachment", "dead-link"],
)
def test_a_page_that_reaches_out_is_refused(printer: PdfPrinter, body: str, told: str) -> None:
    with pytest.raises(ReportFailed) as error:
        printer.print_html(page(body))

    assert error.value.args == (told,)


def test_a_picture_inside_the_page_is_printed(printer: PdfPrinter) -> None:
    picture = (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E"
        "%3Crect width='9' height='9'/%3E%3C/svg%3E"
    )

    assert printer.print_html(page(f'<p><img src="{picture}" alt="Wappen der Stadt"></p>'))


def test_a_failure_does_not_quote_what_somebody_wrote(printer: PdfPrinter) -> None:
    with pytest.raises(ReportFailed) as error:
        printer.print_html(page('<p><img src="file:///geheim/Erika" alt="x"></p>'))

    assert "Erika" not in str(error.value)


@pytest.mark.proves("S43")
def test_the_printing_process_knows_no_secret_of_the_service(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NACHKLANG_SECRET", "geheim")
    with PdfPrinter() as printer:
        printer.print_html(page("<p>x</p>"))

        environment = environment_of(child_of(printer))

    assert "NACHKLANG_SECRET" not in environment
    assert sorted(environment) == ["PATH", "PYTHONHASHSEED", "PYTHONPATH", "PYTHONUTF8", "TMPDIR"]


def test_nothing_is_left_when_a_printer_closes() -> None:
    with PdfPrinter() as printer:
        printer.print_html(page("<p>x</p>"))
        child = child_of(printer)
        room = Path(environment_of(child)["TMPDIR"])
        assert room.is_dir()

    assert not is_running(child)
    assert not room.exists()


def test_a_printing_process_ends_with_its_parent() -> None:
    script = (
        "import sys, os\n"
        "from exports.pdf_process import PdfPrinter\n"
        "printer = PdfPrinter()\n"
        "printer.print_html('<html lang=de><title>x</title><h1>x</h1>')\n"
        "print(printer._child.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert _ends_within(int(done.stdout), seconds=20)


def _ends_within(process: int, *, seconds: int) -> bool:
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    with os.fdopen(handle):
        return bool(select.select([handle], [], [], seconds)[0])


def test_a_page_printed_before_is_taken_from_the_folder(tmp_path: Path) -> None:
    html = page("<p>einmal</p>")
    with PdfPrinter() as printer:
        first = printer.print_pdf(html, tmp_path / "reports")
        printer.close()

        second = printer.print_pdf(html, tmp_path / "reports")

        assert printer._child is None
    assert second == first == tmp_path / "reports" / f"{content_hash(html)}.pdf"
    assert [found.name for found in (tmp_path / "reports").iterdir()] == [first.name]
    assert_accessible(first)


def test_another_page_has_another_name() -> None:
    assert content_hash("<p>1</p>") != content_hash("<p>2</p>")
    assert content_hash("<p>1</p>") == content_hash("<p>1</p>")


def test_a_failed_page_leaves_no_file(printer: PdfPrinter, tmp_path: Path) -> None:
    with pytest.raises(ReportFailed):
        printer.print_pdf(page('<img src="file:///etc/passwd" alt="x">'), tmp_path / "reports")

    assert list(tmp_path.rglob("*")) == []


@pytest.mark.proves("S45")
def test_the_printing_process_has_little_memory(printer: PdfPrinter) -> None:
    printer.print_html(page("<p>x</p>"))

    limits = Path(f"/proc/{child_of(printer)}/limits").read_text(encoding="ascii")

    (memory,) = [line.split() for line in limits.splitlines() if line.startswith("Max address")]
    assert memory == ["Max", "address", "space", str(850 * 1024**2), str(850 * 1024**2), "bytes"]


def test_several_threads_take_turns(printer: PdfPrinter) -> None:
    printed: dict[int, bytes] = {}

    def work(number: int) -> None:
        printed[number] = printer.print_html(page(f"<p>Seite {number}</p>"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    expected = {number: printer.print_html(page(f"<p>Seite {number}</p>")) for number in range(5)}
    assert printed == expected


def test_the_near_side_never_imports_weasyprint() -> None:
    script = (
        "import sys\n"
        "from exports.pdf_process import PdfPrinter\n"
        "from exports.clean_text import clean_text\n"
        "clean_text('Text')\n"
        "with PdfPrinter() as printer:\n"
        "    assert printer.print_html('<html lang=de><title>x</title><h1>x</h1>')\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('weasyprint', 'pydyf')))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


@pytest.mark.parametrize("payload", [b"", b"x", b"\0" * 100_000])
def test_a_frame_arrives_as_it_was_sent(tmp_path: Path, payload: bytes) -> None:
    with (tmp_path / "frames").open("wb") as stream:
        write_frame(stream, payload)
        write_frame(stream, b"next")

    with (tmp_path / "frames").open("rb") as stream:
        assert [read_frame(stream), read_frame(stream), read_frame(stream)] == [
            payload,
            b"next",
            None,
        ]


@pytest.mark.parametrize(
    "broken",
    [b"\0\0\0", b"\0" * 7 + b"\x05abc", (LARGEST + 1).to_bytes(8, "big")],
    ids=["cut-length", "cut-payload", "too-large"],
)
def test_a_broken_frame_is_refused(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "frames").write_bytes(broken)

    with (tmp_path / "frames").open("rb") as stream, pytest.raises(FrameBroken):
        read_frame(stream)


def test_an_oversized_page_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    with (tmp_path / "frames").open("wb") as stream, pytest.raises(FrameBroken):
        write_frame(stream, b"x" * (LARGEST + 1))
