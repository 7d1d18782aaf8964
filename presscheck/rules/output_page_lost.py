"""Every post that should be on the site is on the site, under its own title.

A post can be lost in ways that no message tells: another page, an alias or a list was written to the same file, its
`outputs` name no HTML, a template is not there or shows another post, a setting leaves it out.
Presscheck looks, after Hugo is done, for the page of every post that is neither draft nor hidden, and for its title on it.

Follow the note: it names what is there instead. A page that shows no title but the site's is taken for the right one.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.publication import Publication, RenderedPage
from presscheck.site import Site

SEVERITY = Severity.ERROR


def check_output(publication: Publication) -> Iterator[Finding]:
    """Ask of every published page whether its file is there, is no redirect, and says its title."""
    for page in (*publication.site.published, *_in_other_formats(publication.site)):
        if page.address is None or not page.address.endswith(("/", ".html")):
            continue
        rendered = publication.by_address.get(page.address)
        if (
            rendered
            and not rendered.facts.redirect
            and (page.kind != "page" or _says_title(publication, rendered, page.title))
        ):
            continue
        if not rendered and page.front_matter.get("outputs") and _has_another_format(publication, page.address):
            continue
        yield Finding(
            message=f"the post is not on the site: nothing is at {page.address}"
            if not rendered
            else f"the post is not on the site: {page.address} is something else",
            path=page.file,
            span=page.title_span,
            label="this post",
            consequence="readers do not get it, although it is neither a draft nor hidden",
            help="look for the page, the alias or the template that takes its place"
            if rendered
            else "look for a setting that leaves it out, such as `outputs`, and at Hugo's warnings",
            notes=(Note(_found(rendered), rendered.name),) if rendered else (),
        )


def _in_other_formats(site: Site) -> Iterator[Page]:
    """The pages whose `outputs` name no HTML; there is to be something of them all the same."""
    for page in site.pages:
        is_asked = not page.is_rendered and page.unrendered_by == "outputs" and not site.owner(page)
        if is_asked and page.is_listed_only(site.clock):
            yield page


def _says_title(publication: Publication, rendered: RenderedPage, title: str) -> bool:
    """Whether the page says the title, or names none but the site's."""
    if title == rendered.facts.title or title in rendered.facts.headings:
        return True
    wanted = _letters(title)
    site_title = str(publication.site.config.get("title", default=""))
    texts = [text for text in (rendered.facts.title, *rendered.facts.headings) if text and text != site_title]
    return not wanted or not texts or any(wanted in _letters(text) for text in texts)


def _has_another_format(publication: Publication, address: str) -> bool:
    folder = address.strip("/")
    return any(path.startswith(f"{folder}/index.") for path in publication.files)


def _letters(text: str) -> str:
    """Letters and digits only: templates may change quotes, dashes and case."""
    return "".join(char for char in html.unescape(text).casefold() if char.isalnum())


def _found(rendered: RenderedPage) -> str:
    if rendered.facts.redirect:
        return f"a redirect to {rendered.facts.redirect} is there"
    return (
        f"a page titled `{rendered.facts.title}` is there"
        if rendered.facts.title
        else "a page without a title is there"
    )
