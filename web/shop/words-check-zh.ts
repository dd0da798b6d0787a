// How a draw is checked, in Chinese.
import type { Words } from "./words-en.ts";

export const checkZh: Words["check"] = {
  title: "摇号如何进行，怎样核对",
  steps: [
    "截止前人人可以预约，每份预约都会得到一个带签名的名单位置。",
    "截止后名单封存并公开，不能再增、删、改。",
    "此后随机数才产生，来自开场前就已指定的随机信标。",
    "由名单和随机数，任何人都能算出中签者。手机依据公开文件自行计算，无需询问任何人。",
  ],
  beacon: "随机数来源：",
  local: "这是供试用的本地信标，运行者可以自选其数值，因此本次摇号对他人不构成证明。",
  at: (time) => `，${time} 产生。`,
  files: "公开文件",
  notYet: "尚未公布",
  file: { "manifest.json": "场次公告", "seal.json": "封存书", "result.json": "结果", "beacon.json": "随机数" },
  table: (name) => `名单：${name}`,
  mine: "核对我的摇号",
  opening: "正在打开…",
  running: "正在下载证明…",
  sheet: "在本机核对您的摇号",
  notInLog: "结果尚未写入公开日志，请稍后再试。",
  saveAll: "保存，供离线核对",
  saveProof: "保存证明",
  saveHint: "两种文件都可以在任何一份核对页上核对，多年以后、没有本商店也可以。其中含有只属于您的随机数。",
  verifyPage: "核对页，人人可用",
  verifyHint: "可核对保存的证明或他人的回执；可以存下来，脱离本商店使用。",
};
