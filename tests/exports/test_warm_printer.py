"""One warm process prints for everybody, one after the other, and goes when nobody wants it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from exports.warm_printer import PrinterBusy, WarmPrinter
from survey.errors import ReportFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exports.pdf_process import PdfPrinter

PAGE = '<html lang="de"><title>Seite</title><h1>Seite</h1></html>'


@pytest.fixture
def warm() -> Iterator[WarmPrinter]:
    """A printer that stays until it is closed."""
    printer = WarmPrinter(idle_seconds=600)
    yield printer
    printer.close()


def process_of(printer: PdfPrinter) -> int:
    assert printer._child is not None
    return printer._child.pid


def test_the_next_report_is_printed_by_the_same_process_until_it_is_closed(
    warm: WarmPrinter,
) -> None:
    with warm.lent(wait_seconds=1) as printer:
        printer.print_html(PAGE)
        first = process_of(printer)

    with warm.lent(wait_seconds=1) as again:
        again.print_html(PAGE)
        second = process_of(again)
    warm.close()

    assert (second, again._child) == (first, None)


def test_a_printer_nobody_wants_is_closed_by_itself() -> None:
    warm = WarmPrinter(idle_seconds=0.01)

    with warm.lent(wait_seconds=1) as printer:
        printer.print_html(PAGE)
    closing = warm._closing
    assert closing is not None
    closing.join()

    assert printer._child is None


def test_a_printer_that_is_lent_is_lent_to_nobody_else(warm: WarmPrinter) -> None:
    with (
        warm.lent(wait_seconds=1),
        pytest.raises(PrinterBusy),
        warm.lent(wait_seconds=0.01),
    ):
        pytest.fail("lent twice")


def fail_after_printing(warm: WarmPrinter, processes: list[int]) -> None:
    with warm.lent(wait_seconds=1) as printer:
        printer.print_html(PAGE)
        processes.append(process_of(printer))
        raise ReportFailed("on purpose")


def test_after_a_failure_the_next_one_gets_a_new_process(warm: WarmPrinter) -> None:
    processes: list[int] = []

    with pytest.raises(ReportFailed):
        fail_after_printing(warm, processes)

    with warm.lent(wait_seconds=1) as printer:
        printer.print_html(PAGE)
        assert process_of(printer) not in processes


def test_the_printing_process_gives_way_to_others(warm: WarmPrinter) -> None:
    with warm.lent(wait_seconds=1) as printer:
        printer.print_html(PAGE)
        courtesy = os.getpriority(os.PRIO_PROCESS, process_of(printer))

    assert courtesy > os.getpriority(os.PRIO_PROCESS, os.getpid())
