"""A small client for object stores: what publishing needs besides the uploads, which are Hugo's.

Addresses are written as Go CDK has them, because `hugo deploy` reads the same.
"""

from __future__ import annotations

import configparser
import contextlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from presscheck.errors import EnvironmentFault, UsageError

if TYPE_CHECKING:  # obstore is an extra, and loaded only by those who publish to a store
    from obstore import UpdateVersion
    from obstore.store import ObjectStore

SCHEMES = ("s3", "gs", "azblob")
_PATIENCE = {"timeout": "30s", "connect_timeout": "10s"}
RETRIES: dict[str, Any] = {"max_retries": 3}
"""How often what failed on the way is tried again."""
_AT_ONCE = 1000
_STATUS = re.compile(r"status code: (\d{3}[^:<]*)")
_CODE = re.compile(r"<Code>(\w+)</Code>")


class StoreError(Exception):
    """The store did not do what it was asked; the text says why, in a line."""


class Conflict(StoreError):
    """What was to be written is not any more what it was."""


class Object(NamedTuple):
    """One object as the store lists it."""

    size: int
    """In bytes, as stored: packed, if it is packed."""
    tag: str
    """Changes whenever the object is written."""


@dataclass(frozen=True)
class Found:
    """An object that was fetched."""

    data: bytes
    """What is in it, as stored."""
    version: Mapping[str, str]
    """Names this state of it, for `write`."""
    changed: datetime
    """When it was written, by the store's own clock."""

    @property
    def tag(self) -> str:
        """The tag that a list has for it."""
        return plain(self.version.get("e_tag", ""))


