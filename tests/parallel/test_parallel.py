"""The sum over shards: equal to the book's sum, the same bits everywhere, whoever dies; and clear errors."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from mutation import mutant
from w2v.chapters.results import cores_table, large_text_table, measured, parallel_table, scores_table, shards_table
from w2v.corpus.encoded import encode_sentences
from w2v.corpus.shards import DamagedCorpus, read_shard, write_shards
from w2v.corpus.windows import context_windows
from w2v.losses.skip_gram import skip_gram_gradients, skip_gram_loss
from w2v.parallel import over_shards
from w2v.parallel import shard_sum as shards
from w2v.parallel.over_shards import DaskWorkers, Processes, Sampling, WorkersLost, step_over_shards, sum_over_shards
from w2v.parallel.processes import with_mapped_tables
from w2v.parallel.shard_sum import loss_and_gradients, shard_pairs, shard_sum
from w2v.parallel.this_process import Serial, Threads

SHARDS, D = 4, 3
SAMPLING = Sampling(window=2, negatives=4, seed=7)
WORDS = ("the", "cat", "drinks", "cold", "milk", "and", "sleeps")


@pytest.fixture(scope="module")
def corpus():
    rng = np.random.default_rng(3)
    return encode_sentences([rng.choice(WORDS, size=n).tolist() for n in rng.integers(1, 9, size=40)], 1)


@pytest.fixture(scope="module")
def folder(corpus, tmp_path_factory):
    path = tmp_path_factory.mktemp("shards")
    write_shards(corpus, path, SHARDS)
    return path


@pytest.fixture(scope="module")
def tables(corpus):
    return np.random.default_rng(5).normal(size=(2, len(corpus.vocabulary), D))


@pytest.fixture(scope="module")
def alone(folder, tables):
    return sum_over_shards(folder, *tables, SAMPLING)


def pool_processes():
    """The processes that a pool has started; those of the cluster that all tests share are not among them."""
    return [child for child in multiprocessing.active_children() if "Dask" not in child.name]


def assert_same_bits(one, other):
    assert one.pairs == other.pairs and one.loss == other.loss
    np.testing.assert_array_equal(one.grad_V, other.grad_V)
    np.testing.assert_array_equal(one.grad_U, other.grad_U)


def by_definition(shard, number, V, U):
    """The sum over all windows of the shard by the book's functions, with the negatives of `shard_pairs` looked up by pair."""
    centers, rows = shard_pairs(shard, number, SAMPLING)
    draws = {}
    for c, (o, *negatives) in zip(centers.tolist(), rows.tolist()):
        draws.setdefault((c, o), []).append(negatives)
    loss, grad_V, grad_U, pairs = 0.0, np.zeros_like(V), np.zeros_like(U), 0
    for s in range(len(shard)):
        for center, outside in context_windows(shard.sentence(s).tolist(), SAMPLING.window):
            if outside:
                arguments = center, outside, V, U, [draws[center, o].pop() for o in outside]
                loss += skip_gram_loss(*arguments)
                changes = skip_gram_gradients(*arguments)
                grad_V, grad_U, pairs = grad_V + changes[0], grad_U + changes[1], pairs + len(outside)
    assert not any(draws.values()), "more pairs than the windows have"
    return pairs, loss, grad_V, grad_U


def agrees(found, expected):
    return found.pairs == expected[0] and all(
        np.allclose(a, b, rtol=1e-12, atol=1e-12)
        for a, b in zip((found.loss, found.grad_V, found.grad_U), expected[1:])
    )


# The function of one shard


@pytest.mark.parametrize("number", range(SHARDS))
def test_a_shard_is_the_sum_of_its_windows(number, folder, tables):
    shard = read_shard(folder, number)
    assert agrees(loss_and_gradients(shard, number, *tables, SAMPLING), by_definition(shard, number, *tables))


