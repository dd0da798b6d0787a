// What the generator of cities.json cannot take from a data set: provinces with people and economy, names, and the cities abroad.

/** Names; people in ten thousands (census of 2020) and regional product in 100 million yuan (2022), as the National Bureau of Statistics gave them. */
type Province = { zh: string; en: string; people: number; product: number };

const province = (zh: string, en: string, people: number, product: number): Province => ({ zh, en, people, product });

/** By the first two digits of the division code (GB/T 2260). */
export const PROVINCES: { [code: string]: Province } = {
  "11": province("北京市", "Beijing", 2189, 41611),
  "12": province("天津市", "Tianjin", 1387, 16311),
  "13": province("河北省", "Hebei", 7461, 42370),
  "14": province("山西省", "Shanxi", 3492, 25643),
  "15": province("内蒙古自治区", "Inner Mongolia", 2405, 23159),
  "21": province("辽宁省", "Liaoning", 4259, 28975),
  "22": province("吉林省", "Jilin", 2407, 13070),
  "23": province("黑龙江省", "Heilongjiang", 3185, 15901),
  "31": province("上海市", "Shanghai", 2487, 44653),
  "32": province("江苏省", "Jiangsu", 8475, 122876),
  "33": province("浙江省", "Zhejiang", 6457, 77715),
  "34": province("安徽省", "Anhui", 6103, 45045),
  "35": province("福建省", "Fujian", 4154, 53110),
  "36": province("江西省", "Jiangxi", 4519, 32075),
  "37": province("山东省", "Shandong", 10153, 87435),
  "41": province("河南省", "Henan", 9937, 61345),
  "42": province("湖北省", "Hubei", 5775, 53735),
  "43": province("湖南省", "Hunan", 6644, 48670),
  "44": province("广东省", "Guangdong", 12601, 129119),
  "45": province("广西壮族自治区", "Guangxi", 5013, 26301),
  "46": province("海南省", "Hainan", 1008, 6818),
  "50": province("重庆市", "Chongqing", 3205, 29129),
  "51": province("四川省", "Sichuan", 8367, 56750),
  "52": province("贵州省", "Guizhou", 3856, 20165),
  "53": province("云南省", "Yunnan", 4721, 28954),
  "54": province("西藏自治区", "Tibet", 365, 2133),
  "61": province("陕西省", "Shaanxi", 3953, 32773),
  "62": province("甘肃省", "Gansu", 2502, 11202),
  "63": province("青海省", "Qinghai", 592, 3610),
  "64": province("宁夏回族自治区", "Ningxia", 720, 5070),
  "65": province("新疆维吾尔自治区", "Xinjiang", 2585, 17741),
};

/** Municipalities are one city each; GeoNames names them by its code of the province. */
export const MUNICIPALITIES: { [code: string]: { admin1: string; place: string } } = {
  "11": { admin1: "22", place: "Beijing" },
  "12": { admin1: "28", place: "Tianjin" },
  "31": { admin1: "23", place: "Shanghai" },
  "50": { admin1: "33", place: "Chongqing" },
};

