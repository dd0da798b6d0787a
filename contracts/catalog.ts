// The catalogue as shops and pages read it.
import type { Names } from "./basics.ts";

export type Product = {
  product: string;
  tier: string;
  name: Names;
  story: Names;
  alcohol: boolean;
  family: string;
  skus: { sku: string; size: Names; prices: { market: string; currency: string; amountMinor: number }[] }[];
};

export type Store = {
  store: string;
  market: string;
  province: Names;
  city: Names;
  name: Names;
  address: Names;
  lat: number;
  lng: number;
  timeZone: string;
  hours: { open: string; close: string };
};
