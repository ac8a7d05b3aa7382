"""Files to take along: a reply that a browser saves and never runs."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from starlette.responses import Response

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""The policy of what is no page of ours: should a browser show it, it runs nothing and fetches nothing."""


def attachment(content: bytes, *, name: str, media_type: str) -> Response:
    """The file under that name (RFC 6266), in a sandbox should a browser show it after all."""
    headers = {
        "Content-Disposition": disposition(name),
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(content, 200, headers, media_type=media_type)


def disposition(name: str) -> str:
    """The header that names a file: plain for every browser, exactly for those that know how to read it."""
    exact = "".join(c for c in name if unicodedata.category(c)[0] != "C" and c not in '/\\"')
    plain = unicodedata.normalize("NFKD", exact).encode("ascii", "ignore").decode("ascii")
    header = f'attachment; filename="{plain}"'
    return header if plain == exact else f"{header}; filename*=UTF-8''{quote(exact, safe='')}"