class Store:
    """One bucket or container, or the part of it below the `prefix` of its address."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def list(self) -> dict[str, Object]:
        """Every object by its path; raises StoreError."""
        import obstore  # noqa: PLC0415 - an extra

        with _told("list the objects"):
            return {
                each["path"]: Object(each["size"], plain(each["e_tag"] or ""))
                for batch in obstore.list(self._store, chunk_size=_AT_ONCE)
                for each in batch
            }

    def read(self, path: str) -> Found | None:
        """The object at `path`; None when there is none. Raises StoreError."""
        import obstore  # noqa: PLC0415 - an extra

        with _told(f"read {path}"):
            try:
                got = obstore.get(self._store, path)
                meta = got.meta
                data = bytes(got.bytes())
            except FileNotFoundError:
                return None
            return Found(data, _version(meta["e_tag"], meta["version"]), meta["last_modified"])

    def write(
        self, path: str, data: bytes, *, over: Mapping[str, str] | None = None, cache: str = "no-store"
    ) -> dict[str, str]:
        """Write a JSON object at `path` and return the version of it; raises StoreError.

        With `over`, only if the object is still at that version, or with an empty one only if there is none: else
        Conflict.
        """
        import obstore  # noqa: PLC0415 - an extra

        mode: UpdateVersion | str = "overwrite"
        if over is not None:
            mode = {"e_tag": over["e_tag"]} if "e_tag" in over else "create"
            if "version" in over and isinstance(mode, dict):
                mode["version"] = over["version"]
        with _told(f"write {path}"):
            written = obstore.put(
                self._store,
                path,
                data,
                attributes={"Content-Type": "application/json", "Cache-Control": cache},
                mode=mode,  # type: ignore[arg-type]
                use_multipart=False,
            )
        return _version(written["e_tag"], written["version"])

    def remove(self, paths: Iterable[str]) -> None:
        """Remove objects, in this order; those that are not there do not matter. Raises StoreError."""
        import obstore  # noqa: PLC0415 - an extra

        wanted = list(paths)
        with _told("remove objects"):
            for at in range(0, len(wanted), _AT_ONCE):
                with contextlib.suppress(FileNotFoundError):
                    obstore.delete(self._store, wanted[at : at + _AT_ONCE])


def connect(url: str) -> Store:
    """The store at `url`; raises UsageError for an address that is none, EnvironmentFault when the client is not there."""
    try:
        from obstore import exceptions, store  # noqa: PLC0415 - an extra
    except ImportError:
        raise EnvironmentFault(
            "publishing to an object store needs `obstore`", 'run `pip install "presscheck[publish]"`'
        ) from None
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    if not parts.netloc:
        raise UsageError(f"`{url}` names no bucket", f"write `{parts.scheme}://BUCKET`")
    make = {"s3": _s3, "gs": _gs, "azblob": _azure}[parts.scheme]
    kind, options = make(parts.netloc, query)
    try:
        made = getattr(store, kind)(
            parts.netloc,
            prefix=query.get("prefix") or None,
            client_options=_client(options),
            retry_config=RETRIES,
            **options,
        )
    except (exceptions.BaseError, ValueError, TypeError) as error:
        raise UsageError(f"`{url}` cannot be used: {_line(error)}", "the page about publishing has examples") from error
    return Store(made)


def _client(options: Mapping[str, Any]) -> dict[str, Any]:
    address = options.get("endpoint") or options.get("base_url") or ""
    return {**_PATIENCE, "allow_http": str(address).startswith("http://")}


def _s3(bucket: str, query: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    endpoint = query.get("endpoint", os.environ.get("AWS_ENDPOINT_URL_S3", os.environ.get("AWS_ENDPOINT_URL", "")))
    by_path = "true" in (query.get("use_path_style"), query.get("s3ForcePathStyle"))
    options: dict[str, Any] = {"virtual_hosted_style_request": not by_path, **aws_keys(query.get("profile", ""))}
    region = query.get("region") or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if region:
        options["region"] = region
    if endpoint:
        parts = urlsplit(endpoint if "//" in endpoint else f"https://{endpoint}")
        options["endpoint"] = parts.geturl() if by_path else parts._replace(netloc=f"{bucket}.{parts.netloc}").geturl()
    if query.get("anonymous") == "true":
        options["skip_signature"] = True
    return "S3Store", options


def aws_keys(profile: str) -> dict[str, str]:
    """Keys from the file that the tools of AWS share; the client itself reads the environment and asks the machine."""
    if not profile and {"AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE"} & os.environ.keys():
        return {}
    path = Path(os.environ.get("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")).expanduser()
    found = configparser.ConfigParser(interpolation=None)
    with contextlib.suppress(configparser.Error, OSError, UnicodeDecodeError):  # then it is no file of keys
        found.read(path, "utf-8")
    name = profile or os.environ.get("AWS_PROFILE", "default")
    section = dict(found[name]) if found.has_section(name) else {}
    names = {"access_key_id": "aws_access_key_id", "secret_access_key": "aws_secret_access_key"}
    keys = {ours: section[theirs] for ours, theirs in names.items() if theirs in section}
    if keys and "aws_session_token" in section:
        keys["session_token"] = section["aws_session_token"]
    return keys


def _gs(_bucket: str, _query: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    emulator = os.environ.get("STORAGE_EMULATOR_HOST", "")
    if not emulator:
        return "GCSStore", {}
    address = emulator if "//" in emulator else f"http://{emulator}"
    return "GCSStore", {"base_url": address.rstrip("/"), "bearer_token": "emulator"}


def _azure(_container: str, query: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    def said(key: str, name: str, default: str = "") -> str:
        return query.get(key) or os.environ.get(f"AZURE_STORAGE_{name}") or default

    account = said("storage_account", "ACCOUNT")
    domain = said("domain", "DOMAIN", "blob.core.windows.net")
    protocol = said("protocol", "PROTOCOL", "https")
    is_local = said("localemu", "IS_LOCAL_EMULATOR").lower() in {"1", "t", "true"}
    if not account:
        raise UsageError("no storage account is named", "set AZURE_STORAGE_ACCOUNT, or add `?storage_account=NAME`")
    options: dict[str, Any] = {
        "account_name": account,
        "endpoint": f"{protocol}://{domain}/{account}" if is_local else f"{protocol}://{account}.{domain}",
    }
    for ours, theirs in (("account_key", "KEY"), ("sas_key", "SAS_TOKEN")):
        if os.environ.get(f"AZURE_STORAGE_{theirs}"):
            options[ours] = os.environ[f"AZURE_STORAGE_{theirs}"]
    return "AzureStore", options


def plain(tag: str) -> str:
    """Azure writes the same tag with quotes and without."""
    return tag.strip('"')


def _version(tag: str | None, version: str | None) -> dict[str, str]:
    return {key: value for key, value in (("e_tag", tag), ("version", version)) if value}


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    from obstore import exceptions  # noqa: PLC0415 - an extra

    try:
        yield
    except (exceptions.AlreadyExistsError, exceptions.PreconditionError) as error:
        raise Conflict(f"cannot {what}: it was written meanwhile") from error
    except (exceptions.BaseError, OSError) as error:
        raise StoreError(f"cannot {what}: {_line(error)}") from error


def _line(error: Exception) -> str:
    """What the client says, without its innards and without the store's XML."""
    text = " ".join(str(error).partition("\n\nDebug source")[0].split())
    status, code = _STATUS.search(text), _CODE.search(text)
    if status:
        return f"the store answered {status[1].strip()}" + (f" ({code[1]})" if code else "")
    return text[:300]
