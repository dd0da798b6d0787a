// A binary heap: the item with the smallest key first.

export class Heap<Item> {
  readonly #items: Item[] = [];
  readonly #keyOf: (item: Item) => number;

  constructor(keyOf: (item: Item) => number) {
    this.#keyOf = keyOf;
  }

  peek(): Item | undefined {
    return this.#items[0];
  }

  push(item: Item): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#keyOf(items[above] as Item) <= this.#keyOf(item)) break;
      items[at] = items[above] as Item;
      at = above;
    }
    items[at] = item;
  }

  pop(): Item | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= items.length) break;
      if (below + 1 < items.length && this.#keyOf(items[below + 1] as Item) < this.#keyOf(items[below] as Item)) below++;
      if (this.#keyOf(items[below] as Item) >= this.#keyOf(last)) break;
      items[at] = items[below] as Item;
      at = below;
    }
    items[at] = last;
    return top;
  }
}
