"""What stands between the halves of a shortcode is Markdown only where the template makes it so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.check import active_rules, check_site
from presscheck.shortcodes import find_shortcodes, masked, verbatim
from tests.conftest import load, render

Make = Callable[..., Path]

CODE = '<div class="code">{{ highlight .Inner "text" }}</div>'
NOTE = "<aside>{{ .Inner | $.Page.RenderString }}</aside>"
BOXED = '<div class="block">{{ partial "box.html" .Inner }}</div>'
RAW = "<div>{{ .Inner }}</div>"
QUOTING = """\
+++
title = "How a list is made"
date = 2026-01-02T09:00:00Z
description = "What a template for a list looks like, with the front matter that it reads, shown as code."
+++

Text before.

{{< code >}}
---
title: Example
draft: true
---

# {{ .Title }}

[[menu.main]]
[nowhere](/nowhere/) and `one backtick and <b>no end
![](lost.png)
{{< /code >}}

Text behind.
"""


def names_in(folder: Path) -> set[str]:
    site = load(folder)
    return {each.rule for each in check_site(site, active_rules(site.config))}


def test_the_text_between_two_halves_is_found() -> None:
    text = (
        "a {{< code >}}one{{< /code >}} b {{% code %}}two{{% /code %}} c {{< other >}}three{{< /other >}} {{< code >}}"
    )
    spans = verbatim(text, find_shortcodes(text), frozenset({"code"}))
    assert [text[span.start : span.end] for span in spans] == ["one"]


def test_a_call_inside_one_of_its_own_kind_belongs_to_it() -> None:
    text = "{{< code >}}a {{< code >}}b{{< /code >}} {{< code />}} c{{< /CODE >}} d"
    spans = verbatim(text, find_shortcodes(text), frozenset({"code"}))
    assert [text[span.start : span.end] for span in spans] == ["a {{< code >}}b{{< /code >}} {{< code />}} c"]


def test_what_is_not_read_becomes_part_of_one_word() -> None:
    text = "a {{< code >}}\n# b\n\n[c](d)\n{{< /code >}} e\n"
    calls = find_shortcodes(text)
    hidden = masked(text, calls, verbatim(text, calls, frozenset({"code"})))
    assert len(hidden) == len(text)
    assert hidden == f"a {'x' * (len(text) - 5)} e\n"


def test_code_between_two_halves_is_not_judged_as_markdown(site_of: Make, tmp_path: Path) -> None:
    folder = site_of({"layouts/_shortcodes/code.html": CODE, "content/posts/quoting.md": QUOTING})
    assert render(folder, tmp_path / "out").status == 0
    page = (tmp_path / "out/posts/quoting/index.html").read_text("utf-8")
    assert 'href="/nowhere/"' not in page
    assert "title: Example" in page
    assert names_in(folder) == set()


@pytest.mark.parametrize(
    "template",
    [NOTE, BOXED, '{{ with partial "box.html" .Inner }}{{ . }}{{ end }}', '{{ partials.Include "box.html" .Inner }}'],
)
def test_text_that_may_become_markdown_is_judged(site_of: Make, template: str) -> None:
    folder = site_of({"layouts/_shortcodes/code.html": template, "content/posts/quoting.md": QUOTING})
    assert {"link-broken", "image-missing", "image-alt-missing", "template-in-body"} <= names_in(folder)


def test_what_hugo_makes_of_a_text_is_what_the_template_says(site_of: Make, tmp_path: Path) -> None:
    post = '+++\ntitle = "T"\ndate = 2026-01-02T09:00:00Z\n+++\n\n{{< note >}}[a](/posts/t/){{< /note >}}\n'
    for number, template in enumerate((NOTE, CODE, RAW)):
        files = {
            "layouts/_shortcodes/note.html": template,
            "layouts/_partials/box.html": "{{ . }}",
            "content/posts/t.md": post,
        }
        folder = site_of(files, f"site{number}")
        assert render(folder, tmp_path / f"out{number}").status == 0
        page = (tmp_path / f"out{number}/posts/t/index.html").read_text("utf-8")
        assert ('<a href="/posts/t/">' in page) == (template is NOTE)


def test_a_program_between_two_halves_is_still_seen(site_of: Make, tmp_path: Path) -> None:
    post = (
        '+++\ntitle = "T"\ndate = 2026-01-02T09:00:00Z\n+++\n\n{{< raw >}}\n<script>alert(1)</script>\n{{< /raw >}}\n'
    )
    folder = site_of({"layouts/_shortcodes/raw.html": RAW, "content/posts/t.md": post})
    assert render(folder, tmp_path / "out").status == 0
    assert "<script>alert(1)</script>" in (tmp_path / "out/posts/t/index.html").read_text("utf-8")
    assert "html-active" in names_in(folder)


def test_hugos_own_highlight_takes_its_text_as_it_is(site_of: Make) -> None:
    text = QUOTING.replace("{{< code >}}", "{{< highlight text >}}").replace("{{< /code >}}", "{{< /highlight >}}")
    assert names_in(site_of({"content/posts/quoting.md": text})) == set()
