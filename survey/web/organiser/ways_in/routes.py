"""Other ways into the form: open link, paper, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.ways_in import attendance, ending, printing, projecting, typing_in, ways
from survey.web.workplace.desk import receive, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route

WAYS = "/arbeit/ausgaben/{edition}/zugaenge"


def way_in_routes() -> list[Route]:
    """Every page about other ways into the form."""
    return [
        show(WAYS, ways.show_ways),
        receive(WAYS, ways.choose),
        show(f"{WAYS}/link-schliessen", ending.ask_before_ending),
        receive_proven(f"{WAYS}/link-schliessen", ending.end),
        show(f"{WAYS}/anwesend", attendance.ask_attendance),
        receive(f"{WAYS}/anwesend", attendance.note),
        show(f"{WAYS}/projizieren", projecting.project),
        show(f"{WAYS}/code.svg", projecting.show_code),
        show(f"{WAYS}/blatt.pdf", printing.print_link_sheet),
        show(f"{WAYS}/papier.pdf", printing.print_blank_form),
        show(f"{WAYS}/eintippen", typing_in.show_blank),
        receive(f"{WAYS}/eintippen", typing_in.type_in),
    ]
