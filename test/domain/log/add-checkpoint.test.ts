// Requests to a witness: a text that is read exactly or not at all.
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../domain/bytes.ts";
import { addCheckpointText, parseAddCheckpoint } from "../../../domain/log/add-checkpoint.ts";
import { leafHash } from "../../../domain/merkle.ts";

describe("a request to a witness", () => {
  const request = {
    old: 3,
    path: [leafHash(utf8("a")), leafHash(utf8("b"))],
    checkpoint: "shop.example\n7\nAAAA\n\n— shop.example AAAAAAA=\n",
  };
  const text = addCheckpointText(request);

  it("is read as it is written, with or without a path", () => {
    expect(parseAddCheckpoint(text)).toEqual(request);
    expect(parseAddCheckpoint(addCheckpointText({ ...request, old: 0, path: [] }))).toEqual({ ...request, old: 0, path: [] });
    expect(text.startsWith("old 3\n")).toBe(true);
  });

  it.each([
    ["no old size", text.replace("old 3\n", "")],
    ["an old size with a leading zero", text.replace("old 3", "old 03")],
    ["a negative old size", text.replace("old 3", "old -3")],
    ["two spaces", text.replace("old 3", "old  3")],
    ["a hash that is not base64", text.replace("old 3\n", "old 3\n????\n")],
    ["64 hashes", addCheckpointText({ ...request, path: Array.from({ length: 64 }, () => leafHash(utf8("x"))) })],
    ["no checkpoint", "old 3\n"],
    ["nothing", ""],
  ])("with %s is refused", (_, bad) => {
    expect(() => parseAddCheckpoint(bad)).toThrow(RangeError);
  });
});
