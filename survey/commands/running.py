"""`serve` and `work`: the service runs."""

from __future__ import annotations

import errno
import gc
import os
import signal
import socket
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from survey.commands.frame import in_installation
from survey.commands.speech import WORDS, _, first_start_lines, say, sentences
from survey.employing.joining import first_start_link
from survey.errors import NachklangError
from survey.memory import give_back, share_one_arena

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from survey.errors import Problem
    from survey.installation import Installation

SECONDS_TO_FINISH = 20
"""How long requests and mails under way may take at the end."""
THINGS_BEFORE_TIDYING = 2_000
"""Each request leaves a few objects in circles; looking for them every 700, as usual, takes a tenth of the time."""
HANDED_OVER = 3
"""Where an open port is found, if one was handed over."""


@click.command(
    help=_(
        "Die Seiten ausliefern. Fällige Mails, Auszählungen und Löschungen erledigt derselbe Prozess mit."
    )
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Adresse dieses Rechners."))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help=_("Anschluss dieses Rechners; 0 für einen freien."),
)
@click.option(
    "--without-worker",
    is_flag=True,
    help=_("Nur die Seiten; „nachklang work“ läuft dann für sich."),
)
@in_installation
def serve(inst: Installation, *, host: str, port: int, without_worker: bool) -> None:
    """Serve the pages, without a log of who fetched which."""
    share_one_arena()
    import uvicorn  # noqa: PLC0415 -- only this command needs the web server

    from survey.application import make_application  # noqa: PLC0415 -- help needs no web framework

    config = uvicorn.Config(
        make_application(inst),
        access_log=False,  # paths hold personal links
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # links are built from the settings alone
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    server = uvicorn.Server(config)
    stop = Event()

    def end() -> None:
        stop.set()
        server.should_exit = True

    worker = _Worker(stop, inst, end)
    _at_the_end(end)
    with handed_over(os.environ) or listen(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{listening.getsockname()[1]}/"
        lines = (
            _("Der Dienst läuft: %(url)s (beenden mit Strg+C)") % {"url": url},
            *first_start_lines(opened_here(first_start_link(inst), inst.settings.base_url, url)),
        )
        # At once: whoever waits for the first line may not stay for the others.
        click.echo("\n".join(lines))
        if not without_worker:
            worker.start()
        leave_what_was_made()
        server.run(sockets=[listening])
    end()
    if not without_worker:
        worker.join(SECONDS_TO_FINISH)
    if worker.has_failed:
        raise SystemExit(1)


@click.command(
    help=_(
        "Erledigen, was fällig ist. Mails senden, Ausgaben auszählen, löschen, was lange genug lag."
    )
)
@click.option("--once", is_flag=True, help=_("Einmal nachsehen und aufhören."))
@in_installation
def work(inst: Installation, *, once: bool) -> None:
    """Do what falls due."""
    from survey.working import work_once, work_until  # noqa: PLC0415 -- as below

    if once:
        troubles: list[NachklangError | Problem] = []
        work_once(inst, tell=troubles.append)
        for trouble in troubles:
            _tell(trouble)
        raise SystemExit(1 if troubles else 0)
    stop = Event()
    _at_the_end(stop.set)
    say("Der Dienst arbeitet (beenden mit Strg+C).")
    work_until(stop, inst, tell=_tell)


def leave_what_was_made() -> None:
    """What was made up to here stays until the end: whoever looks for what can go does not look through it."""
    gc.collect()
    give_back()
    gc.freeze()
    gc.set_threshold(THINGS_BEFORE_TIDYING)


def opened_here(link: str, base_url: str, url: str) -> str:
    """The link as it opens now: as long as no address is set, the service is where it listens."""
    if urlsplit(base_url).hostname in {"127.0.0.1", "localhost", "::1"}:
        return link.replace(f"{base_url}/", url, 1)
    return link


def listen(host: str, port: int) -> socket.socket:
    """The port, taken; a plain refusal if it is not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = _("Der Anschluss %(port)d ist schon belegt. Nehmen Sie einen anderen: --port")
            raise click.ClickException(message % {"port": port}) from error
        message = _("Unter %(host)s lässt sich nichts ausliefern: %(why)s")
        raise click.ClickException(message % {"host": host, "why": error.strerror}) from error


def handed_over(environment: Mapping[str, str]) -> socket.socket | None:
    """The port as whoever started this process holds it open (systemd: `Sockets=`); None if nobody does.

    Whoever comes while the service starts anew then waits a moment instead of being refused.
    """
    is_ours = environment.get("LISTEN_PID") == str(os.getpid())
    if not is_ours or environment.get("LISTEN_FDS") != "1":
        return None
    return socket.socket(fileno=HANDED_OVER)


class _Worker(Thread):
    """Does what falls due beside the pages; if it fails, nothing goes on as if it worked."""

    def __init__(self, stop: Event, inst: Installation, end: Callable[[], None]) -> None:
        # A worker that does not finish in time is left behind: whatever it does survives being killed.
        super().__init__(name="worker", daemon=True)
        self._stop_event = stop
        self._inst = inst
        self._end = end
        self.has_failed = False

    def run(self) -> None:
        """Work until told to stop."""
        from survey.working import work_until  # noqa: PLC0415 -- a process that only serves does without it

        try:
            work_until(self._stop_event, self._inst, tell=_tell)
        except BaseException:
            self.has_failed = True
            self._end()
            raise


def _at_the_end(end: Callable[[], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: end())


def _tell(trouble: NachklangError | Problem) -> None:
    lines = sentences(trouble) if isinstance(trouble, NachklangError) else (WORDS.problem(trouble),)
    for line in lines:
        click.echo(line, err=True)
