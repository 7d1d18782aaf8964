"""The program as people and CI call it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck import __version__, hugo
from presscheck.errors import EngineFailure
from presscheck.files import locked
from tests.conftest import ROOT, lay, write

Make = Callable[..., Path]
GOOD = '+++\ntitle = "Good"\ndate = 2026-03-02T09:00:00+01:00\n+++\n\nFine.\n'
DRAFT = GOOD.replace("+++\n\n", 'draft = "yes"\n+++\n\n')
SEED = ROOT.parent / "shared" / "seed" / "aws-services-for-generative-ai.md"
NOW = ("--clock", "2026-11-22T12:00:00Z")


def run(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, ROOT / "build.py", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


def test_check_says_where_and_what_and_exits_with_1(site_of: Make) -> None:
    folder = site_of({"content/posts/secret.md": DRAFT})
    done = run("check", *NOW, cwd=folder)
    assert done.returncode == 1
    assert "error[draft-not-boolean]: this draft will be published" in done.stdout
    assert "--> content/posts/secret.md:4:9" in done.stdout
    assert "\x1b" not in done.stdout


def test_check_of_a_clean_site_exits_with_0(site_of: Make) -> None:
    done = run("check", *NOW, cwd=site_of({"content/posts/good.md": GOOD}))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no findings in 1 page\n")


def test_check_finds_the_site_from_below_and_from_a_path(site_of: Make, tmp_path: Path) -> None:
    folder = site_of({"content/posts/secret.md": DRAFT, "content/posts/good.md": GOOD})
    calls: list[tuple[Path, list[object]]] = [
        (folder / "content/posts", []),
        (tmp_path, [folder]),
        (tmp_path, [folder / "content/posts/secret.md"]),
        (tmp_path, ["--site", folder]),
    ]
    for cwd, arguments in calls:
        assert "content/posts/secret.md:4:9" in run("check", *arguments, *NOW, cwd=cwd).stdout
    assert run("check", folder / "content/posts/good.md", *NOW, cwd=tmp_path).returncode == 0


def test_check_of_one_path_knows_the_whole_site(site_of: Make) -> None:
    linking = GOOD.replace("Good", "Links") + "\n[there](/posts/good/) and [not](/posts/none/)\n"
    folder = site_of(
        {"content/posts/good.md": GOOD, "content/posts/links.md": linking, "content/posts/secret.md": DRAFT}
    )
    done = run("check", "content/posts/links.md", "--output-format", "concise", *NOW, cwd=folder)
    assert done.stdout == "content/posts/links.md:8:33: error[link-broken] `/posts/none/` leads nowhere\n"


def test_a_post_outside_any_site_is_checked_by_itself(tmp_path: Path) -> None:
    (tmp_path / "alone.md").write_text(DRAFT + "\n[unknown](/posts/none/) ![](x.png)\n")
    done = run("check", "alone.md", "--output-format", "concise", cwd=tmp_path)
    assert [line.partition(": ")[2].partition(" ")[0] for line in done.stdout.splitlines()] == [
        "error[draft-not-boolean]",
        "error[image-alt-missing]",
    ]
    done = run("check", "alone.md", "--ignore", "image-*", "--output-format", "concise", cwd=tmp_path)
    assert [line.partition(": ")[2].partition(" ")[0] for line in done.stdout.splitlines()] == [
        "error[draft-not-boolean]"
    ]


@pytest.mark.skipif(not SEED.exists(), reason="the owner's original post is not here")
def test_the_first_post_as_it_arrived(tmp_path: Path) -> None:
    path = tmp_path / SEED.name
    shutil.copyfile(SEED, path)
    done = run("check", path.name, "--output-format", "json", cwd=tmp_path)
    found = [
        (each["rule"], each["start"]["line"], each["start"]["column"])
        for each in json.loads(done.stdout)["diagnostics"]
    ]
    assert found == [
        ("date-as-string", 2, 8),
        ("encoding-mojibake", 4, 10),
        ("encoding-mojibake", 22, 70),
        ("encoding-mojibake", 33, 11),
    ]
    before = path.read_bytes()
    assert run("fix", "--unsafe-fixes", path.name, cwd=tmp_path).returncode == 0
    after = path.read_bytes()
    expected = (
        before.replace("ðŸ”®".encode(), "🔮".encode())
        .replace("â€”".encode(), "—".encode())
        .replace("â€™".encode(), "’".encode())
    )
    assert after == expected != before


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder with two sites, each with a post of the same name and a mistake in another line."""
    for name, lines in (("one", ""), ("two", "More words.\n\n")):
        lay(tmp_path / name)
        write(
            tmp_path / name,
            {
                "content/posts/a.md": GOOD + f"\n{lines}[lost in {name}](/lost/)\n",
                "content/posts/b.md": GOOD.replace("Good", f"Of {name}") + "\n~~~\n" * (name == "two"),
            },
        )
    return tmp_path


