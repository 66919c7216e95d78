"""A run that was killed, interrupted or damaged: continued bit for bit, stopped cleanly, refused."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from mutation import mutant
from w2v.corpus.encoded import encode_sentences
from w2v.text import tiny_world
from w2v.text.words import split_sentences
from w2v.training.fast import CheckpointError, checkpoint, models, state, train, train_corpus
from w2v.training.fast.checkpoint import FORMAT, load_checkpoint, save_checkpoint
from w2v.training.fast.interrupt import StopOnInterrupt

SETTINGS = dict(dimensions=7, batch=50, epochs=2, learning_rate=0.05, subsample=1e-2, seed=3)
WORDS = 8_000

# Reports each hundredth of the run on its standard output, so that the test knows where it is.
CHILD = """
import sys, time, numpy as np
sys.path[:0] = {tests!r}
from test_checkpoint import SETTINGS, corpus
from w2v.training.fast import train_corpus
def report(seen):
    print(seen.words, flush=True)
    time.sleep(0.02)
run = train_corpus(corpus(), [report], checkpoint={path!r}, checkpoint_seconds={seconds}, **SETTINGS)
print("finished", run.finished, run.words, run, flush=True)
np.savez({path!r} + ".npz", V=run.V, U=run.U)
"""


def corpus(words=WORDS):
    return encode_sentences(split_sentences(tiny_world.text(words, seed=2)), minimum_count=1)


@pytest.fixture(scope="module")
def unbroken():
    return train_corpus(corpus(), **SETTINGS)


def started(path, seconds=0):
    """The child process, after its twentieth report."""
    code = CHILD.format(tests=[str(folder) for folder in Path(__file__).parents[:2]], path=str(path), seconds=seconds)
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    reports = [child.stdout.readline() for _ in range(20)]
    assert all(report.strip().isdigit() for report in reports), child.communicate()[1]
    return child


def assert_same(run, unbroken):
    for name in ("V", "U", "pairs", "losses"):
        np.testing.assert_array_equal(getattr(run, name), getattr(unbroken, name), err_msg=name)
    assert run.finished and run.words == unbroken.words


# ---- killed ----


def test_a_killed_run_is_continued_bit_for_bit(tmp_path, unbroken):
    path = tmp_path / "run.checkpoint"
    child = started(path)
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL and not path.with_name(path.name + ".npz").exists()
    child.stdout.close(), child.stderr.close()
    reports = []
    run = train_corpus(corpus(), [reports.append], checkpoint=path, **SETTINGS)
    assert 0 < len(reports) <= len(unbroken.pairs) - 19  # the reports before the kill are not given again
    assert_same(run, unbroken)


class Killed(Exception):
    pass


def continued(f, path, after, seconds=0):
    """A run of `f` that ends with an error at step `after`, and then again from its checkpoint."""
    step, taken = models.bare_stretch_step, []

    def killing(*arguments):
        taken.append(arguments)
        if len(taken) == after:
            raise Killed
        return step(*arguments)

    models.bare_stretch_step = killing
    try:
        with pytest.raises(Killed):
            f.train_corpus(corpus(), checkpoint=path, checkpoint_seconds=seconds, **SETTINGS)
        return f.train_corpus(corpus(), checkpoint=path, **SETTINGS)
    finally:
        models.bare_stretch_step = step


@pytest.mark.parametrize("after", [2, 9, 131, 320])
def test_any_moment_will_do(after, tmp_path, unbroken):
    assert_same(continued(train, tmp_path / "run", after), unbroken)


@pytest.mark.parametrize(
    "right, wrong",
    [
        (
            "batches.draw(*divmod(state.step, len(batches)))",
            "batches.draw(*divmod(np.random.default_rng().integers(9), len(batches)))",
        ),
        ("batches.rate(state.step)", "batches.rate(int(np.random.default_rng().random() * state.step))"),
        ("state.step, state.pairs = state.step + 1,", "state.step, state.pairs = state.step + 2,"),
    ],
)
def test_a_run_that_is_not_continued_exactly_is_noticed(right, wrong, tmp_path, unbroken):
    with pytest.raises((AssertionError, AttributeError, IndexError)):
        assert_same(continued(mutant(train, right, wrong), tmp_path / "run", 131), unbroken)


@pytest.mark.parametrize(
    "right, wrong",
    [
        (', "loss": float', ', "loss": lambda loss: 0.0'),
        (', "measured": int', ', "measured": lambda measured: 0'),
        (', "pairs": int', ', "pairs": lambda pairs: 0'),
        (", reports=list(reports))", ")"),
    ],
)
def test_a_state_that_forgets_something_is_noticed(right, wrong, tmp_path, unbroken, monkeypatch):
    """Step 131 is taken with a loss that is measured and not yet reported."""
    changed = mutant(state, right, wrong)
    monkeypatch.setattr(train, "Keeper", changed.Keeper)
    monkeypatch.setattr(train, "State", changed.State)
    with pytest.raises(AssertionError):
        assert_same(continued(train, tmp_path / "run", 131), unbroken)


def test_a_finished_run_is_not_run_again(tmp_path, unbroken):
    first = train_corpus(corpus(), checkpoint=tmp_path / "run", **SETTINGS)
    assert_same(first, unbroken)
    reports = []
    assert_same(train_corpus(corpus(), [reports.append], checkpoint=tmp_path / "run", **SETTINGS), unbroken)
    assert not reports


def test_nothing_else_is_left_in_the_folder(tmp_path):
    train_corpus(corpus(3000), checkpoint=tmp_path / "run", checkpoint_seconds=0, **SETTINGS)
    assert [file.name for file in tmp_path.iterdir()] == ["run"]


# ---- interrupted ----


def test_ctrl_c_ends_the_run_after_its_step_and_keeps_what_it_has(tmp_path, unbroken):
    path = tmp_path / "run.checkpoint"
    child = started(path, seconds=1e9)  # so that the only checkpoint is that of the interruption
    started_with = path.read_bytes()
    os.kill(child.pid, signal.SIGINT)
    printed, errors = child.communicate(timeout=60)
    assert child.returncode == 0 and not errors, errors
    assert path.read_bytes() != started_with
    last = printed.splitlines()[-1]
    assert last.startswith("finished False ") and "stopped after" in last and 0 < int(last.split()[2]) < 2 * WORDS
    with np.load(str(path) + ".npz") as kept:
        assert np.isfinite(kept["V"]).all() and not np.array_equal(kept["V"], unbroken.V)
    assert_same(train_corpus(corpus(), checkpoint=path, **SETTINGS), unbroken)


def test_an_interrupted_run_reports_the_loss_of_its_last_stretch():
    run = train_corpus(corpus(), [lambda report: signal.raise_signal(signal.SIGINT)], **SETTINGS)
    assert (
        not run.finished
        and len(run.losses) == 1
        and np.isfinite(run.losses).all()
        and "stopped after 1% of the text" in repr(run)
    )


@pytest.fixture
def interruptible():
    """Ctrl-C as at a terminal: under nohup and in the background of a shell SIGINT is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_the_second_ctrl_c_interrupts_at_once_and_the_handler_comes_back(interruptible):
    with StopOnInterrupt() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop.requested
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_outside_of_the_main_thread_training_runs_all_the_same(unbroken):
    runs = []
    thread = threading.Thread(target=lambda: runs.append(train_corpus(corpus(), **SETTINGS)))
    thread.start()
    thread.join()
    assert_same(runs[0], unbroken)


