"""Addresses that Go's `net/url` cannot read are those that Hugo stops at."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.go_urls import Trouble, fault_in
from tests.conftest import findings_in, render, write

Make = Callable[..., Path]

ASKING = """\
{{ $said := slice -}}
{{ range site.Data.addresses }}{{ $said = $said | append (eq (try (urls.Parse .)).Err nil) }}{{ end -}}
{{ $said | jsonify | safeHTML }}"""
PARTS = (
    *("http:", "HTTPS:", "ftp:", "https://", "//", "///", "/", "a", "b.c", "mailto:", "x-1.2+:", "1x:", ":", "@", "u:p@", "..", "./", "*", "?", "#"),
    *("%", "%zz", "%2", "%41", "%20", "%25", "%e4", "%C3%A9", "é", " ", "\t", "\x7f", "\x85", "\u2028", "\\", "|", "^", "`", "{", "}", "<", ">", '"', "'"),
    *("_", "~", "-", "+", ",", ";", "=", "&", "$", "!", "(", ")", ":80", ":x", "[", "]", "::1", "1.2.3.4", "[::1]", "[::1%25eth0]", "[::1%25]"),
    *("[1.2.3.4]", "[::ffff:1.2.3.4]", "[fe80::1%25", "%25a b]", "%7E]"),
)  # fmt: skip


def some_addresses(number: int) -> list[str]:
    """Some that anybody might write, and many that nobody would."""
    chance = random.Random(20)  # noqa: S311 - no secret
    made = ["".join(chance.choices(PARTS, k=chance.randint(1, 6))) for _ in range(number)]
    made += [
        chance.choice(("http://", "//", "https://u@")) + "".join(chance.choices(PARTS, k=chance.randint(1, 4)))
        for _ in made
    ]
    return ["/a.p{{%ng", "/files/100%.pdf", "/a#50%", "/a?rate=50%", "the notes: may.pdf", "a b/c:d", "", *made]


def test_they_are_those_that_hugo_cannot_read(tmp_path: Path) -> None:
    addresses = some_addresses(5_000)
    files = {
        "hugo.toml": 'baseURL = "https://site.example/"\n',
        "layouts/home.html": ASKING,
        "data/addresses.json": json.dumps(addresses),
    }
    assert render(write(tmp_path / "site", files), tmp_path / "out").status == 0
    readable = json.loads((tmp_path / "out/index.html").read_text("utf-8"))
    assert 0.2 < sum(readable) / len(readable) < 0.8
    assert [each for each, can in zip(addresses, readable, strict=True) if can is not (fault_in(each) is None)] == []


def test_a_fault_has_its_place() -> None:
    assert fault_in("/files/100%.pdf") == (Trouble.ESCAPE, (10, 13))
    assert fault_in("https://a.example:8o80/%") == (Trouble.PORT, (17, 22))
    assert fault_in("/a#50%") == (Trouble.ESCAPE, (5, 6))


HOOKS = "[markup.goldmark.renderHooks]\nlink.useEmbedded = '{0}'\nimage.useEmbedded = '{0}'\n"
PARSING = {
    f"layouts/_markup/render-{kind}.html": "{{ $u := urls.Parse .Destination }}{{ $u.Path }}"
    for kind in ("link", "image")
}
TRYING = {path: text.replace("urls.Parse .Destination", "try (urls.Parse .Destination)").replace("$u.Path", "$u.Err") for path, text in PARSING.items()}  # fmt: skip
FOR_POSTS = {path.replace("layouts/", "layouts/posts/"): "x" for path in PARSING}
SITES: dict[str, tuple[str, dict[str, str]]] = {
    "no hooks": ("", {}),
    "Hugo's own": (HOOKS.format("always"), {}),
    "Hugo's own, for want of others": (HOOKS.format("fallback"), {}),
    "Hugo's own, although there are others": (HOOKS.format("always"), FOR_POSTS),
    "others, although Hugo has its own": (HOOKS.format("fallback"), TRYING),
    "a theme's that parse": ("", PARSING),
    "a theme's that parse, and others for posts": ("", {**PARSING, **FOR_POSTS}),
    "a theme's that try": ("", TRYING),
    "a shortcode that parses": ("", {"layouts/_shortcodes/figure.html": '{{ (urls.Parse (.Get "link")).Path }}'}),
}
TEXTS = (
    *("[a](/a%zz)", "[a](/a\\%zz)", "[a](/a&#37;zz)", "[a](<http://a b/>)", "[a]\n\n[a]: /a%zz", "[a](/a?b=%zz)", "[a](<a\tb>)", "[a](x:%zz)"),
    *("![a](/a%zz)", "![a](a%20b.png)", "<https://a.org/a%zz>", "see https://a.org/a%zz now", "see www.a.org/a%zz now", "`https://a.org/a%zz`"),
    *("<a%zz@b.org>", "a%zz@b.org", "see https://a.org:x/ now", '{{< figure src="/a%zz" >}}', '{{< figure src="/a.p{{%ng" >}}'),
    *('{{< figure src="/a.png" link="/a%zz" >}}', '{{< ref "/a%zz" >}}', '{{< relref path="/posts/a.md#%zz" >}}', '{{< qr text="a" targetDir="b%zz" />}}'),
)  # fmt: skip


@pytest.mark.parametrize("hooks", SITES)
def test_what_stops_hugo_is_an_error(site_of: Make, tmp_path: Path, hooks: str) -> None:
    config, layouts = SITES[hooks]
    for at, text in enumerate(TEXTS):
        files = {
            **layouts,
            "layouts/all.html": "{{ .Content }}",
            "content/posts/a.md": f"+++\ntitle = 'A'\ndate = 2026-01-01\n+++\n\n{text}\n",
            "config.toml": f'baseURL = "https://site.example/"\nrefLinksErrorLevel = "WARNING"\n{config}',
        }
        folder = site_of(files, f"site{at}")
        has_stopped = render(folder, tmp_path / f"out{at}").status != 0
        assert (("link-malformed", "content/posts/a.md") in findings_in(folder)) == has_stopped, text