def test_two_sites_in_one_call_are_told_apart(two: Path) -> None:
    done = run("check", *NOW, "one/content", "two", cwd=two)
    assert done.returncode == 1
    for name, line in (("one", 8), ("two", 10)):
        assert f"--> {name}/content/posts/a.md:{line}:" in done.stdout
        assert f"[lost in {name}](/lost/)\n" in done.stdout
    below = run("check", *NOW, "content", "../two", cwd=two / "one")
    assert "--> content/posts/a.md:8:" in below.stdout
    assert "--> ../two/content/posts/a.md:10:" in below.stdout
    absolute = run("check", *NOW, "one", two / "two/content/posts/a.md", cwd=two)
    assert f"--> {two.resolve()}/two/content/posts/a.md:10:" in absolute.stdout
    alone = run("check", *NOW, "one", cwd=two)
    assert "--> content/posts/a.md:8:" in alone.stdout, "of one site, paths are relative to its root"


@pytest.mark.parametrize(
    "form", ["json", "sarif", "gitlab", "rdjson", "github", "junit", "html", "markdown", "concise"]
)
def test_every_report_tells_two_sites_apart(two: Path, form: str) -> None:
    said = run("check", *NOW, "--output-format", form, "one", "two", cwd=two).stdout
    for name in ("one", "two"):
        assert f"{name}/content/posts/a.md" in said.replace("\\", "")
    if form == "json":
        found = {each["path"]: each for each in json.loads(said)["diagnostics"] if each["rule"] == "link-broken"}
        assert {path: each["start"]["line"] for path, each in found.items()} == {
            "one/content/posts/a.md": 8,
            "two/content/posts/a.md": 10,
        }
    if form in {"sarif", "gitlab"}:
        results = json.loads(said)["runs"][0]["results"] if form == "sarif" else json.loads(said)
        prints = [str(each.get("partialFingerprints") or each["fingerprint"]) for each in results]
        assert len(set(prints)) == len(prints) > 1


def test_a_site_and_a_post_outside_of_it_are_told_apart(two: Path) -> None:
    write(two, {"content/posts/a.md": DRAFT})
    done = run("check", *NOW, "content/posts/a.md", "one", cwd=two)
    assert "--> content/posts/a.md:4:9" in done.stdout
    assert "--> one/content/posts/a.md:8:" in done.stdout
    assert 'draft = "yes"' in done.stdout


def test_fix_tells_two_sites_apart(two: Path) -> None:
    for name in ("one", "two"):
        write(two, {f"{name}/content/posts/a.md": DRAFT})
    done = run("fix", *NOW, "--diff", "--unsafe-fixes", "--show-fixes", "one", "two", cwd=two)
    for name in ("one", "two"):
        assert f"--- a/{name}/content/posts/a.md\n+++ b/{name}/content/posts/a.md\n" in done.stdout
        assert f"{name}/content/posts/a.md: draft-not-boolean: " in done.stdout