# ---- damaged or foreign ----

RUN = {"dimensions": 7, "corpus": "abc"}
ARRAYS = {"V": np.arange(6.0).reshape(3, 2), "step": np.array(4)}


@pytest.fixture
def saved(tmp_path):
    save_checkpoint(tmp_path / "run", ARRAYS, RUN)
    return tmp_path / "run"


def test_what_is_saved_is_loaded(saved):
    loaded = load_checkpoint(saved, RUN)
    assert loaded.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(loaded[name], array)


def every_damage_is_noticed(f, path):
    """Any changed byte, any missing end, any added byte."""
    whole = path.read_bytes()
    places = [*range(0, len(whole), 7), len(whole) - 1]
    damaged = (
        [whole[:i] + bytes([whole[i] ^ 1]) + whole[i + 1 :] for i in places]
        + [whole[:i] for i in places]
        + [whole + b"\0", b""]
    )
    for content in damaged:
        path.write_bytes(content)
        try:
            f.load_checkpoint(path, RUN)
        except f.CheckpointError:
            continue
        raise AssertionError("damage was not noticed")


def test_every_damage_is_noticed(saved):
    every_damage_is_noticed(checkpoint, saved)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ('if file.read(DIGEST + 1) != _digest(file) + b"\\n":', "if False:"),
        ("if file.read(len(FORMAT)) != FORMAT:", "if file.read(len(FORMAT)) is None:"),
    ],
)
def test_a_missing_check_is_noticed(right, wrong, saved):
    with pytest.raises(Exception) as caught:
        every_damage_is_noticed(mutant(checkpoint, right, wrong), saved)
    assert not isinstance(caught.value, LookupError)


