"""Which kind of place an address names."""

from __future__ import annotations

from importlib import import_module

from presscheck.errors import UsageError
from presscheck.publish.order import Order, Outcome
from presscheck.publish.store import SCHEMES

_KINDS = {**dict.fromkeys(SCHEMES, "bucket"), "git": "branch", "file": "folder", "": "folder"}


def publish_to(order: Order) -> Outcome:
    """Publish to wherever the order's place is.

    Raises UsageError, PublishRefusal and EnvironmentFault with nothing changed there, and PublishFailure.
    """
    module = import_module(f"presscheck.publish.{_KINDS[scheme_of(order.place.url)]}")
    outcome: Outcome = module.publish(order)
    return outcome


def scheme_of(url: str) -> str:
    """The scheme of a place's address, empty for a plain folder; raises UsageError for one that is not known."""
    before, colon, _ = url.partition(":")
    if not colon or "/" in before:
        return ""
    if before not in _KINDS:
        raise UsageError(
            f"`{url}` is no place to publish to",
            "it is a folder, or begins with `s3://`, `gs://`, `azblob://`, `file:` or `git:`",
        )
    return before
