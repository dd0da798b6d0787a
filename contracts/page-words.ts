// What pages say that stand in for another, in the languages of the shop.
import type { Language } from "../domain/market.ts";

export const STAND_INS = ["not_found", "internal", "busy", "offline", "old_browser"] as const;
export type StandIn = (typeof STAND_INS)[number];

export type PageWords = { title: string; text: string; action: string; note: string };

export const PAGE_WORDS: Record<StandIn, Record<Language, PageWords>> = {
  not_found: {
    en: {
      title: "There is nothing here",
      text: "The address does not exist, or no longer. Sessions, results and your receipts are in the shop.",
      action: "To the shop",
      note: "Somebody sent you this link? Type the shop's address yourself: links in messages can lead elsewhere.",
    },
    "zh-CN": {
      title: "这里什么都没有",
      text: "该地址不存在，或已失效。场次、结果和您的回执都在商店首页。",
      action: "前往商店",
      note: "这个链接是别人发给您的？请自己输入商店网址：消息里的链接可能指向别处。",
    },
    ja: {
      title: "ページが見つかりません",
      text: "このアドレスは存在しないか、なくなりました。抽選販売、結果、控えはショップにあります。",
      action: "ショップへ",
      note: "誰かから届いたリンクですか。ショップのアドレスをご自分で入力してください。別の場所へ導くリンクもあります。",
    },
  },
  internal: {
    en: {
      title: "Our mistake",
      text: "Something failed on the shop's side. What was confirmed to you is stored; trying again is safe.",
      action: "Try again",
      note: "A reservation counts once you have its receipt. The same reservation sent again gives the same receipt.",
    },
    "zh-CN": {
      title: "是我们出错了",
      text: "商店这边出了问题。已经向您确认的内容都已保存，可以放心重试。",
      action: "重试",
      note: "拿到回执，申购才算数。同一申购再次提交，得到的是同一张回执。",
    },
    ja: {
      title: "こちらの不具合です",
      text: "ショップ側で問題が起きました。確認済みの内容は保存されています。もう一度お試しください。",
      action: "再試行",
      note: "応募は控えを受け取った時点で有効です。同じ応募を送り直しても、同じ控えが返ります。",
    },
  },
  busy: {
    en: {
      title: "Very many people are here",
      text: "The shop is at its limit for the moment. Wait a few seconds, then try again. Being first gives no better chance in a draw.",
      action: "Try again",
      note: "Nothing is lost: receipts that you have are on your phone and in the log.",
    },
    "zh-CN": {
      title: "现在人很多",
      text: "商店暂时达到上限。请等几秒再试。摇号不看先后，早到并不会提高中签机会。",
      action: "重试",
      note: "什么都不会丢：您已有的回执在手机里，也在日志里。",
    },
    ja: {
      title: "ただいま混み合っています",
      text: "ショップが一時的に上限に達しています。数秒待ってからお試しください。抽選では早さで有利になりません。",
      action: "再試行",
      note: "失われるものはありません。お持ちの控えは端末とログに残っています。",
    },
  },
  offline: {
    en: {
      title: "You are offline",
      text: "The shop cannot be reached from this phone right now. Your receipts are kept on it.",
      action: "Try again",
      note: "A draw does not wait for you to be online: the result can be looked up at any later time.",
    },
    "zh-CN": {
      title: "您已离线",
      text: "这部手机现在连不上商店。您的回执保存在手机里。",
      action: "重试",
      note: "摇号不要求您在线：结果以后随时可以查询。",
    },
    ja: {
      title: "オフラインです",
      text: "この端末から今はショップに接続できません。控えは端末に保存されています。",
      action: "再試行",
      note: "抽選のときにオンラインである必要はありません。結果はいつでも確認できます。",
    },
  },
  old_browser: {
    en: {
      title: "This browser is too old",
      text: "The shop checks draws and keeps receipts in the browser, which this one cannot do. Update it, or use Chrome, Edge or Firefox from 2023 on, or Safari 16.4.",
      action: "Try again",
      note: "In an app such as a messenger: open the page in the phone's own browser.",
    },
    "zh-CN": {
      title: "浏览器版本太旧",
      text: "商店在浏览器里核对摇号、保存回执，当前浏览器做不到。请升级，或使用 2023 年以后的 Chrome、Edge、Firefox，或 Safari 16.4 以上。",
      action: "重试",
      note: "如果是在聊天等应用内打开：请改用手机自带的浏览器。",
    },
    ja: {
      title: "ブラウザーが古すぎます",
      text: "ショップはブラウザー内で抽選を検証し控えを保存しますが、このブラウザーでは動きません。更新するか、2023年以降のChrome・Edge・Firefox、またはSafari 16.4以降をお使いください。",
      action: "再試行",
      note: "アプリ内で開いている場合は、端末のブラウザーで開いてください。",
    },
  },
};
