// Words for full-text search. Chinese, Japanese and Korean are cut into pairs of neighbouring characters, because they are written without
// spaces, or with endings: 贵州茅台酒 is found by 茅台 as well as by 贵州茅台. Everything else is left to SQLite, which cuts at spaces.

const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Hangul}]/u;
const RUNS = /[\p{L}\p{N}\p{M}ー々]+/gu;

/** Full and half width, capitals and composed letters are one and the same for who searches. */
const folded = (text: string): string => text.normalize("NFKC").toLowerCase();

/** The text in stretches of one kind: "茅台1935" is 茅台 and 1935. */
function stretches(text: string): { text: string; unspaced: boolean }[] {
  const found: { text: string; unspaced: boolean }[] = [];
  for (const [run] of folded(text).matchAll(RUNS)) {
    let last: { text: string; unspaced: boolean } | undefined;
    for (const letter of run) {
      const unspaced = UNSPACED.test(letter);
      if (last?.unspaced === unspaced) last.text += letter;
      else {
        last = { text: letter, unspaced };
        found.push(last);
      }
    }
  }
  return found;
}

/** 门店取货 -> 门店 店取 取货 货. The last character stands alone: each character begins something, and no row of pairs reaches into the next text. */
const pairsOf = (text: string): string[] => {
  const letters = [...text];
  return letters.map((letter, at) => letter + (letters[at + 1] ?? ""));
};

/** What the index holds of these texts: one column for SQLite to cut at spaces, one of pairs. */
export function indexed(texts: readonly string[]): { words: string; pairs: string } {
  const all = texts.map(stretches);
  const join = (unspaced: boolean, cut: (text: string) => string[]) =>
    all
      .map((parts) =>
        parts
          .filter((part) => part.unspaced === unspaced)
          .flatMap(({ text }) => cut(text))
          .join(" "),
      )
      .filter(Boolean)
      .join(" ");
  return { words: join(false, (text) => [text]), pairs: join(true, pairsOf) };
}

/** What a person typed as an FTS5 expression: all of it has to be there. Only letters and digits get in, quoted. Undefined if there are none. */
export function ftsQuery(typed: string): string | undefined {
  const terms = stretches(typed).map(({ text, unspaced }) => {
    if (!unspaced) return `words : "${text}" *`;
    const pairs = pairsOf(text);
    // One character: whatever begins with it. More: their pairs in a row, which is the text itself; the last one then stands inside the pair before.
    return pairs.length === 1 ? `pairs : "${text}" *` : `pairs : "${pairs.slice(0, -1).join(" ")}"`;
  });
  return terms.length > 0 ? terms.join(" AND ") : undefined;
}
