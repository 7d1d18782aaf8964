"""Every picture beside a post is shown by it.

A picture that a post no longer shows stays in its folder, and Hugo publishes it all the same: readers who guess its name, or follow an old
link, find the unblurred screenshot that was replaced. The site grows by files that nobody looks at.

Delete the picture, or show it. A picture counts as shown when its name stands anywhere in the post's file, front matter included, or
begins with `cover.`, `feature` or `thumb`, which many themes show by themselves. The rule is
off unless the settings turn it on, because templates may show pictures that no post names, and other posts may link to them:

```toml
[params.presscheck.rules.image-unused]
severity = "info"
```

Only posts with a folder of their own (`index.md`) are asked.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import quote

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._pictures import folders
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.INFO
IS_ON = False

_SHOWN_BY_THEMES = ("cover.", "feature", "thumb")


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each picture in the post's folder whether the post names it."""
    if not page.is_leaf_bundle or site.owner(page):
        return
    for path in folders(site).get(page.directory, ()):
        name = posixpath.basename(path)
        text = page.source.text
        if name in text or quote(name) in text or name.lower().startswith(_SHOWN_BY_THEMES):
            continue
        yield Finding(
            message=f"the picture `{name}` is in the post's folder, and the post does not name it",
            path=page.file,
            span=Span(page.front_matter.span.start, page.front_matter.span.start),
            consequence=f"Hugo publishes it below {page.address or '/'} all the same",
            help=f"delete {site.config.content_dir}/{path}, or show it",
        )
