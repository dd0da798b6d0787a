// A small catalogue in D1 for tests of the edge: two products and a handful of stores, in one market.
import { env } from "cloudflare:workers";

const BRAND = "fairpour";

export const STORES = ["north", "south", "west"];

/** Products `wine` (with alcohol) and `plush`, priced in CN, and the stores named. What is there already stays. */
export async function seedGoods(stores = STORES): Promise<void> {
  const product = env.DB.prepare(
    "INSERT OR IGNORE INTO products (brand, product, tier, family, alcohol, name, story) VALUES (?, ?, 't', ?, ?, '{}', '{}')",
  );
  const sku = env.DB.prepare("INSERT OR IGNORE INTO skus (brand, sku, product) VALUES (?, ?, ?)");
  const price = env.DB.prepare(
    "INSERT OR IGNORE INTO prices (brand, sku, market, currency, amount_minor) VALUES (?, ?, 'CN', 'CNY', 100)",
  );
  const store = env.DB.prepare(
    "INSERT OR IGNORE INTO stores (brand, store, market, province, city, name, address, lat, lng, time_zone, hours) VALUES (?, ?, 'CN', '{}', '{}', '{}', '{}', 0, 0, 'Asia/Shanghai', '{}')",
  );
  await env.DB.batch([
    ...["wine", "plush"].flatMap((name) => [
      product.bind(BRAND, name, name, name === "wine" ? 1 : 0),
      sku.bind(BRAND, name, name),
      price.bind(BRAND, name),
    ]),
    ...stores.map((name) => store.bind(BRAND, name)),
  ]);
}