def test_the_shards_together_are_the_sum_of_all_windows(folder, tables, alone):
    parts = [by_definition(read_shard(folder, i), i, *tables) for i in range(SHARDS)]
    assert agrees(alone, [sum(part[i] for part in parts) for i in range(4)])


SLIPS = [
    ("delta[:, 0] -= 1", "delta[:, 0] += 1"),
    ("scores[:, 1:] *= -1", "scores *= -1"),
    ("_add_sums(total.grad_U, rows, delta, v)", "_add_sums(total.grad_U, rows, delta, -v)"),
    ("total.loss -= float", "total.loss += float"),
    ("table[distinct] += sum_rows", "table[distinct] = sum_rows"),
    ("total.pairs += len(centers)", "total.pairs = len(centers)"),
    ("range(0, len(centers), BLOCK)", "range(0, len(centers) - BLOCK, BLOCK)"),
]


@pytest.mark.parametrize("right, wrong", SLIPS)
def test_a_slip_in_the_shard_function_is_noticed(right, wrong, folder, tables):
    shard = read_shard(folder, 1)
    wronged = mutant(shards, right, wrong)
    wronged.BLOCK = 16
    assert not agrees(wronged.loss_and_gradients(shard, 1, *tables, SAMPLING), by_definition(shard, 1, *tables))


def test_a_block_needs_no_table_of_its_own():
    """Its memory is that of its pairs, not that of the vocabulary: 40,000 words here, and 10 pairs."""
    V, U = np.ones((2, 40_000, 20))
    total = shards.ShardSum(0, 0.0, np.zeros_like(V), np.zeros_like(U))
    tracemalloc.start()
    shards._add_block(total, V, U, np.arange(10), np.arange(60).reshape(10, 6))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < V.nbytes / 10 and total.pairs == 10


def test_blocks_do_not_change_the_sum(folder, tables, monkeypatch):
    whole = loss_and_gradients(read_shard(folder, 1), 1, *tables, SAMPLING)
    monkeypatch.setattr(shards, "BLOCK", 16)
    assert whole.pairs > 3 * 16
    blocks = loss_and_gradients(read_shard(folder, 1), 1, *tables, SAMPLING)
    assert agrees(blocks, (whole.pairs, whole.loss, whole.grad_V, whole.grad_U))


def test_negatives_depend_on_seed_turn_and_shard_and_on_nothing_else(folder):
    shard = read_shard(folder, 0)
    draws = [
        shard_pairs(shard, number, Sampling(2, 4, seed=seed, turn=turn))[1]
        for number, seed, turn in ((0, 7, 0), (0, 7, 0), (1, 7, 0), (0, 8, 0), (0, 7, 1))
    ]
    np.testing.assert_array_equal(draws[0], draws[1])
    for other in draws[2:]:
        assert (draws[0][:, 0] == other[:, 0]).all() and (draws[0][:, 1:] != other[:, 1:]).any()


def test_a_shard_without_a_pair_adds_nothing(tables):
    lonely = encode_sentences([[word] for word in WORDS], 1)
    found = loss_and_gradients(lonely, 0, *tables, SAMPLING)
    assert found.pairs == 0 and found.loss == 0 and not found.grad_V.any() and not found.grad_U.any()


def test_float32_stays_float32(folder, tables, alone):
    found = sum_over_shards(folder, *tables.astype(np.float32), SAMPLING)
    assert found.grad_U.dtype == np.float32 and np.allclose(found.grad_U, alone.grad_U, rtol=1e-3, atol=1e-4)


# The same bits everywhere


@pytest.mark.parametrize("count", [1, 2, 3])
def test_processes_give_the_same_bits(count, folder, tables, alone):
    assert_same_bits(sum_over_shards(folder, *tables, SAMPLING, Processes(count)), alone)
    assert not pool_processes()


def test_dask_gives_the_same_bits(folder, tables, alone, cluster):
    for where in (cluster, cluster.client, cluster.client.cluster, cluster.client.scheduler.address):
        assert_same_bits(sum_over_shards(folder, *tables, SAMPLING, where), alone)


