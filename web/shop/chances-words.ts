// The words of "My draw tickets": a shop may sell tickets, so these are never called just that in English. The English object is the shape.

export const chancesEn = {
  title: "My draw tickets",
  rule: "One draw ticket for taking part, and one more for each draw of these products without a win since your last win. Your score is the best of as many random numbers as you have draw tickets.",
  equal: "Every reservation weighs the same here. Whoever won these products recently sits out.",
  count: "Count my draw tickets",
  again: "Count again",
  working: "Counting on this device…",
  tickets: (n: number, most: number) => `${n} of at most ${most} draw ${most === 1 ? "ticket" : "tickets"}`,
  cooling: (time: string) => `you won recently. You can take part again in sessions that open from ${time} on.`,
  losses: "One for taking part, and one for each of these, counted from the receipts on this device:",
  odds: (n: number) => `Against one reservation with a single draw ticket yours comes first ${n} times out of ${n + 1}.`,
  same: "The shop counts the same.",
  differs: (n: number) =>
    `The shop counts ${n}. If receipts of yours are on another device, bring them here and count again. If none are missing, keep your receipts and tell the shop.`,
};

export const chancesZh: typeof chancesEn = {
  title: "我的权重",
  rule: "参加即得 1 份权重；自上次中签以来，同系列商品每参加一次未中签，再加 1 份。有几份权重，就取几个随机数中最好的一个作为得分。",
  equal: "本场次每份预约权重相同；近期已中签同系列商品者，需间隔一段时间再参加。",
  count: "计算我的权重",
  again: "重新计算",
  working: "正在本机计算…",
  tickets: (n, most) => `权重 ${n}，上限 ${most}`,
  cooling: (time) => `您近期已中签，${time} 起开始的场次可再次参加。`,
  losses: "参加得 1 份，以下每次未中签各加 1 份（按本机保存的回执计算）：",
  odds: (n) => `与一份权重为 1 的预约相比，您的预约每 ${n + 1} 次中有 ${n} 次排在前面。`,
  same: "与商店的计算一致。",
  differs: (n) => `商店的计算为 ${n}。如果其他设备上还有您的回执，请先导入本机再计算；如果没有遗漏，请保存好回执并告知商店。`,
};

export const chancesJa: typeof chancesEn = {
  title: "抽選口数",
  rule: "参加すると1口、最後の当選より後に同じ系列の商品で落選した回数だけ1口ずつ増えます。口数と同じだけの乱数のうち、最もよいものがスコアになります。",
  equal: "この抽選販売では、すべての応募が同じ口数です。最近この系列の商品に当選した方は、今回は参加できません。",
  count: "口数を計算",
  again: "もう一度計算",
  working: "この端末で計算しています…",
  tickets: (n, most) => `${n}口（上限${most}口）`,
  cooling: (time) => `最近当選されています。${time}以降に始まる抽選販売から、また参加できます。`,
  losses: "参加で1口、さらに次の落選ごとに1口です（この端末の控えから計算）：",
  odds: (n) => `1口の応募と比べると、${n + 1}回に${n}回は上の順位になります。`,
  same: "ショップの計算も同じです。",
  differs: (n) =>
    `ショップの計算では${n}口です。別の端末にも控えがあれば、この端末に読み込んでから計算し直してください。足りない控えがなければ、控えを保管してショップにお知らせください。`,
};