/** Prefectures whose seat has another name than they, in GeoNames: name in English, and the seat. */
export const SEATS: { [code: string]: [en: string, place: string] } = {
  "1305": ["Xingtai", "Xingtai"],
  "1507": ["Hulunbuir", "Hailar"],
  "1509": ["Ulanqab", "Ulanqab"],
  "1522": ["Hinggan", "Ulanhot"],
  "1525": ["Xilingol", "Xilinhot"],
  "1529": ["Alxa", "Bayan Hot"],
  "2204": ["Liaoyuan", "Longshan"],
  "2224": ["Yanbian", "Yanji"],
  "2327": ["Da Hinggan Ling", "Mohe"],
  "3502": ["Xiamen", "Xiamen"],
  "4112": ["Sanmenxia", "Shanzhou"],
  "4115": ["Xinyang", "Pingqiao"],
  "4205": ["Yichang", "Yichang"],
  "4207": ["Ezhou", "Huarong"],
  "4305": ["Shaoyang", "Shaoyang"],
  "4309": ["Yiyang", "Heshan"],
  "4310": ["Chenzhou", "Chenzhou"],
  "4331": ["Xiangxi", "Jishou"],
  "4604": ["Danzhou", "Nada"],
  "5133": ["Garzê", "Kangding"],
  "5134": ["Liangshan", "Xichang"],
  "5202": ["Liupanshui", "Liupanshui"],
  "5223": ["Qianxinan", "Xingyi"],
  "5226": ["Qiandongnan", "Kaili"],
  "5227": ["Qiannan", "Duyun"],
  "5325": ["Honghe", "Mengzi"],
  "5326": ["Wenshan", "Wenshan City"],
  "5328": ["Xishuangbanna", "Yunjinghong"],
  "5331": ["Dehong", "Mangshi"],
  "5333": ["Nujiang", "Lushui"],
  "5334": ["Diqing", "Shangri-La"],
  "5405": ["Shannan", "Lhoka"],
  "5425": ["Ngari", "Gar"],
  "6108": ["Yulin", "Yulinshi"],
  "6229": ["Linxia", "Linxia Chengguanzhen"],
  "6230": ["Gannan", "Hezuo"],
  "6302": ["Haidong", "Nianbo"],
  "6322": ["Haibei", "Xihai"],
  "6323": ["Huangnan", "Tongren"],
  "6325": ["Hainan Prefecture", "Qabqa"],
  "6326": ["Golog", "Dawu"],
  "6328": ["Haixi", "Delingha"],
  "6502": ["Karamay", "Karamay"],
  "6504": ["Turpan", "Turpan"],
  "6527": ["Bortala", "Bole"],
  "6528": ["Bayingolin", "Korla"],
  "6529": ["Aksu", "Aqsu"],
  "6530": ["Kizilsu", "Artux"],
  "6531": ["Kashgar", "Kashgar"],
  "6532": ["Hotan", "Gujangbagh"],
  "6540": ["Ili", "Ghulja"],
  "6543": ["Altay", "Topterek"],
};

/** GeoNames has the place without its code of the prefecture. */
export const WITHOUT_CODE = new Set(["Xiamen"]);

type Abroad = {
  market: string;
  /** GeoNames admin1 code. */
  admin1: string;
  region: [zh: string, en: string];
  zh: string;
  en: string;
  ja: string;
  timeZone: string;
  /** GeoNames' spelling, if it differs from `en`. */
  place?: string;
};

const abroad = (
  market: string,
  admin1: string,
  region: [string, string],
  zh: string,
  en: string,
  ja: string,
  timeZone: string,
  place?: string,
): Abroad => ({
  market,
  admin1,
  region,
  zh,
  en,
  ja,
  timeZone,
  ...(place ? { place } : {}),
});

