// The facts as a table: what `npm run cost -- --facts` prints.
import { FACTS, type Fact, READ_ON } from "../../domain/cost/facts.ts";
import { grouped } from "./options.ts";
import { table } from "./table.ts";

const TITLES: { [group in keyof typeof FACTS]: string } = {
  PRICES: "List prices, US dollars",
  INCLUDED: "Included in the Workers Paid plan",
  FREE: "Where the free plan stops",
  LIMITS: "What one part of the platform carries",
  SHOP: "What the shop does",
  ASSUMED: "Assumed, because nobody publishes it or because people differ",
};

const rowsOf = (facts: { [name: string]: Fact }): string[][] =>
  Object.entries(facts).map(([name, { value, unit, kind, source }]) => [name, grouped(value), unit, kind, source]);

export const factsTable = (): string =>
  `Sources are pages of developers.cloudflare.com, read on ${READ_ON}, files of this repository, or what is named.\n\n` +
  Object.entries(FACTS)
    .map(
      ([group, facts]) =>
        `${TITLES[group as keyof typeof FACTS]}\n\n${table(["name", "value", "unit", "kind", "source"], rowsOf(facts))}`,
    )
    .join("\n\n");
