// Full-text search over the catalogue, best first. It knows unreleased products too: whoever answers the public takes only what is public.
import type { Records } from "./database.ts";

const FOUND_MAX = 200;

/** Ids of the products that hold all of what `ftsQuery` made of a person's words. A name's words count as much as a story's pairs. */
export async function searchProducts({ brand, d1 }: Records, query: string): Promise<string[]> {
  const { results } = await d1
    .prepare("SELECT product FROM product_texts WHERE product_texts MATCH ?2 AND brand = ?1 ORDER BY rank, product LIMIT ?3")
    .bind(brand, query, FOUND_MAX)
    .all<{ product: string }>();
  return results.map(({ product }) => product);
}
