"""Every link to another site still finds what it was made for.

Pages of other sites are taken away, get new addresses, or go down with their host. Hugo copies the address into the page and never
asks. Readers who follow it get an error page, or a warning from their browser, and learn nothing of what the post refers to.

Other sites are asked only when you say so, because that takes minutes and an answer can be another one tomorrow:

```sh
presscheck check --external
```

Each address is asked once, without its fragment, and the answer is kept in `.presscheck/external`: for a week when the page is there, for
less than a day when it is not. Reported is what is certain: the page is gone (404 or 410), the host has no address or refuses to
talk, its certificate has run out or is for another host, the page has moved for good. Look for the new address, or link to a copy in a
web archive, or remove the link. A new address that the other site gives is in the fix, which waits for somebody to look:
`presscheck fix --external --rule link-external-dead --unsafe-fixes`.

A site that is slow, asks for patience, is out of order, or lets no programs in is not reported, and neither is anything when no site at all
answers. Links that shortcodes or raw HTML make, and those of this site, are not asked. Addresses in private networks are not either, so that
nobody's post can make your machine look around in yours; where the site's posts are all your own, `private` allows it.

```toml
[params.presscheck.rules.link-external-dead]
skip = ["https://bsky.app/*", "https://*.example.com/*"]
```
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple
from urllib.parse import urlsplit

from presscheck.diagnostics import Applicability, Finding, Fix, Note, Severity
from presscheck.facts import Target
from presscheck.page import Page
from presscheck.rules._destinations import corrected, distinct, place_of, rewritten

SEVERITY = Severity.WARNING
IS_ON = False

_WHOLE = re.compile(r"(?:https?:)?//[^/?#]", re.IGNORECASE)
_BARE = re.compile(r"(?:^|(?<=[\s(]))https?://\S+", re.MULTILINE)
_PLAIN = re.compile(r"https?://(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#][\w./?#@$&+=,%:!()~-]*)?", re.ASCII)
_DEFINITION = re.compile(r"[ >]*\[[^\]^][^\]]*\]:")
_FITS = re.compile(r"[\w./:?#@$&+=,%!~-]+", re.ASCII)
"""Matches addresses that mean the same wherever Markdown has one."""


class Verdict(Enum):
    """What another site says of an address."""

    THERE = "there"
    MOVED = "moved"
    """It is there, at an address that it has been given for good."""
    GONE = "gone"
    NO_HOST = "no host"
    REFUSED = "refused"
    BAD_CERTIFICATE = "bad certificate"
    CLOSED = "closed"
    """Somebody answers, but does not let us see: a login, or no programs."""
    UNDECIDED = "undecided"
    """Nothing that will last: too slow, too busy, out of order, or not asked."""


class Answer(NamedTuple):
    """What is known of an address."""

    verdict: Verdict
    """Whether it is there."""
    at: str = ""
    """The new address of what has moved; else where the address leads on to, if it does."""
    why: str = ""
    """What is wrong: the number of the answer, or what is the matter with the certificate."""

    @property
    def is_certain(self) -> bool:
        """Whether it says that the address is there, or that it is not."""
        return self.verdict not in {Verdict.CLOSED, Verdict.UNDECIDED}


@dataclass(frozen=True)
class Options:
    """What may be set."""

    days: int = 7
    """For how many days an answer is kept; what failed is asked again the next day."""
    timeout: int = 10
    """How many seconds another site gets for an answer."""
    skip: tuple[str, ...] = ()
    """Addresses that are not asked; `*` stands for any characters."""
    moved: bool = True
    """Whether pages that have moved for good are reported too."""
    private: bool = False
    """Whether addresses in private networks may be asked."""


def check_external(page: Page, answers: Mapping[str, Answer], options: Options) -> Iterator[Finding]:
    """Ask of each of its links and images to other sites what the other site said."""
    for link, address in addresses(page, options):
        answer = answers.get(address)
        if answer is None:
            continue
        if answer.verdict is Verdict.MOVED and options.moved:
            yield _moved(page, link, answer)
        elif answer.verdict in _DEAD:
            yield _dead(link, address, answer)


def addresses(page: Page, options: Options) -> Iterator[tuple[Target, str]]:
    """The links and images of `page` that lead to other sites, with the address to ask."""
    own = _host(page.config.base_url)
    for link in (*distinct(page.links), *_bare(page)):
        if not _WHOLE.match(link.destination):
            continue
        address = address_of(link.destination)
        host = _host(address)
        if not host or host == own or corrected(address)[0] or (place_of(address) and not options.private):
            continue
        if not any(fnmatch.fnmatchcase(address, pattern) for pattern in options.skip):
            yield link, address


def address_of(destination: str) -> str:
    """What to ask for `destination`, a whole address: the same without its fragment."""
    address = destination.partition("#")[0]
    return f"https:{address}" if address.startswith("//") else address


def _bare(page: Page) -> Iterator[Target]:
    """The addresses that stand bare in the text, of which Hugo makes links; only where it is plain how far they go."""
    text = page.source.text
    extensions = page.config.get("markup", "goldmark", "extensions", default={})
    if not _BARE.search(text, page.front_matter.span.end) or extensions.get("linkify") is False:
        return
    links = [link.span for link in page.markdown.links]
    for match in _BARE.finditer(page.prose):
        word = match[0].rstrip(".,:!?")
        while word.endswith(")") and word.count(")") > word.count("("):
            word = word[:-1].rstrip(".,:!?")
        start, end = match.start(), match.start() + len(word)
        before, behind = text[start - 1 : start], text[match.end() : match.end() + 1]
        is_apart = (before.isspace() or before in "(>") and (behind.isspace() or behind in {"", "<"})
        is_whole = is_apart and _PLAIN.fullmatch(word) and word[-1] not in "_~"
        line = text.rfind("\n", 0, start) + 1
        if (
            not is_whole
            or any(span.start <= start < span.end for span in links)
            or _DEFINITION.match(text, line, start)
        ):
            continue
        yield Target(word, start, end, is_image=False, is_autolink=True, is_made_by_shortcode=False)


def _dead(link: Target, address: str, answer: Answer) -> Finding:
    message, label, help_ = _DEAD[answer.verdict]
    host = _host(answer.at or address)
    if link.is_image:
        consequence = "readers see a broken frame"
    elif answer.verdict is Verdict.BAD_CERTIFICATE:
        consequence = "browsers warn readers and keep them from going there"
    else:
        consequence = "readers who follow it get an error, and not what the post refers to"
    return Finding(
        message=message.format(link=link.destination, host=host),
        span=link.destination_span,
        label=label.format(host=host, why=answer.why),
        consequence=consequence,
        help=help_,
        notes=(Note(f"it sends readers on to `{answer.at}`"),) if answer.at else (),
    )


_ELSEWHERE = "look for its new address, link to a copy in a web archive, or remove the link"
_DEAD = {
    Verdict.GONE: ("`{link}` is gone", "the other site answers {why}", _ELSEWHERE),
    Verdict.NO_HOST: ("`{link}` leads to a site that does not exist", "there is no `{host}`", _ELSEWHERE),
    Verdict.REFUSED: ("`{link}` gets no answer", "`{host}` refuses to talk", _ELSEWHERE),
    Verdict.BAD_CERTIFICATE: (
        "`{link}` cannot be opened safely",
        "the certificate of `{host}` {why}",
        "tell the people of that site, or link to another one",
    ),
}
"""The message, the label and the help for what readers cannot open."""


def _moved(page: Page, link: Target, answer: Answer) -> Finding:
    _, mark, fragment = link.destination.partition("#")
    new = answer.at if "#" in answer.at else answer.at + mark + fragment
    is_front = urlsplit(answer.at).path in {"", "/"} and urlsplit(link.destination).path not in {"", "/"}
    if is_front:
        label, help_ = (
            "it leads to the front page of a site now",
            f"what it was made for is probably gone: {_ELSEWHERE}",
        )
    else:
        label, help_ = f"it is at `{new}` now", "look whether that is still what you meant, and write it"
    return Finding(
        message=f"`{link.destination}` has moved for good",
        span=link.destination_span,
        label=label,
        consequence="readers find what the other site sends them to, for as long as it does",
        help=help_,
        fix=None if is_front else _rewritten(page, link, new),
    )


def _rewritten(page: Page, link: Target, new: str) -> Fix | None:
    return rewritten(page, link, new, Applicability.UNSAFE) if _FITS.fullmatch(new) else None


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
