"""A file closed with a passphrase: scrypt makes the key, AES-256-GCM closes each piece (library: cryptography).

Layout, so that it can be opened without Terreau: ``MAGIC``, then 1 byte log2(N), 1 byte r, 1 byte p, 16 bytes of salt,
7 bytes of nonce prefix, 16 bytes that tell a wrong passphrase at once; then pieces of 1 MiB, each followed by its 16-byte
tag. scrypt gives 48 bytes: the key (32) and those 16. Nonce of a piece: prefix, its rank on 4 bytes (big endian), 1 for
the last piece else 0. Authenticated beside each piece: the whole header. So a piece moved, changed, left out or cut off shows.
"""

import hmac
import io
import os
from functools import lru_cache
from typing import IO, Any

from terreau.kernel.errors import TerreauError

MAGIC = b"terreau-sealed-1\n"
PIECE, TAG = 1 << 20, 16
COST, BLOCK, LANES = 17, 8, 1  # 128 MiB of memory and a third of a second for each passphrase tried
HEADER = len(MAGIC) + 3 + 16 + 7 + 16


def is_sealed(file: IO[bytes]) -> bool:
    """True when this file was closed with a passphrase."""
    file.seek(0)
    start = file.read(len(MAGIC))
    file.seek(0)
    return start == MAGIC


class SealedWriter(io.RawIOBase):
    """Writes through to ``file``, closed piece by piece; ``finish`` writes the last one."""

    def __init__(self, file: IO[bytes], passphrase: str, *, cost: int = COST) -> None:
        self._file, self._waiting, self._rank, self._told = file, bytearray(), 0, 0
        salt, self._prefix = os.urandom(16), os.urandom(7)
        head = MAGIC + bytes((cost, BLOCK, LANES)) + salt + self._prefix
        self._box, proof = _box(passphrase, salt, cost, BLOCK, LANES)
        self._head = head + proof
        file.write(self._head)

    def writable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Clear bytes written so far."""
        return self._told

    def write(self, data: Any) -> int:
        """Take clear bytes; whole pieces leave at once, save one, which may be the last."""
        self._waiting += data
        self._told += len(data)
        while len(self._waiting) > PIECE:
            self._close_piece(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Write the last piece."""
        self._close_piece(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _close_piece(self, clear: bytes, *, last: bool) -> None:
        self._file.write(self._box.encrypt(_nonce(self._prefix, self._rank, last), clear, self._head))
        self._rank += 1


class SealedReader(io.RawIOBase):
    """Reads a sealed file as if it were clear, at any place; only authenticated bytes come out.

    Raises app.passphrase_needed, app.passphrase_wrong or app.archive_altered.
    """

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        self._file, self._at = file, 0
        total = file.seek(0, os.SEEK_END)
        file.seek(0)
        self._head = file.read(HEADER)
        if len(self._head) < HEADER or total < HEADER + TAG or not self._head.startswith(MAGIC):
            raise TerreauError("app.archive_altered", what="…")
        start = len(MAGIC)
        cost, block, lanes = self._head[start : start + 3]
        if not (10 <= cost <= 20 and 1 <= block <= 16 and 1 <= lanes <= 4):
            raise TerreauError("app.archive_altered", what="…")
        salt, self._prefix = self._head[start + 3 : start + 19], self._head[start + 19 : start + 26]
        self._box, proof = _box(passphrase, salt, cost, block, lanes)
        if not hmac.compare_digest(proof, self._head[start + 26 :]):
            raise TerreauError("app.passphrase_wrong")
        body = total - HEADER
        self._pieces = -(-body // (PIECE + TAG))
        self._size = body - self._pieces * TAG
        self._piece = lru_cache(maxsize=4)(self._open_piece)
        self._piece(self._pieces - 1)  # a file cut short shows here

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Place among the clear bytes."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place among the clear bytes."""
        self._at = max(0, {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence] + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Clear bytes of one piece at most."""
        if self._at >= self._size:
            return 0
        rank, inside = divmod(self._at, PIECE)
        data = self._piece(rank)[inside : inside + len(buffer)]
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def _open_piece(self, rank: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        self._file.seek(HEADER + rank * (PIECE + TAG))
        nonce = _nonce(self._prefix, rank, rank == self._pieces - 1)
        try:
            return bytes(self._box.decrypt(nonce, self._file.read(PIECE + TAG), self._head))
        except InvalidTag:
            raise TerreauError("app.archive_altered", what=f"{rank + 1}/{self._pieces}") from None


def _nonce(prefix: bytes, rank: int, last: bool) -> bytes:
    return prefix + rank.to_bytes(4, "big") + bytes((last,))


def _box(passphrase: str, salt: bytes, cost: int, block: int, lanes: int) -> tuple[Any, bytes]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    made = Scrypt(salt=salt, length=48, n=1 << cost, r=block, p=lanes).derive(passphrase.encode())
    return AESGCM(made[:32]), made[32:]
