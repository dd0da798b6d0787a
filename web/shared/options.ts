// What sets one SKU of a product apart, as a person reads it: size, date and seat.
import type { Option } from "../../contracts/catalog.ts";
import { day } from "./format.ts";
import { inLang } from "./lang.ts";

export const optionText = (option: Option): string =>
  option.axis === "date" ? day(option.at, option.timeZone) : inLang(option.value);

export const optionsText = (options: readonly Option[]): string => options.map(optionText).join(" · ");
