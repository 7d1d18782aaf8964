"""A post is written for Hugo, not for another program.

What Jekyll, WordPress, Obsidian, Docusaurus or MkDocs understand is text to Hugo: readers see `{% include … %}`,
`[caption]`, `[[a page]]`, `:::note` and `import Tabs from …` as they stand, and what these were to do is not done. Hugo says
nothing. It happens when a post moves from one site to another, or is pasted from a notebook.

Write it in Hugo's way: a link for `[[a page]]`, a shortcode for an include or a component, a quotation that begins with
`[!NOTE]` for `:::note` and `!!! note`. To show such text on purpose, put it between backticks: code is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_FOREIGN = re.compile(
    r"(?P<wikilink>!?\[\[[^\s\[\]][^\[\]\r\n]{0,200}\]\](?![(\[:]))"
    r"|(?P<liquid>\{%[^%\r\n]{1,300}%\})"
    r"|(?P<wordpress>\[gallery\](?![(\[:])|\[/(?:caption|gallery|embed|audio|video|playlist|sourcecode)\](?![(\[:])"
    r"|\[/?(?:caption|gallery|embed|audio|video|playlist|sourcecode|wp_\w+|vc_\w+|et_pb_\w+)[ \t]+\w+=[^\]\r\n]{0,300}\])"
    r"|(?P<kramdown>\{:[ \t]*(?:toc|[.#][\w-]+|[\w-]+=)[^}\r\n]{0,200}\})"
    r"|(?:^[ \t]{0,3})(?:"
    r"(?P<directive>:{3,}[ \t]*\{?[a-z][\w-]*[^\r\n]*)"
    r"|(?P<admonition>(?:!!!|\?\?\?\+?)[ \t]+\w+[^\r\n]*|===[ \t]+\"[^\"\r\n]*\")"
    r"|(?P<mdx>(?:import[ \t]+(?:\w+|\{[^}\r\n]*\}|\*[ \t]+as[ \t]+\w+)[ \t]+from[ \t]+['\"“‘][^\r\n]*|export[ \t]+(?:const|default|function)[ \t][^\r\n]*))"
    r"|(?P<contents>\[(?:TOC|toc|\[_?TOC_?\]|\[toc\])\][ \t]*$)"
    r"|(?P<rst>\.\.[ \t]+[a-z][\w-]*::[^\r\n]*)"
    r")",
    re.MULTILINE,
)
_COMPONENT = re.compile(r"</?[A-Z]\w*")
_HINTS = (
    ("{", "%:", re.compile(r"\{(?=[%:])")),
    (
        "[",
        "",
        re.compile(r"\[(?=\[|toc\]|TOC\]|/?(?:caption|gallery|embed|audio|video|playlist|sourcecode|wp_|vc_|et_pb_))"),
    ),
    ("!", "!", re.compile(r"!(?=!!)")),
    (":", ":", re.compile(r":(?=:)")),
)
"""A character that every page of some other program has, what may stand behind it (empty: anything), and what does."""
_KINDS = {
    "wikilink": ("a link of Obsidian and other wikis", "write `[text](address)`"),
    "liquid": ("a tag of Jekyll or Liquid", "write it in Markdown, or call a shortcode"),
    "wordpress": ("a shortcode of WordPress", "write it in Markdown, or call a shortcode of Hugo: `{{< figure … >}}`"),
    "kramdown": ("an attribute list of kramdown", "leave it out"),
    "directive": ("a container of Docusaurus, VuePress or Pandoc", "write a quotation that begins with `> [!NOTE]`"),
    "admonition": ("a block of MkDocs", "write a quotation that begins with `> [!NOTE]`"),
    "mdx": ("a line of MDX", "delete it, and call a shortcode where the component is to be"),
    "contents": (
        "a table of contents of another program",
        "delete it: in Hugo the template makes the table of contents",
    ),
    "rst": ("a directive of reStructuredText", "write it in Markdown, or call a shortcode"),
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of a page's prose whether another program would make something of it."""
    text = page.source.text
    if page.config.keeps_html:
        for html in page.markdown.html:
            component = _COMPONENT.match(text, html.start, html.end)
            if component and not component[0].isupper():
                yield _finding(Span(*component.span()), component[0] + ">", "a component of MDX", "call a shortcode")
    if not _may_be_foreign(page):
        return
    links = None
    for found in _FOREIGN.finditer(page.prose):
        kind = found.lastgroup or ""
        written = text[found.start(kind) : found.end(kind)].rstrip()
        span = Span(found.start(kind), found.start(kind) + len(written))
        if kind in {"wikilink", "contents", "wordpress"}:
            # `[[1]]` is a link when `1` is defined.
            links = {link.span.start for link in page.markdown.links} if links is None else links
            if span.start in links or span.start + 1 in links or span.start + 2 in links:
                continue
        if written.lower() in {"[[toc]]", "[[_toc_]]"}:
            kind = "contents"
        if not written.startswith("[/") or text.rfind("[" + written[2:-1], 0, span.start) < 0:
            yield _finding(span, written, *_KINDS[kind])


def _may_be_foreign(page: Page) -> bool:
    """Whether a closer look is worth while."""
    text, start = page.source.text, page.front_matter.span.end
    behind = page.source.behind
    for sign, following, hint in _HINTS:
        if not (following and behind(sign).isdisjoint(following)) and hint.search(text, start):
            return True
    # A component comes with its import, and is HTML to Markdown.
    has_component = any(not text.startswith("<!--", html.start) for html in page.markdown.html)
    return has_component and text.find("import ", start) >= 0


def _finding(span: Span, written: str, what: str, advice: str) -> Finding:
    return Finding(
        message=f"`{written if len(written) < 50 else written[:49] + '…'}` means nothing to Hugo",
        span=span,
        label=what,
        consequence="readers get it as it stands, and what it was to do is not done",
        help=advice,
    )