@pytest.mark.parametrize("command", ["check", "fix", "why"])
def test_a_path_outside_the_site_that_is_named_is_refused(two: Path, command: str) -> None:
    done = run(command, "--site", "one", two / "two/content/posts/a.md", cwd=two)
    assert done.returncode == 2
    assert f"{two / 'two/content/posts/a.md'} is not in the site {(two / 'one').resolve()}" in done.stderr


def test_fail_on_moves_the_bar(site_of: Make) -> None:
    folder = site_of({"content/posts/good.md": GOOD.replace("+01:00", "")})
    assert run("check", *NOW, cwd=folder).returncode == 0
    assert run("check", "--fail-on", "warning", *NOW, cwd=folder).returncode == 1
    assert run("build", "--fail-on", "warning", *NOW, cwd=folder).returncode == 1
    assert run("build", *NOW, cwd=folder).returncode == 0


def test_json_is_one_object_on_standard_output(site_of: Make) -> None:
    folder = site_of({"content/posts/good.md": GOOD.replace("+01:00", "")})
    for command in ("check", "build"):
        whole = json.loads(run(command, "--output-format", "json", *NOW, cwd=folder).stdout)
        assert [each["rule"] for each in whole["diagnostics"]] == ["date-no-offset"]


def test_fix_mends_what_is_safe_and_nothing_else(site_of: Make) -> None:
    folder = site_of({"content/posts/secret.md": DRAFT.replace('"Good"', "“Good”") + "\nItâ€™s.\n"})
    path = folder / "content/posts/secret.md"
    path.chmod(0o640)
    shown = run("fix", "--diff", *NOW, cwd=folder)
    assert '-draft = "yes"\n+draft = true\n' in shown.stdout
    assert "“Good”" in path.read_text("utf-8"), "a diff changes nothing"
    done = run("fix", *NOW, cwd=folder)
    assert done.returncode == 0
    assert "mended 2 findings in 1 file; 1 left" in done.stderr
    assert path.read_text("utf-8") == GOOD.replace("+++\n\n", "draft = true\n+++\n\n") + "\nItâ€™s.\n"
    assert path.stat().st_mode & 0o777 == 0o640
    run("fix", "--unsafe-fixes", *NOW, cwd=folder)
    assert "It’s." in path.read_text("utf-8")


def test_fix_of_one_rule_leaves_the_others(site_of: Make) -> None:
    text = DRAFT.replace("2026-03-02T09:00:00+01:00", '"2026-03-02T09:00:00Z"')
    folder = site_of({"content/posts/secret.md": text})
    run("fix", "--rule", "date-as-string", *NOW, cwd=folder)
    assert (folder / "content/posts/secret.md").read_text() == text.replace(
        '"2026-03-02T09:00:00Z"', "2026-03-02T09:00:00Z"
    )


