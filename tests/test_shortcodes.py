"""What stands between the halves of a shortcode is Markdown only where the template makes it so."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import time
from base64 import b64decode
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from presscheck.shortcodes import Shortcode, Trouble, find_faults, find_shortcodes, masked, verbatim
from tests.conftest import findings_in, render

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
    return {rule for rule, _ in findings_in(folder)}


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


@pytest.mark.parametrize(
    ("template", "is_escaped"),
    [
        ("<pre>{{ .Inner | string }}</pre>", True),
        ("<pre>{{ string .Inner }}</pre>", True),
        ("<pre>{{ .Inner | string | safeHTML }}</pre>", False),
        ("{{ $text := string .Inner }}<pre>{{ $text | safeHTML }}</pre>", False),
        ("{{ string 1 }}<pre>{{ .Inner }}</pre>", False),
    ],
)
def test_text_that_hugo_escapes_starts_no_program(
    site_of: Make, tmp_path: Path, template: str, *, is_escaped: bool
) -> None:
    post = '+++\ntitle = "T"\ndate = 2026-01-02T09:00:00Z\n+++\n\n{{< raw >}}<script>alert(1)</script>{{< /raw >}}\n'
    folder = site_of({"layouts/_shortcodes/raw.html": template, "content/posts/t.md": post})
    assert render(folder, tmp_path / "out").status == 0
    page = (tmp_path / "out/posts/t/index.html").read_text("utf-8")
    assert ("<script>alert(1)</script>" not in page) == is_escaped
    assert ("html-active" not in names_in(folder)) == is_escaped


def test_hugos_own_highlight_takes_its_text_as_it_is(site_of: Make) -> None:
    text = QUOTING.replace("{{< code >}}", "{{< highlight text >}}").replace("{{< /code >}}", "{{< /highlight >}}")
    assert names_in(site_of({"content/posts/quoting.md": text})) == set()


ASKING = """\
{{- $page := . }}{{ $said := slice -}}
{{- range hugo.Data.calls }}{{ $made := try ($page.RenderString (dict "display" "block") .) -}}
{{- $said = $said | append (cond (eq $made.Err nil) (string $made.Value) "") }}{{ end -}}
{{- $said | jsonify | safeHTML -}}
"""
SHOWN = "\x02{{ .Params | jsonify | base64Encode }}\x03"
WORTH_ASKING = (
    '{{< film one.mp4 >}} {{<film "one.mp4">}} {{< film `one.mp4` >}} {{%film one.mp4%}}',
    "{{< film src=/films/one.mp4 >}} {{< film src=/films/ >}} {{< film src=a,b:c=d{e} >}} {{< film src=100% >}}",
    "{{< film src=/films/one.mp4>}}",
    "{{< film src=/films/one.mp4>}} and {{< film two >}}",
    "{{< film src= >}}",
    "{{< film src = one >}} {{< film src= one >}} {{< film src =one >}} {{< film src=\n\none >}}",
    "{{< film src = one width = 3 >}}",
    "{{< film src = one width=3 >}}",
    "{{< film one width=3 >}}",
    "{{< film one width = 3 >}}",
    '{{< film "src"=one >}} {{< film "one""two" >}} {{< film one"two"`three` >}}',
    '{{< film title="Say \\"no\\"" >}} {{< film title=\\"no\\" >}} {{< film title="C:\\one" >}}',
    "{{< film title=\\one >}}",
    '{{< film title="One >}}',
    '{{< film title="One >}} and {{< film title="Two" >}}',
    '{{< film title="One\nTwo" >}}',
    "{{< film `One\nTwo` >}} {{< film\n  src=one\n  width=3\n>}}",
    "{{< film `One >}}",
    "{{< film one/two >}}",
    "{{< film /one >}}",
    "{{< film 16:9 >}}",
    "{{< film 100% >}}",
    "{{< film 'one' >}}",
    "{{< film\u00a0one >}}",
    "{{< film a\u00a0b=c >}}",
    "{{< film =one >}} {{< film \\ one >}} {{< film one-1_2.mp4 >}} {{< film -1 >}}",
    "{{< film }}",
    "{{< film >}",
    "{{% film >}}",
    "{{<< film >>}}",
    "{{< >}}",
    "{{< film",
    "{{</* film src=one>} */>}}",
    "{{</* film >}}",
    "{{< box >}}{{< /box >}} {{< box />}} {{< box / >}} {{< / box />}}",
    "{{< box >}}{{< / box >}}",
    '{{< box >}}{{< /box "more" >}}',
    "{{< box >}}{{< /box / >}}",
    "{{< box width=3/ >}}{{< /box >}}",
)
PIECES = (
    "one",
    "3",
    "true",
    "a/b",
    "/a",
    "b.c",
    "a:b",
    "é",
    '"q r"',
    "`r s`",
    '"a \\"b\\" c"',
    '\\"e f\\"',
    "-3",
    '"x>}}"',
    "/",
)
SIGNS = "<>%{}=\"`\\ a.,:\n*'/"


def a_call(chance: random.Random) -> str:
    """A call that a writer may have meant, often with something wrong."""
    left, right = chance.choice((("{{<", ">}}"), ("{{%", "%}}")))
    words = [f"{left} film"]
    for _ in range(chance.randrange(4)):
        sign = chance.choice(("", "a=", "b=", "c-d=", "é=", "p.q=", "a = ", "b= ", "a ="))
        words.append(sign + chance.choice(PIECES))
    call = chance.choice((" ", " ", "  ", "\n")).join(words) + chance.choice((" ", " ", "")) + right
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        at = chance.randrange(9, len(call))
        call = call[:at] + chance.choice(SIGNS) + call[at + chance.randrange(2) :]
    return f"A {call} Z"


def asked(site_of: Make, output: Path, calls: Sequence[str]) -> list[list[object] | None]:
    """For each text: the parameters of the calls in it, as Hugo has them; None where it stops."""
    files = {
        "layouts/home.html": ASKING,
        "layouts/_shortcodes/film.html": SHOWN,
        "layouts/_shortcodes/box.html": SHOWN + "{{ with .Inner }}{{ end }}",
        "data/calls.json": json.dumps(
            [f"{{{{< film >}}}} {call}" for call in calls]
        ),  # without a call, Hugo looks for none
    }
    assert render(site_of(files), output).status == 0
    said = json.loads((output / "index.html").read_text("utf-8"))
    shown = re.compile("\x02(.*?)\x03")
    return [[json.loads(b64decode(each)) for each in shown.findall(one)[1:]] if one else None for one in said]


def as_hugo_has_them(call: Shortcode) -> object:
    if not call.parameters:
        return None
    values = {(number if each.key is None else each.key): each.value for number, each in enumerate(call.parameters)}
    return values if call.parameters[0].key is not None else list(values.values())


def alike(value: object) -> object:
    """`value` with whatever is a number, a truth value or the text of one in the same form."""
    if isinstance(value, dict):
        return {key: alike(each) for key, each in value.items()}
    if isinstance(value, list):
        return [alike(each) for each in value]
    text = str(value).lower() if isinstance(value, bool) else value
    with contextlib.suppress(TypeError, ValueError):
        return float(text)  # type: ignore[arg-type]
    return text


def test_calls_are_read_as_hugo_reads_them(site_of: Make, tmp_path: Path) -> None:
    seed = 0 if "CI" in os.environ else time.time_ns() % 10**6
    chance = random.Random(seed)  # noqa: S311 - texts, and no secret
    texts = [*WORTH_ASKING, *(a_call(chance) for _ in range(1500))]
    stopped = 0
    for text, said in zip(texts, asked(site_of, tmp_path / "out", texts), strict=True):
        calls, faults = find_shortcodes(text), find_faults(text)
        if said is None:
            stopped += 1
            closes_nothing = any(each.is_self_closed and each.name == "film" for each in calls)
            assert faults or closes_nothing, (seed, text)
        elif {each.trouble for each in faults} != {Trouble.SWALLOWED}:
            assert not faults, (seed, text)
            opened = [each for each in calls if not each.is_closing]
            assert alike([as_hugo_has_them(each) for each in opened]) == alike(said), (seed, text)
    assert 300 < stopped < 1400


def test_a_call_that_goes_on_for_pages_is_not_tried_again_behind_its_beginning() -> None:
    assert len(find_faults("{{< film a={{< film a=" * 20_000)) == 1
    assert len(find_faults("{{< film }}\n" * 20_000)) == 100
