"""Uploads through `hugo deploy`, which knows S3, Google Cloud Storage and Azure.

By itself it goes on after a failed upload, and deletes then. So it is given a folder with one group of files and nothing
else, never deletes anything, and its exit status is looked at after each group. Its configuration is ours, not the site's.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from presscheck import hugo
from presscheck.errors import EnvironmentFault, PublishFailure
from presscheck.files import fault, link_or_copy
from presscheck.processes import run
from presscheck.publish.plan import Group, is_packed

_TIED = """
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 9)
    if os.getppid() != int(sys.argv[1]):
        sys.exit(1)
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Has the system kill Hugo when we die: it would go on sending, and the lock grows old meanwhile."""
_ERROR = re.compile(r"^(?:Error|ERROR):?\s+(?P<text>.*)$", re.MULTILINE)


def upload(group: Group, site: Path, url: str, cache_control: str, time_limit: float) -> None:
    """Send the files of `group`, which lie in the folder `site`, to the store at `url`; raises PublishFailure."""
    try:
        with tempfile.TemporaryDirectory(prefix="presscheck-publish-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            for entry in group.entries:
                link_or_copy(site / entry.path, folder / "site" / entry.path)
            (folder / "hugo.json").write_text(json.dumps(configuration(group, url, cache_control)), "utf-8")
            _deploy(folder, group, time_limit)
    except OSError as error:
        raise fault("cannot put the files together that are to be sent", error) from error


def configuration(group: Group, url: str, cache_control: str) -> dict[str, object]:
    """What Hugo has to know to send a group: a matcher for each ending, since the media type depends on it."""
    kinds = {entry.suffix: (entry.media_type, is_packed(entry)) for entry in group.entries}
    matchers = [
        {
            "pattern": rf"{re.escape(suffix)}$" if suffix else r"(^|/)[^./]*$",
            "cacheControl": cache_control,
            "contentType": media_type,
            "gzip": packed,
            "force": group.is_forced,
        }
        for suffix, (media_type, packed) in sorted(kinds.items(), key=lambda each: (-len(each[0]), each[0]))
    ]
    return {
        "baseURL": "https://presscheck.invalid/",
        "publishDir": "site",
        "deployment": {"targets": [{"name": "place", "URL": url}], "matchers": matchers},
    }


def _deploy(folder: Path, group: Group, time_limit: float) -> None:
    arguments = ["deploy", "--source", str(folder), "--config", str(folder / "hugo.json"), "--target", "place"]
    arguments += ["--maxDeletes", "0", "--invalidateCDN=false", "--noBuildLock"]
    # Keys come from wherever the tools of the store look for them; what is Hugo's own is ours to say.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUGO_")}
    try:
        command = [sys.executable, "-I", "-S", "-c", _TIED, str(os.getpid()), str(hugo.binary()), *arguments]
        status, output = run(command, folder, environment, time_limit)
    except subprocess.TimeoutExpired:
        raise PublishFailure(f"sending {_what(group)} took longer than {time_limit:g} seconds") from None
    except OSError as error:
        raise EnvironmentFault(f"cannot run Hugo: {error.strerror}", "install the `hugo` package again") from error
    if status:
        raise PublishFailure(f"sending {_what(group)} failed: {_why(output)}")


def _what(group: Group) -> str:
    return f"{len(group.entries)} {group.phase.value}"


def _why(output: str) -> str:
    found = [match["text"] for match in _ERROR.finditer(output)]
    text = found[-1] if found else output.strip()[-300:]
    return " ".join(text.split())[:400] or "Hugo did not say why"
