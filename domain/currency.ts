// ISO 4217: how many digits of an amount are minor units. Only currencies of our markets.

const EXPONENT = {
  AED: 2,
  ARS: 2,
  AUD: 2,
  BRL: 2,
  CAD: 2,
  CHF: 2,
  CLP: 0,
  CNY: 2,
  CZK: 2,
  DKK: 2,
  EUR: 2,
  GBP: 2,
  HKD: 2,
  IDR: 2,
  ILS: 2,
  INR: 2,
  ISK: 0,
  JPY: 0,
  KES: 2,
  KRW: 0,
  MOP: 2,
  MXN: 2,
  MYR: 2,
  NGN: 2,
  NOK: 2,
  NZD: 2,
  PHP: 2,
  PLN: 2,
  SAR: 2,
  SEK: 2,
  SGD: 2,
  THB: 2,
  TWD: 2,
  USD: 2,
  VND: 0,
  ZAR: 2,
} as const;

export type Currency = keyof typeof EXPONENT;

export const CURRENCIES = Object.keys(EXPONENT) as Currency[];

/** Digits after the point; 2, as nearly everywhere, for a currency of no market. */
export const exponentOf = (currency: string): number => EXPONENT[currency as Currency] ?? 2;
