// What one form of a product is called where it stands alone: with its size, date or seat.
import { formName } from "../shared/options.ts";
import { productName, skus } from "./shelf.ts";

export function nameOfForm(sku: string): string {
  const known = skus.value.get(sku);
  return known ? formName(known.product, sku) : productName(sku);
}
