"""When Hugo's own hooks for links and pictures stand in: it is asked with a link and a picture that they would change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import load, render, write

BASE = 'baseURL = "https://site.example/"\n'
ONE = "[languages.en]\nweight = 1\n"
TWO = ONE + "[languages.de]\nweight = 2\n"
HOSTS = '[languages.en]\nbaseURL = "https://en.example/"\n[languages.de]\nbaseURL = "https://de.example/"\ndisabled = true\n'
COPIES = "[markup.goldmark]\nduplicateResourceFiles = true\n"
POST = "+++\ntitle = 'A'\ndate = 2026-02-03T09:00:00Z\n+++\n\n[x](/posts/b.md) ![a picture](p.png)\n"


def modes(mode: str) -> str:
    return "".join(f"[markup.goldmark.renderHooks.{kind}]\nuseEmbedded = '{mode}'\n" for kind in ("link", "image"))


CONFIGS = {
    "nothing set": "",
    "one language": ONE,
    "two languages": TWO,
    "hosts of their own": HOSTS,
    "copies": TWO + COPIES,
    "always": modes("always"),
    "fallback": modes("fallback"),
    "never": TWO + modes("never"),
    "auto": modes("auto"),
    "auto with a language": ONE + modes("auto"),
}


@pytest.mark.parametrize("place", ["hugo.toml", "config/_default/hugo.toml"])
@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS.keys())
def test_hugos_own_hooks_are_known(tmp_path: Path, place: str, config: str) -> None:
    files = {
        place: BASE + config,
        "layouts/all.html": "Text: {{ .Content }}",
        "content/posts/a/index.md": POST,
        "content/posts/a/p.png": "a picture",
        "content/posts/b.md": POST.replace("'A'", "'B'").partition("[x]")[0],
    }
    folder = write(tmp_path / "site", files)
    assert render(folder, tmp_path / "out").status == 0
    (page,) = (tmp_path / "out").rglob("posts/a/index.html")
    text = page.read_text("utf-8")
    changed = ('href="/posts/b.md"' not in text, re.search(r'src="p\.png"', text) is None)
    templates = load(folder).templates
    assert (templates.link_hook, templates.image_hook) == changed


@pytest.mark.parametrize("place", ["hugo.toml", "config/_default/hugo.toml"])
def test_a_setting_that_is_false_is_known_wherever_it_stands(tmp_path: Path, place: str) -> None:
    files = {
        place: BASE + "[markup.goldmark.parser.attribute]\ntitle = false\n",
        "layouts/all.html": "Text: {{ .Content }}",
        "content/posts/a.md": POST.partition("[x]")[0] + "\n## Part {#part}\n",
    }
    folder = write(tmp_path / "site", files)
    assert render(folder, tmp_path / "out").status == 0
    assert '<h2 id="part-part">Part {#part}</h2>' in (tmp_path / "out/posts/a/index.html").read_text("utf-8")
    assert load(folder).pages[0].markdown_ids == {"part-part"}
