// The shop page's words in the chosen language.
import { spoken } from "../shared/lang.ts";
import { en, type Words } from "./words-en.ts";
import { ja } from "./words-ja.ts";
import { zh } from "./words-zh.ts";

export const words = spoken<Words>({ en, "zh-CN": zh, ja });