def test_fix_of_one_path_leaves_the_others(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": DRAFT, "content/posts/b.md": DRAFT.replace("Good", "Other")})
    run("fix", "content/posts/a.md", *NOW, cwd=folder)
    assert "draft = true" in (folder / "content/posts/a.md").read_text()
    assert 'draft = "yes"' in (folder / "content/posts/b.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nowhere.md"], "there is no nowhere.md"),
        (["explain", "link-brokn"], "did you mean `link-broken`?"),
        (["fix", "--rule", "x"], "there is no rule `x`"),
        (["check", "--output-format", "xml"], "invalid choice: 'xml'"),
        (["check", "--clock", "yesterday"], "`yesterday` is not a moment"),
        (["build", "--time-limit", "soon"], "`soon` is not a number of seconds"),
        (["build", "--time-limit", "0"], "name a number of seconds above 0"),
        (["build", "--lock-timeout", "-5"], "`-5` is not a number of seconds"),
        (["build", "--lock-timeout=-1"], "`-1` is not a number of seconds"),
        (["chekc"], "there is no command `chekc`\n  did you mean `check`?"),
        (["xyz"], "see `presscheck --help`"),
        (["content/posts/good.md"], "to check it: presscheck check content/posts/good.md"),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
        (["check", "--site", "content"], "there is no Hugo site in content"),
    ],
)
def test_a_wrong_call_exits_with_2(site_of: Make, arguments: list[str], said: str) -> None:
    done = run(*arguments, cwd=site_of({"content/posts/good.md": GOOD}))
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            "[params.presscheck.rules.link-brokn]\nseverity = 'off'\n",
            "there is no rule `link-brokn`\n  did you mean `link-broken`?",
        ),
        ("[params.presscheck.rules.link-broken]\nsevrity = 'off'\n", "`sevrity` is not an option of link-broken"),
        ("[params.presscheck.rules.link-broken]\nseverity = 'eror'\n", "did you mean `error`?"),
        (
            "[params.presscheck.rules.key-missing]\nkeys = 'title'\n",
            "`keys`, an option of key-missing in [params.presscheck] in config.toml, is not a list",
        ),
        (
            "[params.presscheck.rules.key-missing]\nkeys = [1]\n",
            "`keys`, an option of key-missing in [params.presscheck] in config.toml, is not a list of texts",
        ),
        (
            "[params.presscheck.rule.x]\n",
            "`rule` in [params.presscheck] in config.toml is not a setting\n  did you mean `rules`?",
        ),
        ("[params]\npresscheck = 1\n", "`params.presscheck` in config.toml is not a table"),
        ("timeZone = 'Mars/Base'\n", '`timeZone = "Mars/Base"` in config.toml is not a time zone'),
        ("title = 'x\n", "config.toml:2:9: text that never ends"),
    ],
)
def test_a_wrong_setting_exits_with_2(site_of: Make, settings: str, said: str) -> None:
    config = f'baseURL = "https://site.example/"\n{settings}'
    done = run("check", *NOW, cwd=site_of({"content/posts/good.md": GOOD.replace("+01:00", ""), "config.toml": config}))
    assert done.returncode == 2, done.stdout
    assert said in done.stderr


def test_a_rule_can_be_switched_off_or_softened(site_of: Make) -> None:
    config = 'baseURL = "https://site.example/"\n[params.presscheck.rules.draft-not-boolean]\nseverity = "warning"\n[params.presscheck.rules.date-missing]\nseverity = "off"\n'
    folder = site_of(
        {
            "content/posts/secret.md": DRAFT,
            "content/posts/undated.md": '+++\ntitle = "x"\n+++\n\nText.\n',
            "config.toml": config,
        }
    )
    done = run("check", "--output-format", "concise", *NOW, cwd=folder)
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert "warning[draft-not-boolean]" in done.stdout