def test_another_order_gives_other_bits(folder, tables, alone):
    back = sum_over_shards(folder, *tables, SAMPLING, numbers=[3, 2, 1, 0])
    assert agrees(back, (alone.pairs, alone.loss, alone.grad_V, alone.grad_U))
    with pytest.raises(AssertionError):
        assert_same_bits(back, alone)


def test_the_order_is_that_of_the_shards_not_of_the_submission(folder, tables):
    class Recorded(Serial):
        count, waiting, most = 3, 0, 0

        def submit(self, *arguments):
            type(self).waiting += 1
            type(self).most = max(self.waiting, self.most)
            future = super().submit(*arguments)
            later = future.result

            def result():
                type(self).waiting -= 1
                return later()

            future.result = result
            return future

    numbers = [2, 0, 3, 1] * 5
    place = Recorded()
    place.publish(*tables)
    found = list(over_shards.in_order(place, shard_sum, str(folder), numbers, SAMPLING))
    expected = [shard_sum(folder, number, *tables, SAMPLING) for number in numbers]
    assert [part.loss for part in found] == [part.loss for part in expected]
    assert Recorded.most == 6


# Workers that die


class DiesOnce(Processes):
    """Workers that kill themselves at shard 2, as long as there are fewer than `times` files in the folder."""

    def submit(self, work, folder, number, how):
        return self.pool.submit(dies, work, folder, number, self.folder.name, how, self.diary, self.times)


