"""Settings: read once from NACHKLANG_* and, behind it, from nachklang.env in the data directory.

Secrets may come from a file named by NACHKLANG_*_FILE. An unknown or bad setting stops the start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from survey.errors import SettingsProblem, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "NACHKLANG_"
ENV_FILE = "nachklang.env"
_LARGEST = 65535
SERVER_ADDRESS_WANTED = problem(
    "Hier gehört eine Adresse wie postgresql://nachklang@db.example.org/nachklang hin."
)
LONGEST_BOUNCE_NAME = 17
"""Before the @ of the bounce address: with the plus sign and its tag, RFC 5321 allows 64."""
_SECRETS = frozenset({"BOUNCE_IMAP_PASSWORD", "OIDC_CLIENT_SECRET", "POSTGRESQL", "SMTP_PASSWORD"})
_DEFAULTS: dict[str, str] = {
    "DATA": "data",
    "BASE_URL": "http://127.0.0.1:8000",
    "POSTGRESQL": "",
    "SECRET_DIRECTORY": "",
    "BACKUP_DIRECTORY": "",
    "MAIL_FOLDER": "",
    "SMTP_HOST": "",
    "SMTP_PORT": "587",
    "SMTP_SECURITY": "starttls",
    "SMTP_USER": "",
    "SMTP_PASSWORD": "",
    "MAILS_PER_SECOND": "5",
    "MAILS_PER_SECOND_AND_DOMAIN": "2",
    "STAFF_SENDER": "",
    "TRUSTED_PROXY": "",
    "BOUNCE_ADDRESS": "",
    "BOUNCE_MAILDIR": "",
    "BOUNCE_IMAP_HOST": "",
    "BOUNCE_IMAP_PORT": "993",
    "BOUNCE_IMAP_USER": "",
    "BOUNCE_IMAP_PASSWORD": "",
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "OIDC_NAME": "",
    "TIME_ZONE": "Europe/Berlin",
    "CLOCK": "",
}


@dataclass(frozen=True, slots=True)
class Smtp:
    """The relay that takes our mails."""

    host: str
    port: int
    security: str
    """``tls``, ``starttls`` or ``none`` (loopback only)."""
    user: str
    password: str

    def __repr__(self) -> str:
        """Never the password."""
        return f"Smtp({self.host}:{self.port}, {self.security})"


@dataclass(frozen=True, slots=True)
class Imap:
    """The mailbox that undeliverable mails come back to, at a mail server that speaks TLS."""

    host: str
    port: int
    user: str
    password: str

    def __repr__(self) -> str:
        """Never the password."""
        return f"Imap({self.host}:{self.port})"


@dataclass(frozen=True, slots=True)
class House:
    """The house's own sign-in (OpenID Connect), Keycloak or the like."""

    issuer: str
    """Without a slash at the end."""
    client_id: str
    client_secret: str
    """Empty for a public client."""
    name: str
    """What people call it: "Mit %(name)s anmelden"."""

    def __repr__(self) -> str:
        """Never the secret."""
        return f"House({self.issuer})"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set, checked."""

    data: Path
    base_url: str
    """Without a slash at the end; links in mails are built from it only."""
    secret_directory: Path
    """Host secret and signing key; not inside the data directory, so that a copy of the data opens nothing."""
    backup_directory: Path
    mail_folder: Path | None
    """Mails are written here as .eml when no relay is set."""
    smtp: Smtp | None
    mails_per_second: float
    zone: ZoneInfo
    mails_per_second_and_domain: float = 2
    """So many at most to one recipient's mail server."""
    clock: str = ""
    """For demonstrations: an ISO moment, or a file that holds one; the service believes it is then."""
    staff_sender: str = ""
    """Where mails to people who work with the service come from; empty: noreply@ the host of `base_url`."""
    bounce_address: str = ""
    """Undeliverable mails come back to ``local+TAG@domain`` of it; empty: to the edition's own sender."""
    bounce_maildir: Path | None = None
    """They are read from this folder,"""
    bounce_imap: Imap | None = None
    """or from this mailbox."""
    trusted_proxies: frozenset[str] = frozenset()
    """Network addresses of proxies whose X-Forwarded-For is believed."""
    house: House | None = None
    """Where people of the house sign in, if it has a sign-in of its own."""
    postgresql: str = field(default="", repr=False)
    """How to reach the server that keeps the tables; empty where they lie in a file."""

    @property
    def database(self) -> Path:
        """The database file, where the tables lie in one."""
        return self.data / "nachklang.db"

    @property
    def keys(self) -> Path:
        """Wrapped keys of editions, and the notes of destroyed ones."""
        return self.data / "keys"

    @property
    def reports(self) -> Path:
        """Finished reports."""
        return self.data / "reports"

    @property
    def witnesses(self) -> Path:
        """Counters that notice a damaged log."""
        return self.data / "witness"

    @property
    def cache(self) -> Path:
        """What can be made again."""
        return self.data / "cache"


