"""One printer for everybody in this process: warm while people print, gone some minutes after the last one did."""

from __future__ import annotations

import atexit
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from exports.pdf_process import PdfPrinter

if TYPE_CHECKING:
    from collections.abc import Iterator

IDLE_SECONDS = 120.0
"""A warm printing process takes 90 MiB, a new one half a second: who prints one report often prints the next."""


class PrinterBusy(Exception):
    """Others are printing; whoever comes back in a minute gets their file."""


class WarmPrinter:
    """A printer that is lent to one at a time, and closed when nobody has wanted it for a while."""

    def __init__(self, *, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self._turn = threading.Lock()
        self._printer = PdfPrinter()
        self._closing: threading.Timer | None = None

    @contextmanager
    def lent(self, *, wait_seconds: float) -> Iterator[PdfPrinter]:
        """The printer, for as long as the context lasts; PrinterBusy if nobody gives it back in time."""
        if not self._turn.acquire(timeout=wait_seconds):
            raise PrinterBusy
        try:
            if self._closing is not None:
                self._closing.cancel()
                self._closing = None
            yield self._printer
            self._closing = threading.Timer(self._idle_seconds, self.close)
            self._closing.daemon = True
            self._closing.start()
        except BaseException:
            # Whatever went wrong: the next one gets a new process.
            self._printer.close()
            raise
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the printing process, once it is given back; a new one starts when somebody prints."""
        with self._turn:
            if self._closing is not None:
                self._closing.cancel()
                self._closing = None
            self._printer.close()


WARM_PRINTER = WarmPrinter(idle_seconds=IDLE_SECONDS)
atexit.register(WARM_PRINTER.close)
