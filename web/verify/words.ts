// The verify page's own words, in two languages.
import { lang } from "../shared/lang.ts";
import type { KeySource, Trouble } from "./desk.ts";

const en = {
  title: "Verify a draw",
  lead: "Checks on this device whether a draw was what it was announced to be. Nothing you put here leaves it, and no shop is needed.",
  otherLang: { label: "中文", code: "zh-CN", title: "切换到中文" },
  drop: "Drop files here, or",
  choose: "Choose files",
  takes:
    "A proof (.tlog-proof), a saved check (.check.json), a receipt (.json), or a picture of its QR code. A pool's table and result make the check whole.",
  paste: "Or paste a receipt or a proof",
  check: "Check",
  working: "Checking…",
  again: "Start over",
  shop: "Ask a shop for what is missing",
  shopLabel: "Address of the shop",
  shopHint:
    "Only needed for a receipt alone: its place and the published lists are then fetched from there. Leave it empty to stay without network.",
  trouble: {
    "unknown-file": "This is not a file or a text that can be checked here.",
    "needs-network": "A receipt alone needs the published files. Give the shop's address below, or drop the saved check instead.",
    "not-published":
      "No proof for this receipt at that address: the result is not in the public log yet, the place does not exist, or there is no network.",
    "no-qr": "No QR code was found in this picture.",
    failed: "The check itself broke off. That says nothing about the draw: try another browser.",
    paper: "This is a signed withdrawal or refusal. It speaks for itself; there is no draw in it to check.",
  } as { [Name in Trouble]: string },
  key: {
    file: "The plan's fingerprint and the log's key came with the saved file. Compare them with what others have.",
    shop: "The log's key came from the shop just now. Compare it with what others have.",
    reader: "The log's key is the one you gave.",
  } as { [Name in KeySource]: string },
  own: "About this page",
  ownText:
    "It is one file. Save it and it works for ever. The SHA-256 of the file stands in the public log, so that nobody is given another one: compute it yourself and compare.",
};

const zh: typeof en = {
  title: "核对一次摇号",
  lead: "在本机核对一次摇号是否如公告所说。放在这里的内容不会离开本机，也不需要任何商店。",
  otherLang: { label: "English", code: "en", title: "Switch to English" },
  drop: "把文件拖到这里，或",
  choose: "选择文件",
  takes: "证明（.tlog-proof）、保存的核对（.check.json）、回执（.json）或其二维码图片。加上门店名单与结果，核对才完整。",
  paste: "或粘贴回执或证明",
  check: "核对",
  working: "正在核对…",
  again: "重新开始",
  shop: "向商店索取缺少的内容",
  shopLabel: "商店地址",
  shopHint: "只有回执时才需要：届时从那里获取它的位置和公开名单。留空则不使用网络。",
  trouble: {
    "unknown-file": "这不是可以在此核对的文件或文字。",
    "needs-network": "仅凭回执还需要公开文件。请在下方填写商店地址，或改为放入保存的核对。",
    "not-published": "该地址没有这份回执的证明：结果尚未写入公开日志、位置不存在，或没有网络。",
    "no-qr": "图片中没有找到二维码。",
    failed: "核对程序中断了。这与摇号本身无关，请换一个浏览器再试。",
    paper: "这是带签名的撤回或拒绝，本身即可说明问题，其中没有可核对的摇号。",
  },
  key: {
    file: "公告指纹与日志密钥均来自保存的文件，请与他人的比对。",
    shop: "日志密钥刚从商店获取，请与他人的比对。",
    reader: "日志密钥是您提供的。",
  },
  own: "关于本页",
  ownText: "本页只有一个文件，存下来即可永久使用。文件的 SHA-256 写在公开日志中，使任何人拿到的都是同一份：请自行计算并比对。",
};

export const verifyWords = (): typeof en => (lang.value === "zh-CN" ? zh : en);
