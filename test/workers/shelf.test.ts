// What an isolate keeps of files that never change: a number of bytes, the least recently used goes first, what is not there is asked for again.
import { expect, it } from "vitest";
import { Shelf } from "../../workers/edge/shelf.ts";

const sizeOf = (value: string) => value.length;

it("makes a value once, and keeps as many bytes as it may, dropping what was used longest ago", async () => {
  const shelf = new Shelf<string>(10);
  const made: string[] = [];
  const take = (key: string, size = 4) =>
    shelf.take(
      key,
      async () => {
        made.push(key);
        return key.repeat(size);
      },
      sizeOf,
    );
  await take("a");
  await take("b");
  await take("a");
  await take("c");
  expect(await take("a")).toBe("aaaa");
  await take("b");
  expect(made).toEqual(["a", "b", "c", "b"]);
});

it("keeps a value that is larger than the shelf alone, and gives it back", async () => {
  const shelf = new Shelf<string>(3);
  expect(await shelf.take("large", async () => "12345", sizeOf)).toBe("12345");
  expect(await shelf.take("large", async () => "other", sizeOf)).toBe("12345");
});

it("asks again for what was not there", async () => {
  const shelf = new Shelf<string>(10);
  expect(await shelf.take("later", async (): Promise<string | undefined> => undefined, sizeOf)).toBeUndefined();
  expect(await shelf.take("later", async () => "now", sizeOf)).toBe("now");
});

it("two who come at once both get the value, and it counts once", async () => {
  const shelf = new Shelf<string>(4);
  const both = await Promise.all([1, 2].map(() => shelf.take("x", async () => "xx", sizeOf)));
  expect(both).toEqual(["xx", "xx"]);
  await shelf.take("y", async () => "yy", sizeOf);
  expect(await shelf.take("x", async () => "again", sizeOf)).toBe("xx");
});