/** Forty in 22 markets, from UTC-8 to UTC+13. */
export const ABROAD: Abroad[] = [
  abroad("JP", "40", ["东京都", "Tokyo"], "东京", "Tokyo", "東京", "Asia/Tokyo"),
  abroad("JP", "32", ["大阪府", "Osaka"], "大阪", "Osaka", "大阪", "Asia/Tokyo"),
  abroad("JP", "01", ["爱知县", "Aichi"], "名古屋", "Nagoya", "名古屋", "Asia/Tokyo"),
  abroad("JP", "07", ["福冈县", "Fukuoka"], "福冈", "Fukuoka", "福岡", "Asia/Tokyo"),
  abroad("JP", "12", ["北海道", "Hokkaido"], "札幌", "Sapporo", "札幌", "Asia/Tokyo"),
  abroad("KR", "11", ["首尔特别市", "Seoul"], "首尔", "Seoul", "ソウル", "Asia/Seoul"),
  abroad("KR", "10", ["釜山广域市", "Busan"], "釜山", "Busan", "釜山", "Asia/Seoul"),
  abroad("SG", "", ["新加坡", "Singapore"], "新加坡", "Singapore", "シンガポール", "Asia/Singapore"),
  abroad("MY", "14", ["吉隆坡联邦直辖区", "Kuala Lumpur"], "吉隆坡", "Kuala Lumpur", "クアラルンプール", "Asia/Kuala_Lumpur"),
  abroad("TH", "40", ["曼谷", "Bangkok"], "曼谷", "Bangkok", "バンコク", "Asia/Bangkok"),
  abroad("VN", "79", ["胡志明市", "Ho Chi Minh City"], "胡志明市", "Ho Chi Minh City", "ホーチミン", "Asia/Ho_Chi_Minh"),
  abroad("VN", "01", ["河内市", "Hanoi"], "河内", "Hanoi", "ハノイ", "Asia/Ho_Chi_Minh"),
  abroad("PH", "NCR", ["马尼拉大都会", "Metro Manila"], "马尼拉", "Manila", "マニラ", "Asia/Manila"),
  abroad("ID", "04", ["雅加达", "Jakarta"], "雅加达", "Jakarta", "ジャカルタ", "Asia/Jakarta"),
  abroad("AU", "02", ["新南威尔士州", "New South Wales"], "悉尼", "Sydney", "シドニー", "Australia/Sydney"),
  abroad("AU", "07", ["维多利亚州", "Victoria"], "墨尔本", "Melbourne", "メルボルン", "Australia/Melbourne"),
  abroad("AU", "04", ["昆士兰州", "Queensland"], "布里斯班", "Brisbane", "ブリスベン", "Australia/Brisbane"),
  abroad("AU", "08", ["西澳大利亚州", "Western Australia"], "珀斯", "Perth", "パース", "Australia/Perth"),
  abroad("NZ", "E7", ["奥克兰大区", "Auckland"], "奥克兰", "Auckland", "オークランド", "Pacific/Auckland"),
  abroad("US", "NY", ["纽约州", "New York"], "纽约", "New York", "ニューヨーク", "America/New_York", "New York City"),
  abroad("US", "CA", ["加利福尼亚州", "California"], "洛杉矶", "Los Angeles", "ロサンゼルス", "America/Los_Angeles"),
  abroad("US", "CA", ["加利福尼亚州", "California"], "旧金山", "San Francisco", "サンフランシスコ", "America/Los_Angeles"),
  abroad("US", "IL", ["伊利诺伊州", "Illinois"], "芝加哥", "Chicago", "シカゴ", "America/Chicago"),
  abroad("US", "TX", ["得克萨斯州", "Texas"], "休斯敦", "Houston", "ヒューストン", "America/Chicago"),
  abroad("US", "WA", ["华盛顿州", "Washington"], "西雅图", "Seattle", "シアトル", "America/Los_Angeles"),
  abroad("US", "MA", ["马萨诸塞州", "Massachusetts"], "波士顿", "Boston", "ボストン", "America/New_York"),
  abroad("CA", "08", ["安大略省", "Ontario"], "多伦多", "Toronto", "トロント", "America/Toronto"),
  abroad("CA", "02", ["不列颠哥伦比亚省", "British Columbia"], "温哥华", "Vancouver", "バンクーバー", "America/Vancouver"),
  abroad("MX", "09", ["墨西哥城", "Mexico City"], "墨西哥城", "Mexico City", "メキシコシティ", "America/Mexico_City"),
  abroad("BR", "27", ["圣保罗州", "São Paulo"], "圣保罗", "São Paulo", "サンパウロ", "America/Sao_Paulo"),
  abroad("GB", "ENG", ["英格兰", "England"], "伦敦", "London", "ロンドン", "Europe/London"),
  abroad("GB", "ENG", ["英格兰", "England"], "曼彻斯特", "Manchester", "マンチェスター", "Europe/London"),
  abroad("FR", "11", ["法兰西岛大区", "Île-de-France"], "巴黎", "Paris", "パリ", "Europe/Paris"),
  abroad("DE", "05", ["黑森州", "Hesse"], "法兰克福", "Frankfurt", "フランクフルト", "Europe/Berlin", "Frankfurt am Main"),
  abroad("DE", "16", ["柏林", "Berlin"], "柏林", "Berlin", "ベルリン", "Europe/Berlin"),
  abroad("IT", "09", ["伦巴第大区", "Lombardy"], "米兰", "Milan", "ミラノ", "Europe/Rome"),
  abroad("ES", "29", ["马德里自治区", "Madrid"], "马德里", "Madrid", "マドリード", "Europe/Madrid"),
  abroad("NL", "07", ["北荷兰省", "North Holland"], "阿姆斯特丹", "Amsterdam", "アムステルダム", "Europe/Amsterdam"),
  abroad("AE", "03", ["迪拜酋长国", "Dubai"], "迪拜", "Dubai", "ドバイ", "Asia/Dubai"),
  abroad("ZA", "06", ["豪登省", "Gauteng"], "约翰内斯堡", "Johannesburg", "ヨハネスブルグ", "Africa/Johannesburg"),
];

/** Product per head in thousands of dollars (World Bank, 2022, rounded): a city abroad counts by its people times this. */
export const PER_HEAD: { [market: string]: number } = {
  JP: 34,
  KR: 32,
  SG: 83,
  MY: 12,
  TH: 7,
  VN: 4,
  PH: 3.5,
  ID: 4.8,
  AU: 65,
  NZ: 48,
  US: 76,
  CA: 55,
  MX: 11,
  BR: 9,
  GB: 46,
  FR: 41,
  DE: 48,
  IT: 35,
  ES: 30,
  NL: 57,
  AE: 54,
  ZA: 6.8,
};
