"""What stops Hugo in a text is an error with a place; what is near it and does not stop it is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.check import active_rules, check_site
from tests.conftest import MINIMAL, load, render

HEAD = '+++\ntitle = "A"\ndate = 2026-01-01\nempty = ""\nfull = "x"\n[params]\nown = 1\nzero = 0\n+++\n\n'
CONFIG = (MINIMAL / "config.toml").read_text("utf-8") + (
    "\n[markup.goldmark.parser.attribute]\nblock = true\n[params]\nofSite = 3\n[params.deep]\nkey = 1\n"
)
STOPPING = (
    '{{< ref "nope.md" >}}',
    '- see {{% relref "nope" %}}',
    '    {{< ref "nope.md#part" >}}',
    '{{< param "nope" >}}',
    "{{< param empty >}}",
    "{{% param nope.deep %}}",
    "{{< qr >}}{{< /qr >}}",
    "{{< qr >}}\n{{< /qr >}}",
    "## H {id=3}",
    "## H {#a .b id=true}",
    "H {id=[1]}\n===",
    "> ## H {id=null}",
    "| a |\n|---|\n| b |\n{k=null}",
    "| a |\n|---|\n| b |\n{#x k=[1, 2]}",
    "```go {class=3}\nx\n```",
    "```go {.c k=null}\nx\n```",
    "```go {k=.5}\nx\n```",
)
FINE = (
    '{{< ref "other.md" >}}',
    '[x]({{< ref "/posts/other" >}})',
    '{{</* ref "nope.md" */>}}',
    "{{< param full >}}",
    "{{< param own >}}",
    "{{< param ofsite >}}",
    "{{< param Title >}}",
    "{{< param deep.key >}}",
    "{{< qr >}}x{{< /qr >}}",
    '{{< qr text="x" />}}',
    "## H {key=3}",
    "## H {class=3}",
    '## H {id=3 id="a"}',
    "## H {id=a}",
    '## H {k=[[["a"]]]}',
    "| a |\n|---|\n| b |\n{k=[true] w=3}",
    "Para\n{id=3}",
    '```go {k=[["a"]] m=1e3}\nx\n```',
)


def errors_in(folder: Path) -> list[tuple[str, int]]:
    site = load(folder)
    found = check_site(site, active_rules(site.config))
    return [(each.rule, each.start.line) for each in found if each.severity.value == "error"]


def laid(site_of: Callable[..., Path], texts: tuple[str, ...], name: str) -> Path:
    posts = {f"content/posts/{name}-{at}.md": HEAD + text + "\n" for at, text in enumerate(texts)}
    return site_of({"config.toml": CONFIG, "content/posts/other.md": HEAD, **posts}, name)


@pytest.mark.parametrize("text", STOPPING)
def test_what_stops_hugo_is_one_error_in_its_line(text: str, site_of: Callable[..., Path], tmp_path: Path) -> None:
    folder = laid(site_of, (text,), "stopping")
    lines = text.count("\n") if text.startswith("|") else 0
    assert [line for _, line in errors_in(folder)] == [HEAD.count("\n") + 1 + lines]
    assert render(folder, tmp_path / "out").status != 0


def test_what_does_not_stop_it_is_no_error(site_of: Callable[..., Path], tmp_path: Path) -> None:
    folder = laid(site_of, FINE, "fine")
    assert errors_in(folder) == []
    assert render(folder, tmp_path / "out").status == 0
