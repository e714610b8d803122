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
_OURS = np.uint64(0x01010008)  # that it has no key and eight bytes
_8, _10, _32, _24, _16, _63, _40, _48, _1 = (np.uint64(n) for n in (8, 10, 32, 24, 16, 63, 40, 48, 1))
_BAR, _NOUGHT = 124, 48  # as letters


@always_compiled
def mixed(a: Word, b: Word, c: Word, d: Word, x: Word, y: Word) -> tuple[Word, Word, Word, Word]:
    """Four words with two of the message mixed into them."""
    a = a + b + x
    d ^= a
    d = (d >> _32) | (d << _32)
    c = c + d
    b ^= c
    b = (b >> _24) | (b << _40)
    a = a + b + y
    d ^= a
    d = (d >> _16) | (d << _48)
    c = c + d
    b ^= c
    b = (b >> _63) | (b << _1)
    return a, b, c, d


@always_compiled
def digest(words: Starts, n: int, first: Starts, order: Starts) -> Word:
    """The first eight bytes of what `n` bytes come to; `words` are theirs, with zeros behind."""
    h = first.copy()
    h[0] ^= _OURS
    last = max(n - 1, 0) // _BYTES
    for block in range(last + 1):
        m = words[block * _WORDS : (block + 1) * _WORDS]
        a0, a1, a2, a3, b0, b1, b2, b3 = h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]
        c0, c1, c2, c3 = first[0], first[1], first[2], first[3]
        d0, d1, d2, d3 = first[4], first[5], first[6], first[7]
        d0 ^= np.uint64(min(n, (block + 1) * _BYTES))
        if block == last:
            d2 = ~d2
        for turn in range(0, len(order), _WORDS):
            o = order[turn : turn + _WORDS]
            a0, b0, c0, d0 = mixed(a0, b0, c0, d0, m[o[0]], m[o[1]])
            a1, b1, c1, d1 = mixed(a1, b1, c1, d1, m[o[2]], m[o[3]])
            a2, b2, c2, d2 = mixed(a2, b2, c2, d2, m[o[4]], m[o[5]])
            a3, b3, c3, d3 = mixed(a3, b3, c3, d3, m[o[6]], m[o[7]])
            a0, b1, c2, d3 = mixed(a0, b1, c2, d3, m[o[8]], m[o[9]])
            a1, b2, c3, d0 = mixed(a1, b2, c3, d0, m[o[10]], m[o[11]])
            a2, b3, c0, d1 = mixed(a2, b3, c0, d1, m[o[12]], m[o[13]])
            a3, b0, c1, d2 = mixed(a3, b0, c1, d2, m[o[14]], m[o[15]])
        h[0], h[1], h[2], h[3] = h[0] ^ a0 ^ c0, h[1] ^ a1 ^ c1, h[2] ^ a2 ^ c2, h[3] ^ a3 ^ c3
        h[4], h[5], h[6], h[7] = h[4] ^ b0 ^ d0, h[5] ^ b1 ^ d1, h[6] ^ b2 ^ d2, h[7] ^ b3 ^ d3
    return h[0]


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
    while power > np.uint64(0):
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
