"""No page holds a key that opens something.

An access key that was pasted into a post, into a code block or a comment, is public the moment the site is. Programs
search the web and public repositories for such keys, and use them within minutes. Hugo publishes it like any other text.

Revoke the key first, at the service that it is for: to delete it from the post is not enough, because whoever saw the file
has it, and the repository keeps it. Then write a name in its place, such as `YOUR_KEY`.

What is known: keys of AWS, Google, GitHub, Slack, Stripe, SendGrid, OpenAI, Hugging Face, npm, Shopify and
DigitalOcean, JSON web tokens, and private keys in PEM form. What the services themselves print as examples
(`AKIAIOSFODNN7EXAMPLE`) and what is plainly made up, with `xxxx`, `1234` or three dots in it, is silent; so are passwords,
which look like any other word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True

# Each pattern begins with a rare letter and looks back from it: where nothing is, the search takes two microseconds.
_PATTERNS = (
    (
        "K",
        "IE",
        re.compile(
            r"K(?:IA(?<=\bAKIA)[0-9A-Z]{16}\b"
            r"|EY-----(?<=PRIVATE KEY-----)\s+(?:[A-Za-z-]+: [^\n]{1,100}\s+){0,3}[0-9A-Za-z+/=\s>\\]{64})"
        ),
    ),
    ("z", "a", re.compile(r"z(?<=\bAIz)aSy[\w-]{33}(?![\w-])")),
    ("G", ".", re.compile(r"G\.(?<=\bSG\.)[\w-]{22}\.[\w-]{43}(?![\w-])")),
    (
        "_",
        "",
        re.compile(
            r"_(?:(?<=\bgh[pousr]_)[0-9A-Za-z]{36,251}\b|(?<=\bgithub_)pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}\b"
            r"|(?<=\b[sr]k_)live_[0-9A-Za-z]{20,250}\b|(?<=\bhf_)[A-Za-z]{34}\b|(?<=\bnpm_)[0-9A-Za-z]{36}\b"
            r"|(?<=\bdop_)v1_[0-9a-f]{64}\b|(?<=\bshp(?:at|ca|pa|ss)_)[0-9a-fA-F]{32}\b)"
        ),
    ),
    (
        "J",
        "",
        re.compile(r"J(?:(?<=\beyJ)[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{20,2000}|(?<=T3BlbkFJ)[\w-]{20,200})"),
    ),
    ("x", "", re.compile(r"x[abeoprs]-(?<=\bxox[abeoprs]-)[0-9]{8,14}-[0-9A-Za-z-]{20,250}\b")),
)
"""A character that every such key has, what may stand behind it (empty: anything), and what finds keys by it."""
_KINDS = {
    "AKIA": "an access key of AWS",
    "AIza": "a key of Google",
    "SG.": "a key of SendGrid",
    "gh": "a token of GitHub",
    "sk_": "a secret key of Stripe",
    "rk_": "a secret key of Stripe",
    "hf_": "a token of Hugging Face",
    "npm_": "a token of npm",
    "dop_": "a token of DigitalOcean",
    "shp": "a token of Shopify",
    "git": "a token of GitHub",
    "eyJ": "a JSON web token",
    "sk-": "a key of OpenAI",
    "T3B": "a key of OpenAI",
    "xox": "a token of Slack",
}
"""How each of them begins, and what it is."""
_START = re.compile(r"[\w-]*\Z")
_PRIVATE = "-----BEGIN"
_MOST_BEFORE = 64
_MADE_UP = re.compile(r"EXAMPLE|example|YOUR|your_|\.\.\.|1234567|abcdef|ABCDEF|(.)\1{4}|0123|IxMjM0NTY3ODkw")
_MADE_UP_BODY = re.compile(r"EXAMPLE|example|YOUR|([^A\s])\1{4}")
_FEWEST = 9
"""How many different characters a true key has at least."""


def check_page(page: Page) -> Iterator[Finding]:
    """Look for every kind of key in the whole file."""
    text = page.source.text
    behind = page.source.behind
    for letter, following, pattern in _PATTERNS:
        if letter in text and not (following and behind(letter).isdisjoint(following)):
            for match in pattern.finditer(text):
                yield from _private(text, match) if match[0].startswith("KEY--") else _judged(text, match)


def _private(text: str, match: re.Match[str]) -> Iterator[Finding]:
    start = text.rfind(_PRIVATE, max(0, match.start() - _MOST_BEFORE), match.start())
    body = match[0].removeprefix("KEY-----")
    if start >= 0 and len(set(body)) >= _FEWEST and not _MADE_UP_BODY.search(body):
        yield _finding(Span(start, match.start() + len("KEY-----")), "this is a private key")


def _judged(text: str, match: re.Match[str]) -> Iterator[Finding]:
    before = _START.search(text, max(0, match.start() - _MOST_BEFORE), match.start())
    start = before.start() if before else match.start()
    found = text[start : match.end()]
    for beginning, what in _KINDS.items():
        at = found.find(beginning)
        if 0 <= at <= match.start() - start:
            span, found = Span(start + at, match.end()), found[at:]
            if len(set(found)) >= _FEWEST and not _MADE_UP.search(found):
                yield _finding(span, f"`{found[:8]}…` is {what}")
            return


def _finding(span: Span, message: str) -> Finding:
    return Finding(
        message=message,
        span=span,
        label="it looks like a true one",
        consequence="anybody who sees the page, or the repository, can use it",
        help="revoke it where it was issued, then take it out of the file",
    )