def dies(work, folder, number, tables, how, diary, times):
    if number == 2 and len(list(Path(diary).iterdir())) < times:
        (Path(diary) / str(time.time_ns())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return with_mapped_tables(work, folder, number, tables, how)


def dying(diary, times, retries):
    where = DiesOnce(2, retries=retries)
    where.diary, where.times = str(diary), times
    return where


@pytest.mark.parametrize("times", [1, 2])
def test_a_worker_that_dies_changes_nothing(times, folder, tables, alone, tmp_path):
    found = sum_over_shards(folder, *tables, SAMPLING, dying(tmp_path, times, retries=2))
    assert len(list(tmp_path.iterdir())) == times
    assert_same_bits(found, alone)


def test_a_worker_that_always_dies_ends_in_a_clear_error(folder, tables, tmp_path):
    with pytest.raises(WorkersLost, match="died 2 times while they had the shards .*2.*memory"):
        sum_over_shards(folder, *tables, SAMPLING, dying(tmp_path, times=99, retries=1))
    assert len(list(tmp_path.iterdir())) == 2
    assert not pool_processes()


class Lost(Exception):
    pass


class Doomed(Serial):
    """A worker that dies at shard 2, always; the first time before shard 0, which another worker has, is done."""

    count, retries, lost = 2, 1, (Lost,)

    def __init__(self):
        self.starts = 1

    def submit(self, work, folder, number, how):
        future = super().submit(work, folder, number, how)
        return future if number != 2 and (number or self.starts > 1) else SimpleNamespace(result=self._die)

    def _die(self):
        raise Lost

    def restart(self):
        self.starts += 1


def deaths_are_counted_by_shard(f, folder, tables):
    """What another shard has done in between does not help the one that always dies."""
    where = Doomed()
    where.publish(*tables)
    with pytest.raises(WorkersLost, match="died 2 times while they had the shards 2,?.*memory"):
        list(f.in_order(where, shard_sum, str(folder), range(SHARDS), SAMPLING))
    assert where.starts == 2


def test_deaths_are_counted_by_shard(folder, tables):
    deaths_are_counted_by_shard(over_shards, folder, tables)


def test_deaths_that_any_result_forgives_are_noticed(folder, tables):
    forgiving = mutant(over_shards, "losses.pop(waiting.popleft()[0], None)", "losses.clear(), waiting.popleft()")
    with pytest.raises(AssertionError):
        deaths_are_counted_by_shard(SimpleNamespace(in_order=forgiving.in_order), folder, tables)


def test_a_worker_killed_from_outside_changes_nothing(folder, tables, alone):
    killed = []

    def kill(done, total):
        if done == 1:
            killed.append(pool_processes()[0])
            killed[0].kill()

    with Processes(2) as where:
        assert_same_bits(sum_over_shards(folder, *tables, SAMPLING, where, progress=kill), alone)
        assert_same_bits(sum_over_shards(folder, *tables, SAMPLING, where), alone)
    assert len(killed) == 1


def test_a_dask_worker_killed_from_outside_changes_nothing(folder, tables, alone, cluster):
    killed = []

    def kill(done, total):
        if done == 1:
            killed.append(next(iter(cluster.client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    many = [0, 1, 2, 3] * 6
    found = sum_over_shards(folder, *tables, SAMPLING, cluster, numbers=many, progress=kill)
    assert_same_bits(found, sum_over_shards(folder, *tables, SAMPLING, numbers=many))
    assert killed and killed[0] not in cluster.client.run(os.getpid).values()


def test_tables_that_are_lost_with_all_dask_workers_are_sent_again(folder, tables, alone):
    with DaskWorkers(count=1) as where:

        def kill(done, total):
            if done == 1:
                os.kill(next(iter(where.client.run(os.getpid).values())), signal.SIGKILL)

        assert_same_bits(sum_over_shards(folder, *tables, SAMPLING, where, progress=kill), alone)


def test_without_handing_out_again_a_dead_worker_is_noticed(folder, tables, tmp_path):
    forgetful = mutant(over_shards, "todo.extendleft(number for number, _ in reversed(waiting))", "pass")
    where = dying(tmp_path, 1, retries=2)
    with where:
        where.publish(*tables)
        found = list(forgetful.in_order(where, shard_sum, str(folder), range(SHARDS), SAMPLING))
    assert len(found) < SHARDS


# Starting and stopping

SCRIPT = """
import sys, numpy as np
from w2v.parallel.over_shards import sum_over_shards
V = np.ones(({words}, 2))
print(sum_over_shards({folder!r}, V, V, where=sys.argv[1]).pairs)
"""


@pytest.mark.parametrize("where", ["processes", "dask"])
def test_the_command_line_needs_no_guard(where, folder, corpus, alone):
    code = SCRIPT.format(words=len(corpus.vocabulary), folder=str(folder))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, where], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0 and int(done.stdout) > 0 and done.stderr == ""


@pytest.mark.parametrize("where", ["processes", "dask"])
def test_a_script_needs_one_and_is_told(where, folder, corpus, tmp_path):
    bare = SCRIPT.format(words=len(corpus.vocabulary), folder=str(folder))
    lines = bare.strip().splitlines()
    guarded = "\n".join([*lines[:2], 'if __name__ == "__main__":', *("    " + line for line in lines[2:])])
    for name, code, expected in (("bare.py", bare, 1), ("guarded.py", guarded, 0)):
        (tmp_path / name).write_text(code)
        done = subprocess.run([sys.executable, tmp_path / name, where], capture_output=True, text=True, timeout=120)
        assert done.returncode == expected, done.stderr
        assert "below the line" in done.stderr.splitlines()[-1] if expected else done.stderr == ""


ORPHANS = """
import multiprocessing, time
from w2v.parallel.processes import Processes
with Processes(2) as where:
    list(where.pool.map(time.sleep, [0.3] * 4))
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(60)
"""


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_no_worker_outlives_a_main_program_that_is_killed():
    main = subprocess.Popen(
        [sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    pids = [int(pid) for pid in main.stdout.readline().split()]
    assert len(pids) == 2 and all(map(alive, pids))
    main.kill()
    main.wait()
    main.stdout.close()
    deadline = time.monotonic() + 30
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(alive, pids))


def test_the_pool_stays_open_in_a_with_block_and_is_closed_after_it(folder, tables, alone):
    with Processes(2) as where:
        for _ in range(2):
            assert_same_bits(sum_over_shards(folder, *tables, SAMPLING, where), alone)
        children, files = pool_processes(), Path(where.folder.name)
        assert children and files.is_dir()
    assert not pool_processes() and not files.exists() and not where.running


def test_the_cluster_is_open_to_this_machine_only(cluster):
    import psutil

    me = psutil.Process()
    found = [
        c.laddr.ip
        for p in [me, *me.children(recursive=True)]
        for c in p.net_connections("inet")
        if c.status == psutil.CONN_LISTEN
    ]
    assert found and set(found) <= {"127.0.0.1", "::1"}


def test_dask_workers_get_one_thread_and_no_malloc_setting(cluster):
    environment = list(cluster.client.run(lambda: dict(os.environ)).values())
    assert all(variables["OMP_NUM_THREADS"] == "1" for variables in environment)
    assert all("MALLOC_TRIM_THRESHOLD_" not in variables for variables in environment)


def test_a_client_of_the_reader_is_left_open(folder, tables, cluster):
    sum_over_shards(folder, *tables, SAMPLING, cluster.client)
    assert cluster.client.status == "running"


# Clear errors


def test_nobody_at_the_address(folder, tables):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(
        ConnectionError, match=f"where: expected the address of a running Dask scheduler, got '{address}'"
    ):
        sum_over_shards(folder, *tables, SAMPLING, DaskWorkers(address, timeout=2))


def test_a_scheduler_without_workers(folder, tables):
    import distributed

    with distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as empty:
        with pytest.raises(
            WorkersLost, match="expected a cluster with workers, but none came within 0.5 s; .* wait longer"
        ):
            sum_over_shards(folder, *tables, SAMPLING, DaskWorkers(empty.scheduler_address, timeout=0.5))


@pytest.mark.parametrize("where", ["somewhere", 2, None])
def test_where_is_unknown(where, folder, tables):
    with pytest.raises(ValueError, match='where: expected "serial", "threads", "processes", "dask"'):
        sum_over_shards(folder, *tables, SAMPLING, where)


def test_in_a_browser(folder, tables, monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    for where in ("threads", "processes", "dask"):
        with pytest.raises(RuntimeError, match='where: expected "serial", since a browser'):
            sum_over_shards(folder, *tables, SAMPLING, where)


def test_dask_is_not_installed(folder, tables, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match="Dask is not installed"):
        sum_over_shards(folder, *tables, SAMPLING, "dask")


def test_dask_is_not_imported_before_it_is_wanted():
    code = "import sys, w2v.parallel.over_shards; sys.exit('distributed' in sys.modules or 'dask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


@pytest.mark.parametrize(
    "change, error, message",
    [
        (lambda V, U: (V[:-1], U[:-1]), ValueError, "V: expected one row for each of the 7 words"),
        (lambda V, U: (V, U[:, :-1]), ValueError, "V, U: expected one shape"),
        (lambda V, U: (V.astype(int), U), TypeError, "V: expected a float array"),
        (lambda V, U: (V, np.full_like(U, np.nan)), ValueError, "V, U: expected finite numbers"),
    ],
)
def test_wrong_tables(change, error, message, folder, tables):
    with pytest.raises(error, match=message):
        sum_over_shards(folder, *change(*tables), SAMPLING, "processes")


@pytest.mark.parametrize("numbers, error", [([4], IndexError), ([], ValueError), ([0.5], TypeError)])
def test_wrong_numbers(numbers, error, folder, tables):
    with pytest.raises(error, match="numbers: expected"):
        sum_over_shards(folder, *tables, SAMPLING, numbers=numbers)


def test_wrong_sampling():
    for name in ("window", "negatives", "seed", "turn"):
        with pytest.raises(ValueError, match=f"{name}: expected an int"):
            Sampling(**{name: -1})


def test_no_shards(tmp_path, tables):
    with pytest.raises(FileNotFoundError, match="expected a folder of shards"):
        sum_over_shards(tmp_path, *tables)


@pytest.mark.parametrize("where", ["serial", "threads", "processes"])
def test_a_damaged_shard_is_an_error_and_no_dead_worker(where, corpus, tables, tmp_path):
    write_shards(corpus, tmp_path, SHARDS)
    path = tmp_path / "shard-00002.tokens.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\7")
    with pytest.raises(DamagedCorpus, match="shard-00002.*another checksum"):
        sum_over_shards(tmp_path, *tables, SAMPLING, where)


# Steps


def test_a_step_is_the_same_everywhere_and_against_the_gradient(folder, tables, alone, cluster):
    results = []
    with Processes(2) as pool:
        for where in ("serial", Threads(2), pool, cluster):
            V, U = tables.copy()
            losses = [step_over_shards(folder, V, U, 0.5, SAMPLING, where) for _ in range(2)]
            results.append((V, U, losses))
    V, U = tables
    one_V, one_U = tables.copy()
    assert step_over_shards(folder, one_V, one_U, 0.5, SAMPLING) == alone.loss / alone.pairs == results[0][2][0]
    np.testing.assert_allclose(one_V, V - 0.5 * alone.grad_V / alone.pairs, rtol=1e-13)
    np.testing.assert_allclose(one_U, U - 0.5 * alone.grad_U / alone.pairs, rtol=1e-13)
    assert results[0][2][1] < results[0][2][0]
    for other in results[1:]:
        for a, b in zip(results[0], other):
            np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("V -= learning_rate / total.pairs", "V += learning_rate / total.pairs"),
        ("U -= learning_rate / total.pairs", "U -= learning_rate"),
    ],
)
def test_a_slip_in_the_step_is_noticed(right, wrong, folder, tables):
    tested = [tables.copy(), tables.copy()]
    step_over_shards(folder, *tested[0], 0.5, SAMPLING)
    mutant(over_shards, right, wrong).step_over_shards(folder, *tested[1], 0.5, SAMPLING)
    assert not np.allclose(tested[0], tested[1])


def test_a_part_of_the_shards(folder, tables):
    part = sum_over_shards(folder, *tables, SAMPLING, numbers=[1, 3])
    one, three = (shard_sum(folder, number, *tables, SAMPLING) for number in (1, 3))
    one += three
    assert_same_bits(part, one)


def test_progress(folder, tables):
    seen = []
    sum_over_shards(folder, *tables, SAMPLING, progress=lambda *step: seen.append(step))
    assert seen == [(i + 1, SHARDS) for i in range(SHARDS)]


def test_the_measured_tables_can_be_shown():
    text = parallel_table(measured("parallel"))
    assert text.count("\n| ") == 7 and "one process | " in text and "| 1.00\u00a0(1.00\u00a0to\u00a01.00) |" in text
    text = shards_table(measured("shards"))
    assert text.count("\n| ") == 5 and "| one core | " in text and " | 1.00\u00a0(1.00\u00a0to\u00a01.00) | " in text
    text = cores_table(measured("cores"))
    assert "; command `python tests/benchmarks/bench_cores.py --write`. " in text
    assert (
        text.count("\n| ") == 15
        and "| 100 | gensim, lists | 1 | " in text
        and " | 1.00\u00a0(1.00\u00a0to\u00a01.00) |" in text
    )
    text = large_text_table(measured("large_text"))
    assert text.count("\n| ") == 5 and "10.0 GB in " in text and "\n| reading | " in text
    text = scores_table(measured("cbow"))
    assert text.count("\n| ") == 5 and "\n| skip-gram, rate 0.025 | 0." in text and ", +0." in text
