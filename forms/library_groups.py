"""The standard questions in groups, as organisers look for them."""

from __future__ import annotations

from forms.workplace_form import marked as _

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        _("Die ganze Veranstaltung"),
        (
            "overall",
            "recommendation",
            "content",
            "organisation",
            "technology",
            "exchange",
            "length",
        ),
    ),
    (
        _("Das nächste Mal"),
        ("next_format", "rounds_wanted", "topics_wanted", "come_again"),
    ),
    (_("In eigenen Worten"), ("keep", "change")),
    (
        _("Zu jedem Workshop oder Vortrag"),
        ("rating", "relevance", "message", "talk_rating"),
    ),
    (
        _("Netzwerktreffen"),
        ("contributions", "guest_talks", "guest_talks_wanted", "focus_next"),
    ),
    (_("Zur Person"), ("took_part", "municipality_size")),
)
"""Every question of the library stands in exactly one group."""
