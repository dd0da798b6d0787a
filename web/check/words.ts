// The check's words in the chosen language.
import { lang } from "../shared/lang.ts";
import { type CheckWords, en } from "./words-en.ts";
import { zh } from "./words-zh.ts";

export const checkWords = (): CheckWords => (lang.value === "zh-CN" ? zh : en);