@pytest.mark.parametrize(
    "content, message",
    [
        (b"", "checkpoint: expected a file that begins with 'w2v checkpoint 1', got .*, which does not"),
        (b"PK\x03\x04 something else", "expected a file that begins with 'w2v checkpoint 1'"),
        (FORMAT, "expected the content that was written, got a damaged file .*run; delete it to start anew"),
        (FORMAT + b"0" * 64 + b"\nabc", "got a damaged file"),
    ],
)
def test_what_is_no_checkpoint_is_refused_and_left_alone(content, message, tmp_path):
    path = tmp_path / "run"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=message):
        train_corpus(corpus(3000), checkpoint=path, **SETTINGS)
    assert path.read_bytes() == content


def other_runs_are_refused(f, path):
    for run, message in [
        ({**RUN, "dimensions": 8}, "expected one of a run with dimensions 8, got one with 7"),
        ({**RUN, "corpus": "xyz"}, "expected one of a run with corpus 'xyz', got one with 'abc'"),
        ({**RUN, "added": 1}, "expected one of a run with added 1, got one with None"),
        ({"dimensions": 7}, "expected one of a run with corpus None, got one with 'abc'"),
    ]:
        try:
            f.load_checkpoint(path, run)
        except f.CheckpointError as error:
            assert message in str(error) and "name another file, or delete this one" in str(error)
        else:
            raise AssertionError(f"{run} was accepted")


def test_other_runs_are_refused(saved):
    other_runs_are_refused(checkpoint, saved)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("{*saved, *run}", "{*saved} & {*run}"),
        ("{*saved, *run}", "run"),
        ("saved.get(name) != run.get(name)", "saved.get(name) != run.get(name) and name == 'corpus'"),
    ],
)
def test_a_comparison_that_leaves_something_out_is_noticed(right, wrong, saved):
    with pytest.raises(AssertionError):
        other_runs_are_refused(mutant(checkpoint, right, wrong), saved)


def test_every_setting_and_the_corpus_belong_to_the_run(tmp_path):
    path = tmp_path / "run"
    train_corpus(corpus(3000), checkpoint=path, **SETTINGS)
    described = json.loads(str(checkpoint._read(path)["run"]))
    assert described == {**train.asdict(train.CorpusSettings(**SETTINGS)), "corpus": corpus(3000).checksum}
    with pytest.raises(CheckpointError, match="expected one of a run with seed 4, got one with 3"):
        train_corpus(corpus(3000), checkpoint=path, **{**SETTINGS, "seed": 4})
    with pytest.raises(CheckpointError, match="expected one of a run with corpus "):
        train_corpus(corpus(4000), checkpoint=path, **SETTINGS)


def test_a_folder_that_does_not_exist_is_noticed_before_the_training(tmp_path):
    reports = []
    with pytest.raises(FileNotFoundError, match="checkpoint: expected a path in an existing folder, got .*nowhere"):
        train_corpus(corpus(3000), [reports.append], checkpoint=tmp_path / "nowhere" / "run", **SETTINGS)
    assert not reports


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="checkpoint: expected the path of a file, got the folder"):
        train_corpus(corpus(3000), checkpoint=tmp_path, **SETTINGS)


# ---- nothing that was trained is lost ----


