// Byte strings: hex, big-endian integers, joining and comparing. Everything in the draw format is built from these.

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const HEX_VALUE = new Int8Array(128).fill(-1);
for (let value = 0; value < 16; value++) HEX_VALUE[value.toString(16).charCodeAt(0)] = value;

export function hex(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at++) text += HEX[bytes[at] as number];
  return text;
}

/** Lower-case hex to bytes; throws a RangeError on anything else, so that one value has one spelling. */
export function unhex(text: string): Bytes {
  if (text.length % 2 !== 0) throw new RangeError("not lower-case hex");
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) {
    const high = HEX_VALUE[text.charCodeAt(2 * at)] ?? -1;
    const low = HEX_VALUE[text.charCodeAt(2 * at + 1)] ?? -1;
    if (high < 0 || low < 0) throw new RangeError("not lower-case hex");
    bytes[at] = high * 16 + low;
  }
  return bytes;
}

export const join = (...parts: Uint8Array[]): Bytes => concat(parts);

/** The same for a list that may be long: a hundred thousand arguments do not fit on the stack. */
export function concat(parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const u8 = (value: number): Bytes => Uint8Array.of(value);

export function u16(value: number): Bytes {
  return Uint8Array.of(value >>> 8, value);
}

export function u32(value: number): Bytes {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** Whole numbers up to 2^53-1: the high word by division, because shifts are 32 bits wide. */
export function u64(value: number): Bytes {
  const bytes = new Uint8Array(8);
  writeU64(bytes, 0, value);
  return bytes;
}

export const readU32 = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)) >>>
  0;

export function writeU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

export function writeU64(bytes: Uint8Array, at: number, value: number): void {
  writeU32(bytes, at, Math.floor(value / 0x1_0000_0000));
  writeU32(bytes, at + 4, value % 0x1_0000_0000);
}

/** Order of byte strings, shorter first where one begins the other. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = (a[at] as number) - (b[at] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && compare(a, b) === 0;

/** What can be wrong with the form of a file. */
export type Flaw = "truncated" | "too-long" | "wrong-form" | "foreign" | "misplaced" | "not-ascending";

/** Bytes that are not of the form that they should be, and in which way: readers of files throw it. */
export class Malformed extends RangeError {
  readonly flaw: Flaw;

  constructor(flaw: Flaw, message: string) {
    super(message);
    this.flaw = flaw;
  }
}

/** Reads a byte string front to back; throws Malformed past its end or when bytes are left over. */
export class Reader {
  readonly #bytes: Bytes;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes as Bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number): Bytes {
    if (length > this.left) throw new Malformed("truncated", "bytes end too early");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  u8(): number {
    return this.take(1)[0] as number;
  }

  u16(): number {
    const [high, low] = this.take(2) as unknown as [number, number];
    return high * 256 + low;
  }

  u32(): number {
    return this.u16() * 0x1_0000 + this.u16();
  }

  u64(): number {
    const value = this.u32() * 0x1_0000_0000 + this.u32();
    if (!Number.isSafeInteger(value)) throw new Malformed("wrong-form", "a number above 2^53-1");
    return value;
  }

  expect(bytes: Uint8Array, flaw: Flaw = "wrong-form"): void {
    if (!same(this.take(bytes.length), bytes)) throw new Malformed(flaw, "unexpected header");
  }

  end(): void {
    if (this.left !== 0) throw new Malformed("too-long", "bytes are left over");
  }
}

const B64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const B64URL_VALUE = new Int8Array(128).fill(-1);
for (let at = 0; at < 64; at++) B64URL_VALUE[B64URL.charCodeAt(at)] = at;

/** Base64url without padding (RFC 4648, section 5). */
export function b64url(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const word = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += B64URL.charAt(word >> 18) + B64URL.charAt((word >> 12) & 63);
    if (left > 1) text += B64URL.charAt((word >> 6) & 63);
    if (left > 2) text += B64URL.charAt(word & 63);
  }
  return text;
}

/** Base64url to bytes, or undefined: one byte string has one spelling, so unused bits must be zero. */
export function unb64url(text: string): Bytes | undefined {
  const tail = text.length % 4;
  if (tail === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let to = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const value = code < 128 ? (B64URL_VALUE[code] as number) : -1;
    if (value < 0) return undefined;
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[to++] = (word >> bits) & 255;
    }
  }
  return (word & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}
