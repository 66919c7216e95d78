"""Training over shards: with one shard that of `train_corpus`, with many the same bits whoever works, dies or is interrupted."""

import os
import pickle
import signal
import tracemalloc
from functools import cache

import numpy as np
import pytest

from mutation import mutant
from w2v.corpus.encoded import encode_sentences
from w2v.corpus.shards import DamagedCorpus, read_manifest, write_shards
from w2v.parallel import Processes, dask, rounds, sum_over_shards, train_on_shards
from w2v.parallel.processes import change_rows
from w2v.parallel.rounds import Piece, shard_moves, worker_bytes
from w2v.parallel.this_process import Serial, Threads
from w2v.text import tiny_world
from w2v.text.words import split_sentences
from w2v.training.fast import CheckpointError, CorpusSettings, DivergedAt, train_corpus
from w2v.training.fast.train import first_state

SETTINGS = dict(dimensions=7, batch=50, epochs=2, learning_rate=0.05, subsample=1e-2, seed=3)
SHARDS, EVERY = 4, 500


@cache
def corpus(words=8_000):
    return encode_sentences(split_sentences(tiny_world.text(words, seed=2)), minimum_count=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("shards")
    write_shards(corpus(), path, SHARDS)
    return path


def run(folder, where="serial", f=rounds, **others):
    return f.train_on_shards(folder, where, average_every=EVERY, **{**SETTINGS, **others})


@pytest.fixture(scope="module")
def alone(folder):
    return run(folder)


@pytest.fixture(scope="module")
def pool():
    with Processes(2) as opened:
        yield opened


def assert_same(found, alone):
    for name in ("V", "U", "pairs", "losses"):
        np.testing.assert_array_equal(getattr(found, name), getattr(alone, name), err_msg=name)
    assert found.finished and found.settings == alone.settings


# ---- what a run is ----


def test_one_shard_is_train_corpus():
    exact = dict(SETTINGS, precision="float64")
    one, whole = (
        train_on_shards(corpus(), "serial", shards=1, average_every=EVERY, **exact),
        train_corpus(corpus(), **exact),
    )
    np.testing.assert_allclose([one.V, one.U], [whole.V, whole.U], rtol=1e-9, atol=1e-12)
    assert one.pairs[-1] == whole.pairs[-1] and one.words == whole.words == one.total


def test_the_shards_belong_to_the_recipe_and_the_rounds_too(folder, alone):
    assert alone.settings["shards"] == SHARDS and alone.settings["average_every"] == EVERY
    assert len(alone.pairs) == 8 and (np.diff(alone.pairs) > 0).all()  # two epochs of four rounds
    assert_same(train_on_shards(corpus(), "serial", average_every=EVERY, **SETTINGS), alone)
    for other in (
        train_on_shards(corpus(), "serial", shards=3, average_every=EVERY, **SETTINGS),
        train_on_shards(folder, "serial", average_every=2 * EVERY, **SETTINGS),
        run(folder, seed=4),
    ):
        assert not np.array_equal(other.V, alone.V)


def test_every_shard_draws_for_itself():
    """Shards of the same text."""
    twice = encode_sentences(list(split_sentences(tiny_world.text(2000, seed=2))) * 2, 1, seed=None)
    with rounds._folder(twice, 2) as (path, manifest):
        made = [rounds._batches(str(path), number, CorpusSettings(batch=500), manifest.checksum) for number in range(2)]
    np.testing.assert_array_equal(made[0].tokens, made[1].tokens)
    assert not np.array_equal(made[0].draw(0, 0)[1][:5], made[1].draw(0, 0)[1][:5])


def learns(f):
    """Four shards that go a thousand words each on their own learn most of what one learns that goes through all."""
    chosen = dict(dimensions=10, epochs=2, batch=50, subsample=0, learning_rate=0.05)
    whole = train_corpus(corpus(20_000), **chosen)
    many = f.train_on_shards(corpus(20_000), "serial", shards=4, average_every=1000, **chosen)
    assert many.losses[-1] < whole.losses[-1] + 0.6 < many.losses[0] - 0.5


def test_four_shards_learn():
    learns(rounds)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("share[rows] = -np.expm1(-self.together[rows]) / self.apart[rows]", "share[rows] = 1"),
        ("share[rows] = -np.expm1(-self.together[rows]) / self.apart[rows]", "share[rows] = 1 / 4"),
    ],
    ids=["sum", "mean"],
)
def test_sums_diverge_and_means_are_slow(right, wrong):
    with pytest.raises((AssertionError, DivergedAt)):
        learns(mutant(rounds, right, wrong))


