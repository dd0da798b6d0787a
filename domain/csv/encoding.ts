// The text of an uploaded file: UTF-8 with or without a byte order mark, and nothing else. Another encoding is refused by its name, because
// a guess that is wrong once in a thousand files writes nonsense into a thousand rows.
import { type Outcome, ok, refuse } from "../outcome.ts";

export type OtherEncoding = "UTF-16" | "UTF-32" | "GB18030 or GBK" | "unknown";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

export function textOfFile(bytes: Uint8Array): Outcome<string, OtherEncoding> {
  const wide = wideEncoding(bytes);
  if (wide) return refuse(wide);
  try {
    return ok(utf8.decode(bytes));
  } catch {
    return refuse(looksChinese(bytes) ? "GB18030 or GBK" : "unknown");
  }
}

/** By the byte order mark, or by zero bytes, which no text file of single bytes holds. */
function wideEncoding(bytes: Uint8Array): OtherEncoding | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) return "UTF-32";
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return "UTF-16";
  return bytes.subarray(0, 1024).includes(0) ? "UTF-16" : undefined;
}

/**
 * GB18030: bytes above 0x80 come in pairs, or in fours with digits between. Western single-byte text may happen to fit that form; in Chinese
 * most second bytes lie above 0xA0 too, because the common characters stand there.
 */
function looksChinese(bytes: Uint8Array): boolean {
  let [pairs, common] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    const second = bytes[++at] ?? 0;
    if (lead === 0x80 || lead === 0xff) return false;
    if (second >= 0x30 && second <= 0x39) {
      const [third, fourth] = [bytes[++at] ?? 0, bytes[++at] ?? 0];
      if (third < 0x81 || third > 0xfe || fourth < 0x30 || fourth > 0x39) return false;
      continue;
    }
    if (second < 0x40 || second === 0x7f || second === 0xff) return false;
    pairs++;
    if (second > 0xa0) common++;
  }
  return common * 2 > pairs;
}