def test_no_site_here_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = run(cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no Hugo site in" in done.stderr


def test_explain_prints_the_manual_for_the_width_of_the_terminal(tmp_path: Path) -> None:
    done = run("explain", "key-unknown", cwd=tmp_path, COLUMNS="60")
    assert done.returncode == 0
    assert done.stdout.startswith("key-unknown (error)\n\nEvery key is one that Hugo or the site knows.\n")
    assert max(map(len, done.stdout.splitlines())) <= 60


def test_rules_lists_every_rule(tmp_path: Path) -> None:
    done = run("rules", cwd=tmp_path)
    assert len(done.stdout.splitlines()) >= 34
    assert "link-broken" in done.stdout


def test_version_and_help(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout == f"presscheck {__version__}\n"
    assert "COMMAND" in run("--help", cwd=tmp_path).stdout


def test_new_begins_a_post_that_is_clean_once_its_description_is_there(site_of: Make) -> None:
    folder = site_of(
        {"content/posts/good.md": GOOD, "archetypes/default.md": (ROOT / "archetypes/default.md").read_text()}
    )
    done = run("new", 'What I learnt: "quotes" & más', cwd=folder)
    assert (done.returncode, done.stdout) == (0, "content/posts/what-i-learnt-quotes-más.md\n")
    text = (folder / done.stdout.strip()).read_text("utf-8")
    assert "title = 'What I learnt: \"quotes\" & más'" in text
    assert "draft = true" in text
    assert run("check", cwd=folder).returncode == 0
    again = run("new", 'What I learnt: "quotes" & más', cwd=folder)
    assert again.returncode == 2
    assert "exists already" in again.stderr
    assert run("new", "???", cwd=folder).returncode == 2


def test_build_without_its_dependencies_says_what_to_run(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-I", ROOT / "build.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "pip install" in done.stderr


def test_a_reader_that_goes_away_is_no_error(site_of: Make) -> None:
    folder = site_of({f"content/posts/p{n}.md": DRAFT for n in range(300)})
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{sys.executable}' '{ROOT / 'build.py'}' check | head -1"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize(
    "line", ["disableKinds = true", "params = 3", "taxonomies = []", "permalinks = 1", "languages = 'en'", "markup = 1",
             "module = 1", "module.mounts = [1]", "markup.goldmark.parser = 2", "markup.goldmark.renderHooks.link = 1",
             "permalinks = 1  # of a language", "disableKinds = true  # of a language"],
)  # fmt: skip
def test_a_configuration_of_the_wrong_shape_is_said(site_of: Make, line: str) -> None:
    where = "[languages.en]\n" if line.endswith("# of a language") else ""
    text = f'baseURL = "https://site.example/"\n{where}{line}\n'
    done = run("check", *NOW, cwd=site_of({"content/posts/good.md": GOOD, "config.toml": text}))
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert line.partition(" ")[0].lower() in done.stderr.lower()


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["build"],
        ["rules"],
        ["check", "--output-format", "json"],
        ["explain", "link-broken"],
        ["schema", "post"],
        ["why", "content/posts/p1.md"],
    ],
)
def test_output_that_nobody_can_take_is_said_in_a_line(site_of: Make, command: list[str]) -> None:
    folder = site_of({f"content/posts/p{n}.md": DRAFT for n in range(50)})
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, ROOT / "build.py", *command], cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr == "presscheck: cannot write the output: No space left on device\n"
    with Path("/dev/full").open("w") as full:
        both = subprocess.run(
            [sys.executable, ROOT / "build.py", *command], cwd=folder, stdout=full, stderr=full, check=False
        )
    assert both.returncode == 3


def test_nobody_waits_for_a_lock_who_says_so(site_of: Make) -> None:
    folder = site_of({"content/posts/good.md": GOOD})
    with locked(folder / ".presscheck", 0):
        done = run("build", "--lock-timeout", "0", cwd=folder)
    assert done.returncode == 3
    assert f"another build holds {folder / '.presscheck/lock'}\n" in done.stderr