def joined_as_derived(f):
    """Row by row in plain Python: three shards, rows moved by all, by two, by one and by none."""
    rng = np.random.default_rng(2)
    table, parts = rng.normal(size=(5, 3)), []
    for rows in ([0, 1, 2], [0, 2], [0, 4]):
        parts.append((np.array(rows), rng.normal(size=(len(rows), 3)), rng.random(len(rows)) * 3))
    before, expected = table.copy(), table.copy()
    for w in range(5):
        moves = [(moves[i], far[i]) for rows, moves, far in parts for i in range(len(rows)) if rows[i] == w]
        if moves:
            share = (1 - np.exp(-sum(far for _, far in moves))) / sum(1 - np.exp(-far) for _, far in moves)
            expected[w] = table[w] + share * sum(move for move, _ in moves)
    joint = f.Joint(table)
    for part in parts:
        joint.add(*part)
    moved = joint.join()
    np.testing.assert_allclose(table, expected, rtol=1e-14)
    assert moved.tolist() == [0, 1, 2, 4]
    np.testing.assert_allclose(table[1], before[1] + parts[0][1][1], rtol=1e-14)  # moved by one shard, and as far


def test_moves_are_joined_as_derived():
    joined_as_derived(rounds)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("self.together[rows] += far", "self.together[rows] = far"),
        ("self.apart[rows] -= np.expm1(-far)", "self.apart[rows] += far"),
        ("add_rows(self.change, rows, moves)", "self.change[rows] = moves"),
        ("share[:, None]", "share.max()"),
        ("np.flatnonzero(self.together)", "np.arange(len(self.table) - 1)"),
    ],
)
def test_a_wrong_joint_is_noticed(right, wrong):
    with np.errstate(all="ignore"), pytest.raises(AssertionError):
        joined_as_derived(mutant(rounds, right, wrong))


