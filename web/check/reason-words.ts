// Why an entry is excluded, in words: the table draw1-reasons/1 (domain/draw/reasons.ts).

type ReasonWords = { [code: number]: string };

export const reasonsEn: ReasonWords = {
  1: "withdrawn by its owner",
  2: "a condition of the rules is not met",
  3: "a second entry of the same person",
  4: "household limit",
  5: "staff",
  6: "minimum age",
  7: "other region",
  8: "booked for others",
  9: "made by a program",
  10: "organised group",
  11: "risky device",
  12: "many copies of the app",
  13: "won recently",
  14: "wrong number of tickets",
  15: "account closed",
};

export const reasonsZh: ReasonWords = {
  1: "本人撤回",
  2: "不符合规则条件",
  3: "同一人重复预约",
  4: "超出家庭上限",
  5: "工作人员",
  6: "未达年龄",
  7: "其他地区",
  8: "代预约",
  9: "机器请求",
  10: "团伙聚集",
  11: "风险设备",
  12: "应用多开",
  13: "近期已中签",
  14: "权重不符",
  15: "账号已注销",
};

export const reasonsJa: ReasonWords = {
  1: "本人による取り消し",
  2: "規定の条件を満たしていない",
  3: "同一人物による重複応募",
  4: "世帯の上限を超過",
  5: "関係者",
  6: "最低年齢に達していない",
  7: "対象外の地域",
  8: "他人のための応募",
  9: "プログラムによる応募",
  10: "組織的な応募",
  11: "リスクの高い端末",
  12: "アプリの複製を多数使用",
  13: "最近当選している",
  14: "口数の誤り",
  15: "アカウントの閉鎖",
};
