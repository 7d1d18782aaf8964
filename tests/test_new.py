"""Whatever title an author types, the new file is valid, and says it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.commands.writing import new
from tests.conftest import ROOT, load, render
from tests.test_cli import GOOD, run

Make = Callable[..., Path]
OURS = (ROOT / "archetypes/default.md").read_text("utf-8")
ARCHETYPES = {
    "ours": OURS,
    "YAML": '---\ntitle: "{{ replace .Name "-" " " | title }}"\ndate: {{ .Date }}\ndraft: true\n---\n\nText.\n',
    "JSON": '{\n  "title": "{{ .Name | title }}",\n  "date": "{{ .Date }}",\n  "draft": true\n}\n\nText.\n',
    "without a title": "+++\ndate = {{ .Date }}\ndraft = true\n+++\n",
    "YAML without a title": "---\ndate: {{ .Date }}\ndraft: true\n---\n",
    "JSON without a title": '{"date": "{{ .Date }}", "draft": true}\n',
    "without front matter": "Text of {{ .Name }}.\n",
    "none": "",
}
TITLES = [
    "A plain one",
    "iPhone and eBay: what I've learnt",
    'Say "hello"',
    "It's 'so'",
    '"It\'s" C:\\new\\table \\',
    "back\\",
    "'''\"\"\"",
    "''' a \"\"\"",
    "Yes",
    "null",
    "3.14",
    "2026-01-05",
    "- a: b # c",
    "{a: b}",
    "[link](/x/)",
    "@user `code` %s | > &",
    "Was {{ .Title }} bedeutet",
    "+++",
    "--- y",
    "a/slash\\c",
    "../../x",
    ".hidden~",
    "index",
    "_index of all_",
    "con",
    "v1.2.en",
    "tab\tand\nline  end ",
    "zero\u200b width \u202edirection\u2066 mark\ufeff \x1b[31mred\x07",
    "cafe\u0301 \u2028 naïve Größe",
    "日本語の題名",
    "हिन्दी में लेख",
    "emoji 🎉 and 👩‍💻",
    "w" * 400,
    "word " * 80,
    "語" * 200,
]


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_every_title_makes_a_file_without_errors(
    site_of: Make, tmp_path: Path, archetype: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = ARCHETYPES[archetype]
    folder = site_of({"content/posts/good.md": GOOD, **({"archetypes/default.md": text} if text else {})})
    titles = [title for title in TITLES if any(map(str.isalnum, title))]
    made = {}
    for title in titles:
        assert new(Namespace(title=title, section=None, site=folder)) == 0
        name = capsys.readouterr().out.strip()
        assert name not in made
        assert len(Path(name).name.encode()) < 110
        assert not set(Path(name).stem) & set(" '\"\\\\.:*?<>|~_")
        made[name] = title
    checked = run("check", "--output-format", "concise", cwd=folder)
    assert checked.returncode == 0, checked.stdout
    pages = {page.file: page for page in load(folder).pages}
    for name, title in made.items():
        now = pages[name].title
        assert "".join(now.split()) == now.replace(" ", "")
        if title.isprintable() and title.isascii():
            assert now == title.strip()
        else:
            assert not any(ord(char) < 32 for char in now)
    assert render(folder, tmp_path / "public").status == 0


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("???", "`???` leaves nothing to make a file name of"),
        ("", "`` leaves nothing"),
        ("{{ .Title }}", "in the title, `{{ .Title }}` was never filled in"),
        (b"caf\xe9".decode("utf-8", "surrogateescape"), "is not UTF-8"),
    ],
)
def test_what_can_be_no_title_is_refused_before_anything_is_made(site_of: Make, title: str, said: str) -> None:
    folder = site_of({"content/posts/good.md": GOOD})
    done = run("new", title, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert [path.name for path in (folder / "content/posts").iterdir()] == ["good.md"]


@pytest.mark.parametrize(
    ("section", "name"),
    [
        (("--section", "docs"), "content/docs/a-title.md"),
        (("--section", "docs/guides/"), "content/docs/guides/a-title.md"),
        (("--section", "notes"), "content/notes/a-title.md"),
        (("--section", "."), "content/a-title.md"),
        ((), "content/posts/a-title.md"),
    ],
)
def test_a_page_is_made_in_the_section_that_is_asked_for(site_of: Make, section: tuple[str, ...], name: str) -> None:
    files = {"content/docs/_index.md": GOOD, "content/docs/guides/_index.md": GOOD, "archetypes/docs.md": OURS}
    folder = site_of(files)
    done = run("new", "A title", *section, cwd=folder)
    assert (done.returncode, done.stdout) == (0, f"{name}\n"), done.stderr
    assert "A title" in (folder / name).read_text("utf-8")


def test_the_main_section_is_where_posts_go(site_of: Make) -> None:
    config = 'baseURL = "https://site.example/"\ncontentDir = "src"\n[params]\nmainSections = ["blog"]\n'
    folder = site_of({"config.toml": config, "src/blog/good.md": GOOD})
    assert run("new", "A title", cwd=folder).stdout == "src/blog/a-title.md\n"


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("../elsewhere", "`../elsewhere` is no section"),
        (".git", "`.git` is no section"),
        ("docs//x", "`docs//x` is no section"),
        ("dcos", "did you mean `docs`?"),
        ("/var/x", "there is no section `/var/x`"),
        ("posts/bundle", "content/posts/bundle is one page"),
        ("posts/bundle/deeper", "content/posts/bundle is one page"),
    ],
)
def test_what_is_no_section_is_refused(site_of: Make, section: str, said: str) -> None:
    folder = site_of({"content/docs/_index.md": GOOD, "content/posts/bundle/index.md": GOOD})
    done = run("new", "A title", "--section", section, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_page_that_is_there_as_a_folder_is_not_made_again(site_of: Make) -> None:
    folder = site_of({"content/posts/a-title/index.md": GOOD})
    done = run("new", "A title", cwd=folder)
    assert done.returncode == 2
    assert "content/posts/a-title exists already" in done.stderr