def test_why_answers_where_nothing_can_be_written(site_of: Make) -> None:
    folder = site_of({"content/posts/good.md": GOOD, ".presscheck": "no folder"})
    (folder / ".hugo_build.lock").mkdir()  # Hugo cannot open it, as on a disk that is only read
    done = run("why", "content/posts/good.md", *NOW, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "Hugo says the same" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"baseURL": "https://x.example/",\n "title": }', "hugo.json:2:11: no JSON: expecting value"),
        ('{"params": {"a": 1,}}', "hugo.json:1:20: no JSON: "),
        ("{'title': 1}", "hugo.json:1:2: no JSON: expecting property name enclosed in double quotes"),
        ('// why\n{"title": "x"}', "hugo.json:1:1: no JSON: "),
        ('{"title": "x"} x', "hugo.json:1:16: no JSON: extra data"),
        ('{"title": "x', "hugo.json:1:11: no JSON: unterminated string"),
        ("", "hugo.json:1:1: no JSON: expecting value"),
        ("[" * 100_000, "hugo.json:1:1: no JSON: nested too deeply"),
    ],
)
def test_what_is_no_json_is_said_with_its_place(site_of: Make, text: str, said: str) -> None:
    folder = site_of({"content/posts/good.md": GOOD, "hugo.json": text})
    (folder / "config.toml").unlink()
    done = run("check", cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_configuration_in_json_may_have_a_byte_order_mark(site_of: Make) -> None:
    folder = site_of({"content/posts/good.md": GOOD, "hugo.json": '\ufeff{"baseURL": "https://site.example/"}'})
    (folder / "config.toml").unlink()
    assert run("check", *NOW, cwd=folder).returncode == 0


def test_statistics_go_where_a_report_would_go(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": "+++\ntitle = 'A'\n+++\n\n[x](/x/)\n"})
    done = run("check", "--statistics", "--output-file", "out.txt", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "link-broken" in (folder / "out.txt").read_text("utf-8")


@pytest.mark.parametrize("line", ["hosting]\nnosuch = 1", 'releases]\ndays = "x"', "publish.live]\nnosuch = 1"])
def test_a_check_refuses_settings_that_a_build_would(site_of: Make, line: str) -> None:
    folder = site_of({"config.toml": f"[params.presscheck.{line}\n"})
    assert [run(command, cwd=folder).returncode for command in ("check", "build")] == [2, 2]


@pytest.mark.parametrize("output", ["tpl", "tpl/_partials", "themes/own"])
def test_no_output_takes_the_place_of_what_the_site_is_made_of(site_of: Make, output: str) -> None:
    files = {"config.toml": 'layoutDir = "tpl"\ntheme = "own"\n', "tpl/index.html": "x", "themes/own/index.html": "x"}
    folder = site_of(files)
    (folder / "tpl/_partials").mkdir()
    done = run("build", "--output", output, cwd=folder)
    assert (done.returncode, "which is the site's own" in done.stderr) == (2, True)
    assert (folder / "tpl/index.html").read_text() == "x"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--fail-on", "eror"), "`eror` is no severity: choose from error, warning, info"),
        (("build", "--base-url", "site.example"), "`site.example` is not a site's address"),
        (("build", "--base-url", "https://site.example/a b/"), "is not a site's address"),
        (("build", "--base-url", "https://site.example/?x"), "is not a site's address"),
        (("build", "--base-url", "https://[site/"), "is not a site's address"),
        (("why", "content/posts"), "content/posts is a folder\n  name one of the files in it"),
        (("why", "content/bundle"), "content/bundle is a folder\n  did you mean `content/bundle/index.md`?"),
        (
            ("why", "content/posts/godo.md"),
            "there is no content/posts/godo.md\n  did you mean `content/posts/good.md`?",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_could(site_of: Make, arguments: list[str], said: str) -> None:
    done = run(*arguments, cwd=site_of({"content/posts/good.md": GOOD, "content/bundle/index.md": GOOD}))
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("notation", ["toml", "yaml", "json"])
def test_a_byte_order_mark_is_no_part_of_a_configuration(site_of: Make, notation: str) -> None:
    folder = site_of({"content/posts/good.md": GOOD})
    text = {
        "toml": 'baseURL = "https://site.example/"\ntitle = "T"\n',
        "yaml": "baseURL: https://site.example/\ntitle: T\n",
        "json": '{"baseURL": "https://site.example/", "title": "T"}\n',
    }[notation]
    (folder / "config.toml").unlink()
    (folder / f"hugo.{notation}").write_text(text, "utf-8-sig")
    assert run("check", *NOW, cwd=folder).returncode == 0
    assert hugo.mounts(folder)
    (folder / f"hugo.{notation}").write_text(text, "utf-16")
    done = run("check", *NOW, cwd=folder)
    assert done.returncode == 2
    assert f"hugo.{notation} is UTF-16" in done.stderr
    with pytest.raises(EngineFailure):
        hugo.mounts(folder)


def test_pages_in_a_file_are_no_matter_of_permissions(site_of: Make) -> None:
    folder = site_of({"layouts/page.html": ""})
    shutil.rmtree(folder / "content", ignore_errors=True)
    (folder / "content").write_text("")
    done = run("check", cwd=folder)
    assert done.returncode == 3
    assert "cannot list content/: Not a directory\n  make it a folder" in done.stderr
