// SHA-256 (FIPS 180-4) for the short messages that trees and scores are made of: no object per hash, no copy of the message. On messages of
// 48 to 98 bytes it takes about half the time of @noble/hashes, which a draw, an audit and a phone spend most of their time in.
import type { Bytes } from "./bytes.ts";

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes, and of the square roots of the first 8. */
const K = Int32Array.of(
  ...[0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5],
  ...[0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174],
  ...[0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da],
  ...[0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967],
  ...[0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85],
  ...[0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070],
  ...[0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3],
  ...[0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2],
);
const START = Int32Array.of(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);

const BLOCK = 64;
/** Working memory, filled anew by every hash: nothing of a message outlives the call but what the next one overwrites. */
const words = new Int32Array(64);
const state = new Int32Array(8);
const tail = new Uint8Array(2 * BLOCK);

/** The 64 words of the block that begins at `at`. */
function schedule(bytes: Uint8Array, at: number): void {
  for (let word = 0; word < 16; word++) {
    const from = at + 4 * word;
    words[word] =
      ((bytes[from] as number) << 24) |
      ((bytes[from + 1] as number) << 16) |
      ((bytes[from + 2] as number) << 8) |
      (bytes[from + 3] as number);
  }
  for (let word = 16; word < 64; word++) {
    const x = words[word - 15] as number;
    const y = words[word - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[word] = (words[word - 16] as number) + s0 + (words[word - 7] as number) + s1;
  }
}

function compress(bytes: Uint8Array, at: number): void {
  schedule(bytes, at);
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let round = 0; round < 64; round++) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t1 = (h + S1 + (g ^ (e & (f ^ g))) + (K[round] as number) + (words[round] as number)) | 0;
    const t2 = (S0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  // Int32Array keeps the low 32 bits.
  (state[0] as number) += a;
  (state[1] as number) += b;
  (state[2] as number) += c;
  (state[3] as number) += d;
  (state[4] as number) += e;
  (state[5] as number) += f;
  (state[6] as number) += g;
  (state[7] as number) += h;
}

/** The rest of the message, 0x80, zeros, and the length in bits as a 64-bit number: one block or two. */
function finish(bytes: Uint8Array, from: number): void {
  const left = bytes.length - from;
  const end = left < BLOCK - 8 ? BLOCK : 2 * BLOCK;
  for (let at = 0; at < left; at++) tail[at] = bytes[from + at] as number;
  tail[left] = 0x80;
  tail.fill(0, left + 1, end - 8);
  const high = Math.floor(bytes.length / 0x2000_0000);
  const low = bytes.length << 3;
  for (let at = 0; at < 4; at++) {
    tail[end - 8 + at] = high >>> (24 - 8 * at);
    tail[end - 4 + at] = low >>> (24 - 8 * at);
  }
  compress(tail, 0);
  if (end > BLOCK) compress(tail, BLOCK);
}

export function sha256(bytes: Uint8Array): Bytes {
  state.set(START);
  let at = 0;
  for (; at + BLOCK <= bytes.length; at += BLOCK) compress(bytes, at);
  finish(bytes, at);
  const digest = new Uint8Array(32);
  for (let byte = 0; byte < 32; byte++) digest[byte] = (state[byte >> 2] as number) >>> (24 - 8 * (byte & 3));
  return digest;
}
