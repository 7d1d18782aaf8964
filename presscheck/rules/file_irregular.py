"""What lies in the content, static and assets folders is a file or a folder, with a name that can be written down.

Hugo passes by a symbolic link without a word: what it leads to is not on the site, although it looks as if it were there. A
pipe or a socket can hold up every program that tries to read it.

A file's name that holds a line break, another control character, or bytes that are not UTF-8 makes an address that nobody can
write down, and can command the terminal of whoever lists the folder.

Put the file itself there, and give it a name of visible characters. To show the files of another folder, mount it in the configuration (`[[module.mounts]]`).
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of everything that was listed."""
    for path, what in sorted(site.irregular.items()):
        yield Finding(
            message=f"this is {what}, not a file",
            path=path,
            span=Span(0, 0),
            consequence="Hugo passes it by, and nothing of it is on the site",
            help="put the file itself there",
        )
    for path in sorted((*site.sizes, *site.by_file)):
        if not path.isprintable():
            yield Finding(
                message="the name of this file holds a character that cannot be seen, or is not UTF-8",
                path=path,
                span=Span(0, 0),
                consequence="its address cannot be written down",
                help="give it a name of letters, digits, `-` and `.`",
            )
