"""Profiles: what organisations have set, and their logos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.model.profile import Logo, Profile

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def find(connection: Connection, organisation: str) -> Profile | None:
    """The organisation's profile, with what it has not set as it is at first; None without such an organisation."""
    row = connection.execute(
        """
        SELECT organisation.id, organisation.name, profile.revision, profile.sender,
               profile.sender_name, profile.contact, profile.contact_name, profile.text_readers,
               profile.legal_basis, profile.processors, profile.data_protection_contact,
               profile.sign_language_video, profile.retention_days, profile.disclosure_threshold,
               profile.cell_threshold, profile.accent, logo.hash, logo.kind, logo.alternative,
               logo.width, logo.height
        FROM organisation
        LEFT JOIN profile ON profile.organisation = organisation.id
        LEFT JOIN logo ON logo.organisation = organisation.id
        WHERE organisation.id = :organisation
        """,
        {"organisation": organisation},
    ).fetchone()
    if row is None:
        return None
    if row["revision"] is None:
        return Profile(row["id"], row["name"], logo=_logo(row))
    return Profile(
        organisation=row["id"],
        name=row["name"],
        sender=row["sender"],
        sender_name=row["sender_name"],
        contact=row["contact"],
        contact_name=row["contact_name"],
        text_readers=row["text_readers"],
        legal_basis=row["legal_basis"],
        processors=row["processors"],
        data_protection_contact=row["data_protection_contact"],
        sign_language_video=row["sign_language_video"],
        retention_days=row["retention_days"],
        disclosure_threshold=row["disclosure_threshold"],
        cell_threshold=row["cell_threshold"],
        accent=row["accent"],
        logo=_logo(row),
        revision=row["revision"],
    )


def look_of_edition(connection: Connection, name: str) -> tuple[str, Logo | None]:
    """Colour and picture of the organisation that the edition of that name belongs to; nothing for what is not set."""
    row = connection.execute(
        """
        SELECT profile.accent, logo.hash, logo.kind, logo.alternative, logo.width, logo.height
        FROM edition
        LEFT JOIN profile ON profile.organisation = edition.owner
        LEFT JOIN logo ON logo.organisation = edition.owner
        WHERE edition.name = :name
        """,
        {"name": name},
    ).fetchone()
    return ("", None) if row is None else (row["accent"] or "", _logo(row))


def put(connection: Connection, profile: Profile) -> None:
    """Keep what the organisation has set as the next revision; its name and logo lie elsewhere."""
    connection.execute(
        """
        INSERT INTO profile (organisation, revision, sender, sender_name, contact, contact_name,
                             text_readers, legal_basis, processors, data_protection_contact,
                             sign_language_video, retention_days, disclosure_threshold,
                             cell_threshold, accent)
        VALUES (:organisation, 1, :sender, :sender_name, :contact, :contact_name, :text_readers,
                :legal_basis, :processors, :data_protection_contact, :sign_language_video,
                :retention_days, :disclosure_threshold, :cell_threshold, :accent)
        ON CONFLICT (organisation) DO UPDATE SET
            revision = profile.revision + 1, sender = excluded.sender,
            sender_name = excluded.sender_name, contact = excluded.contact,
            contact_name = excluded.contact_name, text_readers = excluded.text_readers,
            legal_basis = excluded.legal_basis, processors = excluded.processors,
            data_protection_contact = excluded.data_protection_contact,
            sign_language_video = excluded.sign_language_video,
            retention_days = excluded.retention_days,
            disclosure_threshold = excluded.disclosure_threshold,
            cell_threshold = excluded.cell_threshold, accent = excluded.accent
        """,
        {
            "organisation": profile.organisation,
            "sender": profile.sender,
            "sender_name": profile.sender_name,
            "contact": profile.contact,
            "contact_name": profile.contact_name,
            "text_readers": profile.text_readers,
            "legal_basis": profile.legal_basis,
            "processors": profile.processors,
            "data_protection_contact": profile.data_protection_contact,
            "sign_language_video": profile.sign_language_video,
            "retention_days": profile.retention_days,
            "disclosure_threshold": profile.disclosure_threshold,
            "cell_threshold": profile.cell_threshold,
            "accent": profile.accent,
        },
    )


def put_logo(connection: Connection, organisation: str, *, logo: Logo, content: bytes) -> None:
    """Keep the organisation's picture in place of the one before."""
    connection.execute(
        """
        INSERT INTO logo (organisation, hash, kind, alternative, width, height, content)
        VALUES (:organisation, :hash, :kind, :alternative, :width, :height, :content)
        ON CONFLICT (organisation) DO UPDATE SET
            hash = excluded.hash, kind = excluded.kind, alternative = excluded.alternative,
            width = excluded.width, height = excluded.height, content = excluded.content
        """,
        {
            "organisation": organisation,
            "hash": logo.hash,
            "kind": logo.kind,
            "alternative": logo.alternative,
            "width": logo.width,
            "height": logo.height,
            "content": content,
        },
    )


def delete_logo(connection: Connection, organisation: str) -> None:
    """The organisation has no picture any more."""
    connection.execute(
        "DELETE FROM logo WHERE organisation = :organisation", {"organisation": organisation}
    )


def logo_content(connection: Connection, hashed: str, *, kind: str) -> bytes | None:
    """The bytes of the picture with that hash, whoever's it is."""
    row = connection.execute(
        "SELECT content FROM logo WHERE hash = :hash AND kind = :kind",
        {"hash": hashed, "kind": kind},
    ).fetchone()
    return None if row is None else bytes(row["content"])


def _logo(row: Any) -> Logo | None:  # noqa: ANN401 -- driver's row
    if row["hash"] is None:
        return None
    return Logo(row["hash"], row["kind"], row["alternative"], row["width"], row["height"])
