// The shop page's words in the chosen language.
import { lang } from "../shared/lang.ts";
import { en, type Words } from "./words-en.ts";
import { zh } from "./words-zh.ts";

export const words = (): Words => (lang.value === "zh-CN" ? zh : en);
