"""Every address in a rendered page leads to something that was published.

The source tells where a post's links lead; only the rendered page tells where the template's do: menus, stylesheets,
pictures, "next" and "previous", feeds, and links made by shortcodes and render hooks. Each that leads nowhere is a 404, a
page without its style, or a missing picture.

Where the address comes from a post, the message points into the post; else mend the template.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.publication import Publication, Reference, RenderedPage
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_IGNORED_RELATIONS = ("data:", "javascript:")


def check_output(publication: Publication) -> Iterator[Finding]:
    """Ask of every reference whether its file, and its fragment, exist; the same one from a template is told once."""
    from_templates: dict[tuple[str, str], list[tuple[RenderedPage, Reference]]] = defaultdict(list)
    for page in publication.pages:
        source = publication.source_of(page)
        for reference in page.references:
            problem = _problem(publication, page, reference)
            if not problem:
                continue
            place = _place(publication, source, reference) if source else None
            if source and place:
                yield _finding(
                    source.source.path, place, reference, problem, (Note("the page that has it", page.name),)
                )
            else:
                from_templates[reference.value, problem].append((page, reference))
    for (_, problem), places in from_templates.items():
        page, reference = places[0]
        others = (Note(f"and on {len(places) - 1} more page{'s' * (len(places) > 2)}"),) if len(places) > 1 else ()
        yield _finding(page.name, page.find(reference.value), reference, problem, others)


def _problem(publication: Publication, page: RenderedPage, reference: Reference) -> str:
    if not reference.value.strip():
        return "an empty address" if reference.tag != "a" or reference.attribute == "href" else ""
    if reference.value.startswith(_IGNORED_RELATIONS):
        return ""
    target = publication.target(page, reference.value)
    if target is None:
        return ""
    address, fragment = target
    if not address:
        return f"{fragment} lies outside the site's base path"
    if not publication.has(address):
        return f"nothing was published at {address}"
    there = publication.page_at(address)
    if (
        fragment
        and reference.tag == "a"
        and there
        and fragment not in there.ids
        and fragment != "top"
        and not fragment.startswith(":~:")
    ):
        return f"{address} has no part `#{fragment}`"
    return ""


def _place(publication: Publication, source: Page, reference: Reference) -> Span | None:
    """Where the post writes the address, as it is or in the form that a hook made of it."""
    for link in source.markdown.links:
        if link.destination == reference.value:
            return link.destination_span
        found = publication.site.resolve(source, link)
        if (
            found.address
            and reference.value.partition("#")[0].endswith(found.address)
            and (reference.value.partition("#")[2] == link.destination.partition("#")[2])
        ):
            return link.destination_span
    return None


def _finding(path: str, span: Span, reference: Reference, problem: str, notes: tuple[Note, ...]) -> Finding:
    what = {"a": "link", "img": "picture", "source": "picture", "link": "stylesheet, feed or icon", "script": "script"}
    return Finding(
        message=f"`{reference.value}` leads nowhere: {problem}",
        path=path,
        span=span,
        label=f"a {what.get(reference.tag, reference.tag)}",
        consequence="readers get 404" if reference.tag == "a" else "the page lacks it",
        help="correct the address where it is written, in the post or in the template",
        notes=notes,
    )
