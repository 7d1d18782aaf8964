"""`firebase.json`, for `firebase deploy --config`; it lies in the folder that it publishes and is not published itself.

Of the header rules that fit, a later one goes before an earlier one. A redirect goes before the file at the old address.
"""

from __future__ import annotations

import json
import re

from presscheck.hosting.model import Made, Service
from presscheck.manifest import FINGERPRINT

NAME = "firebase.json"


def config(service: Service) -> Made:
    """The file."""
    base, hosting = re.escape(service.base_path), service.hosting
    rules = [(f"^{base}", [*service.headers, ("Cache-Control", hosting.page_cache)])]
    if service.media:
        rules.append((f"^{base}.*(?:{_any(service.media)})$", [("Cache-Control", hosting.other_cache)]))
    rules.append((f"^{base}.*(?:{FINGERPRINT})", [("Cache-Control", hosting.asset_cache)]))
    found = {
        "hosting": {
            "public": ".",
            "ignore": [NAME, "_headers", "_redirects", "staticwebapp.config.json"],
            "headers": [
                {"regex": regex, "headers": [{"key": name, "value": value} for name, value in values]}
                for regex, values in rules
            ],
            "redirects": [
                {"regex": f"^{re.escape(each.old)}$", "destination": each.new, "type": 301}
                for each in service.redirects
            ],
        }
    }
    notes = (
        (f"this host cannot answer 410: {len(service.gone)} pages that say that they are gone are sent as found",)
        if service.gone
        else ()
    )
    return Made(json.dumps(found, indent=2) + "\n", notes)


def _any(suffixes: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, suffixes))