def read_settings(environment: Mapping[str, str], *, data: Path | None = None) -> Settings:
    """The settings in force, `data` before NACHKLANG_DATA; SettingsProblem names the first bad one."""
    given = {k[len(PREFIX) :]: v for k, v in environment.items() if k.startswith(PREFIX)}
    directory = Path(data or given.get("DATA", _DEFAULTS["DATA"])).absolute()
    env_file = directory / ENV_FILE
    if env_file.is_file():
        given = _env_file(env_file) | given
    values = dict(_DEFAULTS)
    for name, value in given.items():
        if name.removesuffix("_FILE") in _SECRETS and name.endswith("_FILE"):
            values[name.removesuffix("_FILE")] = _secret_file(name, value)
        elif name in _DEFAULTS:
            values[name] = value
        else:
            raise SettingsProblem(PREFIX + name, problem("Diese Einstellung gibt es nicht."))
    base_url = values["BASE_URL"].rstrip("/")
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        why = problem("Hier gehört eine Adresse wie https://feedback.example.org hin.")
        raise SettingsProblem(PREFIX + "BASE_URL", why)
    smtp = _smtp(values)
    folder = Path(values["MAIL_FOLDER"]) if values["MAIL_FOLDER"] else None
    if smtp is None and folder is None:
        folder = directory / "mails"
    try:
        zone = ZoneInfo(values["TIME_ZONE"])
    except (ValueError, OSError) as error:
        raise SettingsProblem(
            PREFIX + "TIME_ZONE", problem("Diese Zeitzone gibt es nicht.")
        ) from error
    return Settings(
        data=directory,
        base_url=base_url,
        secret_directory=Path(values["SECRET_DIRECTORY"] or f"{directory}-secret"),
        backup_directory=Path(values["BACKUP_DIRECTORY"] or f"{directory}-backups"),
        mail_folder=folder,
        smtp=smtp,
        mails_per_second=_number(values, "MAILS_PER_SECOND"),
        mails_per_second_and_domain=_number(values, "MAILS_PER_SECOND_AND_DOMAIN"),
        zone=zone,
        clock=values["CLOCK"],
        staff_sender=values["STAFF_SENDER"],
        trusted_proxies=frozenset(values["TRUSTED_PROXY"].replace(",", " ").split()),
        bounce_address=_bounce_address(values),
        bounce_maildir=Path(values["BOUNCE_MAILDIR"]) if values["BOUNCE_MAILDIR"] else None,
        bounce_imap=_bounce_imap(values),
        house=_house(values),
        postgresql=_postgresql(values),
    )


