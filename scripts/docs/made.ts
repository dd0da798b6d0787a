// Parts of a page that are made from code: what stands between their marks.

export type Made = { [name: string]: () => string };

/** The page with every made part as it has to be. Throws where it asks for a part that nobody makes. */
export function withMade(page: string, parts: Made): string {
  return page.replace(/<!-- made: (\w+) -->[\s\S]*?<!-- end -->/g, (_, name: string) => {
    const make = parts[name];
    if (!make) throw new Error(`the page asks for "${name}", which nobody makes`);
    return `<!-- made: ${name} -->\n\n${make()}\n\n<!-- end -->`;
  });
}