def test_a_disk_that_fills_up_costs_the_checkpoint_and_not_the_run(tmp_path, unbroken, full_disk):
    path, started_with = tmp_path / "run", []

    def fill(report):
        if not started_with:
            started_with.append(path.read_bytes())
            full_disk()

    with pytest.warns(RuntimeWarning, match="cannot be saved, training goes on: .*File too large"):
        run = train_corpus(corpus(), [fill], checkpoint=path, checkpoint_seconds=1e9, **SETTINGS)
    assert_same(run, unbroken)
    assert path.read_bytes() == started_with[0] and len(list(tmp_path.iterdir())) == 1


def test_a_disk_that_is_full_is_noticed_before_the_first_step(tmp_path, full_disk):
    reports = []
    full_disk()
    with pytest.raises(OSError, match="File too large"):
        train_corpus(corpus(3000), [reports.append], checkpoint=tmp_path / "run", **SETTINGS)
    assert not reports and not list(tmp_path.iterdir())


def test_settings_that_numpy_made_are_saved_and_found_again(tmp_path):
    """Whatever kind of number: the run is that of Python's own."""
    numbers = dict(
        dimensions=np.int64(7),
        batch=np.int32(50),
        epochs=np.int16(2),
        learning_rate=np.float32(0.0625),
        seed=np.uint8(3),
    )
    others = dict(subsample=np.float64(1e-2), decay=np.bool_(True), power=np.float32(0.75))
    run = train_corpus(corpus(3000), checkpoint=tmp_path / "run", **numbers, **others)
    assert {type(value) for value in run.settings.values()} == {int, float, bool, str}
    again = train_corpus(corpus(3000), checkpoint=tmp_path / "run", **{**SETTINGS, "learning_rate": 0.0625})
    assert again.finished and np.array_equal(run.V, again.V)


def test_a_callback_that_raises_costs_nothing(tmp_path, unbroken):
    def fail(report):
        if report.words > WORDS:
            raise Killed

    with pytest.raises(Killed):
        train_corpus(corpus(), [fail], checkpoint=tmp_path / "run", checkpoint_seconds=1e9, **SETTINGS)
    reports = []
    assert_same(train_corpus(corpus(), [reports.append], checkpoint=tmp_path / "run", **SETTINGS), unbroken)
    assert reports[0].words > WORDS


def test_memory_holds_the_tables_once(tmp_path):
    """Besides the tables: 16 MiB of NumPy's to write them, and as much to read them."""
    arrays, size = {"V": np.ones((1_000_000, 8)), "U": np.ones((1_000_000, 8))}, 2 * 8 * 8_000_000
    tracemalloc.start()
    save_checkpoint(tmp_path / "run", arrays, RUN)
    assert tracemalloc.get_traced_memory()[1] < 40 << 20
    tracemalloc.reset_peak()
    load_checkpoint(tmp_path / "run", RUN)
    assert tracemalloc.get_traced_memory()[1] < size + (40 << 20)
    tracemalloc.stop()


@pytest.mark.parametrize(
    "arrays",
    [
        {},
        {"V": np.ones((3, 7))},
        {"V": np.ones(3), "U": np.ones(3)},
        {"V": np.ones((4, 7)), "U": np.ones((4, 7)), "step": np.ones(2)},
    ],
    ids=["nothing", "one table", "vectors", "another vocabulary"],
)
def test_a_whole_file_that_holds_something_else_is_refused(arrays, tmp_path):
    path, text = tmp_path / "run", corpus(3000)
    run = {**train.asdict(train.CorpusSettings(**SETTINGS)), "corpus": text.checksum}
    save_checkpoint(path, arrays, run)
    with pytest.raises(CheckpointError, match="expected the state of a run, got something else in .*run"):
        train_corpus(text, checkpoint=path, **SETTINGS)


@pytest.mark.parametrize("content", [b"no archive", b"", None], ids=["text", "nothing", "no description"])
def test_a_right_digest_over_something_else_is_refused(content, tmp_path):
    if content is None:
        made = io.BytesIO()
        np.savez(made, V=np.ones(3))
        content = made.getvalue()
    path = tmp_path / "run"
    path.write_bytes(FORMAT + checkpoint.sha256(content).hexdigest().encode() + b"\n" + content)
    with pytest.raises(CheckpointError, match="expected the state of a run, got something else"):
        load_checkpoint(path, RUN)