def is_safe_address(address: str) -> bool:
    """True for https, and for this very machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_here)
    )


def _house(values: Mapping[str, str]) -> House | None:
    issuer = values["OIDC_ISSUER"].rstrip("/")
    if not issuer:
        return None
    if not is_safe_address(issuer):
        why = problem("Hier gehört eine Adresse wie https://anmeldung.example.org hin.")
        raise SettingsProblem(PREFIX + "OIDC_ISSUER", why)
    if not values["OIDC_CLIENT_ID"]:
        why = problem("Ohne diese Angabe kennt die Anmeldung des Hauses den Dienst nicht.")
        raise SettingsProblem(PREFIX + "OIDC_CLIENT_ID", why)
    return House(
        issuer,
        values["OIDC_CLIENT_ID"],
        values["OIDC_CLIENT_SECRET"],
        values["OIDC_NAME"] or urlsplit(issuer).hostname or issuer,
    )


def _postgresql(values: Mapping[str, str]) -> str:
    address = values["POSTGRESQL"].strip()
    if address and not is_server_address(address):
        raise SettingsProblem(PREFIX + "POSTGRESQL", SERVER_ADDRESS_WANTED)
    return address


def is_server_address(text: str) -> bool:
    """True if it can be the address of a PostgreSQL server, as a URI or in its own words."""
    return text.startswith(("postgresql://", "postgres://")) or "=" in text


def _bounce_address(values: Mapping[str, str]) -> str:
    address = values["BOUNCE_ADDRESS"].strip()
    local, at, domain = address.rpartition("@")
    is_usable = (
        bool(at and local and domain)
        and address.isascii()
        and len(local) <= LONGEST_BOUNCE_NAME
        and not set(local) & set('+"@ <>')
    )
    if address and not is_usable:
        why = problem(
            "Hier gehört eine Adresse wie rueckmeldung@stadt.example hin, mit höchstens %(limit)d Zeichen vor dem @.",
            limit=LONGEST_BOUNCE_NAME,
        )
        raise SettingsProblem(PREFIX + "BOUNCE_ADDRESS", why)
    if not address and (values["BOUNCE_MAILDIR"] or values["BOUNCE_IMAP_HOST"]):
        why = problem("Ohne diese Adresse kommt keine Mail in das Postfach zurück.")
        raise SettingsProblem(PREFIX + "BOUNCE_ADDRESS", why)
    return address


def _bounce_imap(values: Mapping[str, str]) -> Imap | None:
    if not values["BOUNCE_IMAP_HOST"]:
        return None
    if values["BOUNCE_MAILDIR"]:
        why = problem("Rückläufer kommen aus einem Ordner oder einem Postfach, nicht aus beiden.")
        raise SettingsProblem(PREFIX + "BOUNCE_MAILDIR", why)
    return Imap(
        values["BOUNCE_IMAP_HOST"],
        int(_number(values, "BOUNCE_IMAP_PORT")),
        values["BOUNCE_IMAP_USER"],
        values["BOUNCE_IMAP_PASSWORD"],
    )


def _smtp(values: Mapping[str, str]) -> Smtp | None:
    if not values["SMTP_HOST"]:
        return None
    security = values["SMTP_SECURITY"]
    if security not in {"tls", "starttls", "none"}:
        why = problem("Hier gehört tls, starttls oder none hin.")
        raise SettingsProblem(PREFIX + "SMTP_SECURITY", why)
    if security == "none" and values["SMTP_HOST"] not in {"127.0.0.1", "localhost", "::1"}:
        why = problem("Ohne Verschlüsselung gehen Mails nur an den eigenen Rechner.")
        raise SettingsProblem(PREFIX + "SMTP_SECURITY", why)
    return Smtp(
        values["SMTP_HOST"],
        int(_number(values, "SMTP_PORT")),
        security,
        values["SMTP_USER"],
        values["SMTP_PASSWORD"],
    )


def _number(values: Mapping[str, str], name: str) -> float:
    try:
        number = float(values[name])
    except ValueError as error:
        raise SettingsProblem(PREFIX + name, problem("Hier gehört eine Zahl hin.")) from error
    if not 0 < number <= _LARGEST:
        raise SettingsProblem(PREFIX + name, problem("Diese Zahl ist zu klein oder zu groß."))
    return number


def _secret_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsProblem(
            PREFIX + name, problem("Diese Datei kann nicht gelesen werden.")
        ) from error


def _env_file(path: Path) -> dict[str, str]:
    given: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals or not name.startswith(PREFIX):
            raise SettingsProblem(
                name, problem("Zeilen in nachklang.env sehen so aus: NACHKLANG_NAME=Wert")
            )
        given[name.strip()[len(PREFIX) :]] = value.strip().strip('"')
    return given
