// The check's words in the chosen language.
import { spoken } from "../shared/lang.ts";
import { type CheckWords, en } from "./words-en.ts";
import { ja } from "./words-ja.ts";
import { zh } from "./words-zh.ts";

export const checkWords = spoken<CheckWords>({ en, "zh-CN": zh, ja });
