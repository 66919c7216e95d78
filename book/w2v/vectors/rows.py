"""The rows of a vector file, text or binary: each read, judged, and refused with its place if it is wrong."""

import numpy as np

LONGEST_LINE = 1 << 22  # bytes; nothing longer is a word or a line of a vector file
LONGEST_WORD = 1 << 12  # bytes


def is_word(word):
    """Whether a file can hold `word`: a string that UTF-8 can write, not empty, without ASCII white space."""
    return isinstance(word, str) and word.encode("utf-8", "ignore").split() == [word.encode("utf-8", "surrogatepass")]


def read_text(path, file, count, size, limit=None, errors="strict"):
    """(words, vectors) of `count` lines `word x_1 ... x_size`, all lines if it is None, and nothing after them; ValueError with the line.

    At most `limit` of them are read. A last line may be blank. `errors` says what becomes of bytes that are not UTF-8.
    """
    table = _Table(path, size, errors)
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1 if count is None else 2):
        place = f"line {number}"
        if len(table.places) == limit or (not line.strip() and not file.read(1)):
            break
        fields = line.rstrip(b"\r\n").rstrip(b" ").split(b" ")
        if len(table.places) == count:
            raise ValueError(
                f"{path}, {place}: expected the end after {count} words, as line 1 says, got {shown(line)}"
            )
        if len(fields) != size + 1:
            hint = "; a word must not have a space in it" if len(fields) > size + 1 else ""
            raise ValueError(
                f"{path}, {place}: expected a word and {size} numbers, got {len(fields) - 1} fields after the first{hint}"
            )
        table.add(fields[0], _floats(path, place, fields[1:]), place)
    return table.finished(file, count, limit)


def _floats(path, place, fields):
    try:
        with np.errstate(over="ignore"):
            return np.array(fields, dtype=float).astype(np.float32)
    except ValueError:
        wrong = next(field for field in fields if not _is_number(field))
        raise ValueError(f"{path}, {place}: expected numbers, got {shown(wrong)}") from None


def _is_number(field):
    try:
        float(field)
    except ValueError:
        return False
    return True


def read_binary(path, file, count, size, limit=None, errors="strict"):
    """(words, vectors) of `count` words, each with a space and `size` float32 after it; ValueError with the byte."""
    table = _Table(path, size, errors)
    for _ in range(count if limit is None else min(count, limit)):
        place = f"byte {file.tell()}"
        word = _next_word(path, file)
        if word is None:
            break
        numbers = file.read(4 * size)
        if len(numbers) < 4 * size:
            raise ValueError(
                f"{path}, byte {file.tell()}: expected {size} numbers of 4 bytes for {shown(word)}, got the end after {len(numbers)} bytes"
            )
        table.add(word, np.frombuffer(numbers, "<f4"), place)
    if limit is None and (rest := file.read(2).strip(b"\n")):
        raise ValueError(
            f"{path}, byte {file.tell() - len(rest)}: expected the end after {count} words, as line 1 says, got more"
        )
    return table.finished(file, count, limit)


def _next_word(path, file):
    """The bytes up to the next space, without the line feed of the word before; None at the end of the file."""
    place, word = file.tell(), bytearray()
    while (letter := file.read(1)) != b" ":
        if letter == b"" and not word.strip(b"\n"):
            return None
        if letter == b"" or len(word) > LONGEST_WORD:
            raise ValueError(f"{path}, byte {place}: expected a word and a space, got {shown(bytes(word))}")
        word += letter
    return bytes(word).removeprefix(b"\n")


class _Table:
    """The words and numbers read so far; memory grows with what the file holds, not with what its header claims."""

    def __init__(self, path, size, errors):
        self.path, self.size, self.errors, self.places, self.numbers = path, size, errors, {}, bytearray()

    def add(self, word, numbers, place):
        """Takes in a word, as bytes, and its numbers; ValueError with the place if either is wrong."""
        try:
            word = word.decode("utf-8", self.errors)
        except UnicodeDecodeError as error:
            raise ValueError(
                f"{self.path}, {place}: expected a word in UTF-8, got {shown(word)} ({error.reason}); "
                'unicode_errors="replace" reads it all the same'
            ) from None
        if not is_word(word):
            raise ValueError(f"{self.path}, {place}: expected a word without white space, got {word!r}")
        if word in self.places:
            raise ValueError(
                f"{self.path}, {place}: expected every word once, got {word!r} again, after {self.places[word]}"
            )
        if not np.isfinite(numbers).all():
            wrong = int(np.argmin(np.isfinite(numbers)))
            raise ValueError(
                f"{self.path}, {place}: expected finite numbers, got {numbers[wrong]} as number {wrong + 1} of {word!r}"
            )
        self.places[word] = place
        self.numbers += numbers.astype(np.float32).tobytes()

    def finished(self, file, count, limit):
        """(words, vectors), if there are `count` of them or `limit`, whichever is less."""
        found = len(self.places)
        if count is not None and found != (count if limit is None else min(count, limit)):
            raise ValueError(
                f"{self.path}, byte {file.tell()}: expected {count} words, as line 1 says, got the end after {found}"
            )
        return tuple(self.places), np.frombuffer(self.numbers, np.float32).reshape(found, self.size)


def shown(content):
    """The beginning of some bytes, readable."""
    return repr(content[:40].decode("utf-8", "backslashreplace"))
