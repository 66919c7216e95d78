"""The page on classes shows what the commands print: its files are written, its commands run, its outputs compared."""

import re
import shlex

import pytest

from book import source
from w2v.checker.command import main as check
from w2v.exercises.marking.command import main as grade

FILE = re.compile(r"^````\{code-block\} markdown\n:caption: (\S+)\n\n(.*?)^````$", re.M | re.S)
CONSOLE = re.compile(r"^```console\n\$ ([^\n]*)\n(.*?)^```$", re.M | re.S)
SHOWN = re.compile(r"^(?:```|  )?(w2v-grade --template [^\n>]*)", re.M)
SECONDS = re.compile(r"\d+\.\d(?=,)")


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """[(command, what the page shows, what it prints)] in a folder with the files of the page."""
    folder, found = tmp_path_factory.mktemp("page"), []
    for name, text in FILE.findall(source("class")):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for command, said in CONSOLE.findall(source("class")):
            found.append((command, said, printed(shlex.split(command), folder)))
    return found


def printed(words, folder):
    import contextlib
    import io

    if words[0] == "cat":
        return (folder / words[1]).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        {"w2v-grade": grade, "w2v-check": check}[words[0]](words[1:])
    return out.getvalue()


def test_the_page_shows_what_the_commands_print(shown):
    assert len(shown) == 4
    for command, said, came in shown:
        assert SECONDS.sub("S", came) == SECONDS.sub("S", said), command


def test_the_templates_of_the_pages_can_be_made(capsys):
    commands = SHOWN.findall(source("class") + source("lecturer"))
    assert len(commands) == 3
    for command in commands:
        assert grade(shlex.split(command)[1:]) == 0 and '"nbformat": 4' in capsys.readouterr().out