def test_what_moved_travels_and_nothing_else(folder):
    """The second of sixteen pieces of an epoch: the rows that are not sent have not moved, those that are say how far."""
    start = first_state(corpus().vocabulary, CorpusSettings(**SETTINGS))
    start.U[:] = np.random.default_rng(1).normal(size=start.U.shape)
    before, piece = (start.V.copy(), start.U.copy()), Piece(read_manifest(folder).checksum, SETTLED, 17, 16)
    moves = shard_moves(str(folder), 2, start.V, start.U, piece)
    np.testing.assert_array_equal([start.V, start.U], before)
    batches = rounds._batches(str(folder), 2, SETTLED, piece.corpus)
    first, last = piece.batches(len(batches))
    assert (first, last) == (len(batches) + len(batches) // 16, len(batches) + 2 * len(batches) // 16)
    assert moves.pairs == sum(batches.draw(1, b)[0].pairs for b in range(first - len(batches), last - len(batches)))
    for (rows, moved_by, far), table in zip(moves.tables, before):
        moved = np.flatnonzero(moved_by.any(axis=1))
        assert len(rows) < len(table) and len(moved) > 0.8 * len(rows) and (far > 0).all()
    state = rounds.State(*before, first)
    while state.step < last:
        rounds.take_step(batches, state, False)
    for (rows, moved_by, _), after, table in zip(moves.tables, (state.V, state.U), (start.V, start.U)):
        expected = np.zeros_like(table)
        expected[rows] = moved_by
        np.testing.assert_array_equal(expected, after - table)


SETTLED = CorpusSettings(**SETTINGS)


@pytest.mark.parametrize("model", ["skip-gram", "tree"])
def test_a_worker_needs_no_more_memory_than_is_said(model):
    """A round of 30,000 words in a vocabulary of 40,000: the tables are the most of it."""
    rng = np.random.default_rng(1)
    words = [f"w{n}" for n in range(40_000)]
    text = encode_sentences([words, *([words[n] for n in rng.integers(0, 40_000, 20)] for _ in range(500))], 1)
    chosen = CorpusSettings(dimensions=60, batch=1000, subsample=0, model=model)
    with rounds._folder(text, 1) as (path, manifest):
        start = first_state(text.vocabulary, chosen)
        tracemalloc.start()
        moves = shard_moves(str(path), 0, start.V, start.U, Piece(manifest.checksum, chosen, 0, 1))
        len(pickle.dumps(moves))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert 0.5 < peak / (worker_bytes(len(words), chosen, len(text.tokens)) - 1e8) < 1


# ---- the same bits everywhere ----


@pytest.mark.parametrize("count", [1, 2, 4])
def test_threads_give_the_same_bits(count, folder, alone):
    assert_same(run(folder, Threads(count)), alone)


def test_processes_give_the_same_bits(folder, alone, pool):
    assert_same(run(folder, pool), alone)
    assert_same(run(folder, Processes(4)), alone)


def test_dask_gives_the_same_bits(folder, alone, cluster):
    assert_same(run(folder, cluster), alone)
    assert_same(run(folder, cluster.client.scheduler.address), alone)


def test_a_process_that_is_killed_changes_nothing(folder, alone, pool):
    killed = []

    def kill(report):
        if len(killed) < 2:
            killed.append(pool.pool.submit(os.getpid).result())
            os.kill(killed[-1], signal.SIGKILL)

    assert_same(run(folder, pool, callbacks=[kill]), alone)
    assert len(set(killed)) == 2


def test_a_dask_worker_that_is_killed_changes_nothing(folder, alone, cluster):
    killed = []

    def kill(report):
        if not killed:
            killed.append(next(iter(cluster.client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    assert_same(run(folder, cluster, callbacks=[kill]), alone)
    assert killed


def test_other_tables_in_between_change_nothing(folder, alone, pool):
    """A callback that lets the same workers do something else."""
    other = np.ones((2, *alone.V.shape), np.float32)
    assert_same(run(folder, pool, callbacks=[lambda report: sum_over_shards(folder, *other, where=pool)]), alone)


def work(folder, number, V, U, how):
    return V.tolist(), U.tolist()


def sent_tables_are_kept(f):
    """Whole tables, changes of them, a worker that missed one, whole tables again; those that were sent stay as they are."""
    V, U = np.zeros((3, 1)), np.zeros((3, 1))
    news = np.array([1]), np.array([[5.0]]), np.array([0, 2]), np.array([[6.0], [7.0]])
    later = np.array([0]), np.array([[8.0]]), np.array([0]), np.array([[9.0]])
    asked = lambda changes, *arrays: f.with_sent_tables(work, "", 0, None, ("a", changes), *arrays)
    assert asked(0, V, U) == (V.tolist(), U.tolist())
    assert asked(1, *news) == asked(1, *news) == ([[0], [5], [0]], [[6], [0], [7]])
    assert asked(2, *later) == ([[8], [5], [0]], [[9], [0], [7]])
    assert asked(4, *later) is None and f.with_sent_tables(work, "", 0, None, ("b", 3), *news) is None
    assert asked(4, V, U) == (V.tolist(), U.tolist()) and asked(5, *later) == ([[8], [0], [0]], [[9], [0], [0]])
    assert not V.any() and not U.any()


def test_a_dask_worker_keeps_the_tables_it_was_sent():
    sent_tables_are_kept(dask)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("_held[:2] == (name, changes - 1)", "_held[0] == name"),
        ("_held[:2] == (name, changes - 1)", "_held[1] == changes - 1"),
        ("_held[2] if _held[3] else", "_held[2] if changes > 0 else"),
        ("_held = name, changes, news, False", "pass"),
        ("change_rows(tables, *news)", "pass"),
    ],
)
def test_a_worker_that_keeps_other_tables_is_noticed(right, wrong):
    with pytest.raises((AssertionError, TypeError)):
        sent_tables_are_kept(mutant(dask, right, wrong))


def test_news_that_nobody_is_there_to_hear_become_whole_tables():
    class Deaf:
        def scatter(self, arrays, broadcast, hash):
            if len(arrays) == 4:
                raise TimeoutError("no workers")
            return arrays

    where = dask.DaskWorkers("tcp://127.0.0.1:9")
    where.client, where.lost, where._wait_for_workers = Deaf(), (), lambda: None
    where.publish(*np.ones((2, 3, 1)))
    name = where.tables[0]
    where.change(np.array([1]), np.array([1]))
    assert where.tables[0] != name and where.tables[1] == 0 and len(where.news) == 2


class Forgetful(Serial):
    """Workers that are told nothing of what has changed."""

    def publish(self, V, U):
        super().publish(V, U)
        self.first = V.copy(), U.copy()

    def submit(self, work, folder, number, how):
        self.source, source = self.first, self.source
        future, self.source = super().submit(work, folder, number, how), source
        return future


class Told(Forgetful):
    def change(self, rows_V, rows_U):
        V, U = self.source
        change_rows(self.first, rows_V, V[rows_V], rows_U, U[rows_U])


def test_tables_that_are_not_kept_up_are_noticed(folder, alone):
    assert_same(run(folder, Told()), alone)
    with pytest.raises(AssertionError):
        assert_same(run(folder, Forgetful()), alone)


# ---- killed, interrupted, full ----


class Killed(Exception):
    pass


@pytest.mark.parametrize("after", [1, 3, 6])
def test_a_killed_run_goes_on_from_its_checkpoint(after, folder, alone, tmp_path, monkeypatch):
    """Killed in the midst of a round, after a shard of it."""
    taken = []

    def killing(*arguments):
        for moves in rounds_in_order(*arguments):
            taken.append(moves)
            if len(taken) == 4 * after + 2:
                raise Killed
            yield moves

    rounds_in_order = rounds.in_order
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(rounds, "in_order", killing)
        run(folder, checkpoint=tmp_path / "run", checkpoint_seconds=0)
    reports = []
    assert_same(run(folder, callbacks=[reports.append], checkpoint=tmp_path / "run"), alone)
    assert len(reports) == 8 - after
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_checkpoint_of_another_recipe_is_refused(folder, tmp_path):
    run(folder, checkpoint=tmp_path / "run")
    for others, name in ((dict(shards=3), "corpus|shards"), (dict(average_every=600), "average_every")):
        with pytest.raises(CheckpointError, match=f"expected one of a run with ({name}) "):
            train_on_shards(
                corpus(), "serial", checkpoint=tmp_path / "run", **{"average_every": EVERY, **SETTINGS, **others}
            )


def test_ctrl_c_is_for_the_parent_which_ends_the_round(folder, alone, pool, tmp_path):
    assert pool.pool.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
    stopped = run(
        folder, pool, callbacks=[lambda report: signal.raise_signal(signal.SIGINT)], checkpoint=tmp_path / "run"
    )
    assert not stopped.finished and len(stopped.losses) == 1 and "stopped after 12% of the text" in repr(stopped)
    assert_same(run(folder, checkpoint=tmp_path / "run"), alone)


def test_a_full_disk_costs_the_checkpoint_and_not_the_run(folder, alone, tmp_path, full_disk):
    with pytest.warns(RuntimeWarning, match="cannot be saved, training goes on: .*File too large"):
        found = run(folder, callbacks=[lambda report: full_disk()], checkpoint=tmp_path / "run", checkpoint_seconds=0)
    assert_same(found, alone)


def test_a_disk_that_cannot_hold_the_shards_says_so(full_disk):
    full_disk(1000)
    with pytest.raises(OSError, match="File too large"):
        train_on_shards(corpus(), "serial", **SETTINGS)


# ---- clear errors ----


def test_divergence_in_a_process_names_the_shard(pool):
    with pytest.raises(DivergedAt, match=r"at step \d+ of shard \d \(epoch \d, batch \d+\), after \d+ pairs") as caught:
        train_on_shards(corpus(), pool, average_every=2000, **{**SETTINGS, "learning_rate": 1e30, "batch": 1000})
    assert caught.value.step >= 1 and caught.value.pairs >= 0


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        (([[0, 1]],), TypeError, "corpus: expected a folder of shards or an EncodedCorpus, got list"),
        (("nowhere",), FileNotFoundError, "expected a folder of shards with a manifest.json, got nowhere"),
        ((corpus(), "serial", 0), ValueError, "shards: expected an int of at least 1, got 0"),
        ((corpus(), "somewhere"), ValueError, "where: expected"),
        ((corpus(), "serial", None, 0), ValueError, "average_every: expected an int of at least 1, got 0"),
    ],
)
def test_wrong_arguments(arguments, error, message):
    with pytest.raises(error, match=message):
        train_on_shards(*arguments)


def test_another_number_of_shards_than_the_folder_has(folder):
    with pytest.raises(ValueError, match="shards: expected 4, as in .*, or None, got 3"):
        run(folder, shards=3)


def test_shards_that_are_others_by_now(folder):
    with pytest.raises(DamagedCorpus, match="expected the shards that the run began with, got others"):
        rounds._batches(str(folder), 0, SETTLED, "another checksum")


def test_text_of_which_nothing_is_left_says_so():
    text = encode_sentences([["a"] * 20] * 100, minimum_count=1)
    with pytest.raises(ValueError, match="subsample: expected a threshold that leaves pairs in the text, got 1e-12"):
        train_on_shards(text, "serial", subsample=1e-12, seed=2)
