"""Where the sequences of random numbers begin: BLAKE2b of who asks for what when, as `sim.randomness` says.

It is `hashlib.blake2b(text, digest_size=8)` (RFC 7693), compiled, because a run asks for thousands of them.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from sim.arrays import Ints, Starts
from sim.rules.rule import always_compiled

Word: TypeAlias = np.uint64

FIRST: Starts = np.array(
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ],
    dtype=np.uint64,
)  # fmt: skip
"""What every digest begins with."""

ORDER: Starts = np.array([int(digit, 16) for digit in (
    "0123456789abcdef" "ea489fd61c02b753" "b8c052fdae367194" "7931dcbe265a40f8" "905724afe1bc683d" "2c6a0b834d75fe19"
    "c51fed4a0763928b" "db7ec13950f4862a" "6fe9b308c2d714a5" "a2847615fb9e3cd0" "0123456789abcdef" "ea489fd61c02b753"
)], dtype=np.uint64)  # fmt: skip
"""Which word is mixed in when, in twelve rounds of sixteen."""

_WORDS, _BYTES = 16, 128  # of a block
_SIDE = 4  # of the square that words are mixed into
_COUNT, _ENDS = 12, 14  # words of the square with the count of bytes, and with whether the block is the last
_OURS = np.uint64(0x01010008)  # that it has no key and eight bytes
_0, _1, _8, _10, _16, _24, _32, _63, _64 = (np.uint64(n) for n in (0, 1, 8, 10, 16, 24, 32, 63, 64))
_BAR, _NOUGHT = 124, 48  # as letters


@always_compiled
def digest(words: Starts, n: int, first: Starts, order: Starts) -> Word:
    """The first eight bytes of what `n` bytes come to; `words` are theirs, with zeros behind.

    Twelve times the words of a block are mixed into the columns of a square of four by four, and into its diagonals.
    """
    h, v = first.copy(), np.empty(_WORDS, dtype=np.uint64)
    h[0] ^= _OURS
    last = max(n - 1, 0) // _BYTES
    for block in range(last + 1):
        for i in range(len(h)):
            v[i], v[len(h) + i] = h[i], first[i]
        v[_COUNT] ^= np.uint64(min(n, (block + 1) * _BYTES))
        if block == last:
            v[_ENDS] = ~v[_ENDS]
        m = words[block * _WORDS : (block + 1) * _WORDS]
        for step in range(len(order) // 2):
            column, turned = step % _SIDE, step // _SIDE % 2
            a, b = column, _SIDE + (column + turned) % _SIDE
            c, d = 2 * _SIDE + (column + 2 * turned) % _SIDE, 3 * _SIDE + (column + 3 * turned) % _SIDE
            one, two, three, four = v[a], v[b], v[c], v[d]
            one += two + m[order[2 * step]]
            four = turned_right(four ^ one, _32)
            three += four
            two = turned_right(two ^ three, _24)
            one += two + m[order[2 * step + 1]]
            four = turned_right(four ^ one, _16)
            three += four
            two = turned_right(two ^ three, _63)
            v[a], v[b], v[c], v[d] = one, two, three, four
        for i in range(len(h)):
            h[i] ^= v[i] ^ v[len(h) + i]
    return np.uint64(h[0])


@always_compiled
def turned_right(word: Word, by: Word) -> Word:
    """A word's bits moved to the right; what falls out comes in from the left."""
    return (word >> by) | (word << (_64 - by))


@always_compiled
def put(words: Starts, n: int, letter: int | np.int64) -> int:
    """Write a letter behind `n` others; how many there are then."""
    words[n // 8] |= np.uint64(letter) << (np.uint64(n) % _8 * _8)
    return n + 1


@always_compiled
def put_number(words: Starts, n: int, number: Word | int) -> int:
    """Write a whole number, not below 0, behind `n` letters in decimal digits; how many letters there are then."""
    rest = np.uint64(number)
    power = _1
    while rest // power >= _10:
        power *= _10
    while power > _0:
        n = put(words, n, _NOUGHT + np.int64(rest // power))
        rest, power = rest % power, power // _10
    return n


@always_compiled
def begin(
    letters: Ints, ends: Ints, per: Ints, key: Ints, when: int, first: Starts, order: Starts, starts: Starts
) -> None:
    """Fills in where the sequences of decisions begin: the digest of "key|decision|when"; where each identity has several
    numbers, of "that|0", "that|1" and so on.

    Parameters
    ----------
    letters, ends : arrays of int
        The decisions' names, one after another, and where each ends.
    per : array of int, shape (decisions,)
        Numbers for each identity; 0: one.
    key : array of int
        The letters of the key, its bar with them.
    first, order : arrays
        `FIRST` and `ORDER`: compiled code has no tables of its own.
    """
    longest = len(letters) + len(key) + _BYTES
    words = np.zeros((longest // _BYTES + 1) * _WORDS, dtype=np.uint64)
    begins, filled = 0, 0
    for k in range(len(ends)):
        words[:] = 0
        n = 0
        for i in range(len(key)):
            n = put(words, n, key[i])
        for i in range(begins, ends[k]):
            n = put(words, n, letters[i])
        n = put(words, n, _BAR)
        n = put_number(words, n, when)
        begins = ends[k]
        start = digest(words, n, first, order)
        if per[k] == 0:
            starts[filled] = start
            filled += 1
        for column in range(per[k]):
            words[:] = 0
            n = put_number(words, 0, start)
            n = put(words, n, _BAR)
            n = put_number(words, n, column)
            starts[filled] = digest(words, n, first, order)
            filled += 1
