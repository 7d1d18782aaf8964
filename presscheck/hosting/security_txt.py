"""`.well-known/security.txt` (RFC 9116): whom to tell about a weakness of the site."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from presscheck.config import Config
from presscheck.errors import UsageError
from presscheck.settings import Hosting, settings

NAME = ".well-known/security.txt"

_CONTACT = re.compile(r"(?:mailto:[^@\s]+@[^@\s]+|https://\S+|tel:\+?[\d().-]+)")
_WHERE = "[params.presscheck.hosting]"
_LONGEST = 330
"""Days; the RFC wants less than a year, and the month is filled up."""


def text(config: Config, clock: datetime) -> str:
    """The file; empty when the site names no contact. Raises UsageError for settings that the RFC forbids.

    It expires with a month, so that builds of the same days make the same file.
    """
    hosting = settings(config, Hosting)
    if not hosting.contact:
        return ""
    for contact in hosting.contact:
        if not (_CONTACT.fullmatch(contact) and contact.isascii()):
            raise UsageError(
                f"`contact` in {_WHERE}: `{contact}` is no address to write to",
                'write it as "mailto:security@site.example" or "https://site.example/contact/"',
            )
    if not 1 <= hosting.contact_expires <= _LONGEST:
        raise UsageError(
            f"`contact-expires` in {_WHERE} is {hosting.contact_expires}",
            f"write a number of days from 1 to {_LONGEST}",
        )
    base = urlsplit(config.base_url)
    lines = [f"Contact: {contact}" for contact in hosting.contact]
    lines += [f"Expires: {_end(clock + timedelta(days=hosting.contact_expires)):%Y-%m-%dT%H:%M:%SZ}"]
    if base.scheme == "https":
        lines += [f"Canonical: https://{base.netloc}/{NAME}"]
    lines += [f"Preferred-Languages: {', '.join(_languages(config))}"]
    return "\n".join(lines) + "\n"


def _end(moment: datetime) -> datetime:
    """The end of the month of `moment`."""
    first = moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)


def _languages(config: Config) -> list[str]:
    named = config.get("languages", default={})
    own = config.get("locale") or config.get("languagecode") or config.get("defaultcontentlanguage", default="en")
    return [str(each) for each in named] or [str(own)]
