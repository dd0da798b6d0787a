// What the API takes and gives. Made from the table of operations (scripts/api) by `node scripts/docs/client-types.ts`: not edited by hand.

export type ProblemCode =
  | "unreadable_body"
  | "unauthenticated"
  | "wrong_role"
  | "not_found"
  | "method_not_allowed"
  | "body_too_large"
  | "invalid_input"
  | "wrong_encoding"
  | "invalid_rows"
  | "busy"
  | "not_prepared"
  | "misconfigured"
  | "internal"
  | "voided"
  | "too_early"
  | "late"
  | "unknown_pool"
  | "not_eligible"
  | "staff"
  | "under_age"
  | "wrong_region"
  | "cooling_down"
  | "eid_used"
  | "withdrew_before"
  | "already_reserved"
  | "invalid_pass"
  | "archived"
  | "not_reserved"
  | "session_exists"
  | "not_draft"
  | "not_allotted"
  | "unknown_market"
  | "alcohol_forbidden"
  | "wrong_currency"
  | "exceeds_units"
  | "stock_overlap"
  | "no_weight"
  | "price_changed"
  | "store_closed"
  | "too_few_shards"
  | "too_late_to_amend"
  | "too_many_bulletins"
  | "template_exists"
  | "unknown_sku"
  | "unknown_store"
  | "unknown_session"
  | "unknown_chain"
  | "too_late_to_announce"
  | "announced_too_late"
  | "invalid_times"
  | "not_due"
  | "too_late_to_void"
  | "not_in_sample"
  | "rows_refused"
  | "proposal_differs"
  | "proposal_closed"
  | "same_operator"
  | "too_many_exclusions"
  | "review_over"
  | "not_excluded"
  | "appealed_already"
  | "not_released"
  | "date_passed"
  | "cold_delivery"
  | "cold_waits"
  | "adult_hand_over"
  | "over_limit"
  | "version_differs"
  | "sku_taken"
  | "label_in_use"
  | "not_awarded"
  | "award_lapsed"
  | "already_paid"
  | "incident_open"
  | "incident_differs"
  | "not_drawn"
  | "session_over"
  | "incident_over"
  | "no_units_there"
  | "earlier_ranks_first"
  | "not_paid"
  | "not_ready"
  | "already_collected"
  | "pickup_expired"
  | "voucher_invalid"
  | "voucher_stale"
  | "code_wrong"
  | "code_locked"
  | "serial_used"
  | "delivery_differs"
  | "cursor_too_old"
  | "unknown_cursor"
  | "webhook_address"
  | "webhook_disabled"
  | "too_many_webhooks"
  | "secret_changed"
  | "other_installation"
  | "other_schema"
  | "sessions_under_way"
  | "not_empty"
  | "no_import"
  | "import_incomplete"
  | "import_refused"
  | "log_not_restored";

export type Names = {
  "zh-CN": string;
  en: string;
  ja?: string;
};

export type Money = {
  currency: string;
  amountMinor: number;
};

export type SessionState = "draft" | "announced" | "open" | "closed" | "frozen" | "drawn" | "awarding" | "settled" | "voided";

export type Product = {
  product: string;
  tier: string;
  family: string;
  name: Names;
  story: {
    "zh-CN": string;
    en: string;
    ja?: string;
  };
  scenes: string[];
  alcohol: boolean;
  coldPickupS: number | null;
  limits: {
    scope: "sku" | "product" | "session";
    units: number;
  }[];
  skus: {
    sku: string;
    options: ({
      axis: "size";
      value: Names;
    } | {
      axis: "seat";
      value: Names;
    } | {
      axis: "date";
      at: number;
      timeZone: string;
    })[];
    gtin: string | null;
    prices: {
      currency: string;
      amountMinor: number;
      market: string;
    }[];
  }[];
};

export type Catalog = {
  market: string | null;
  tiers: {
    tier: string;
    name: Names;
  }[];
  scenes: {
    scene: string;
    name: Names;
  }[];
  products: Product[];
};

export type KeptProduct = {
  product: string;
  version: number;
  tier: string;
  family: string;
  name: Names;
  story: {
    "zh-CN": string;
    en: string;
    ja?: string;
  };
  scenes: string[];
  alcohol: boolean;
  coldPickupS: number | null;
  limits: {
    scope: "sku" | "product" | "session";
    units: number;
  }[];
  released: number | null;
  skus: {
    sku: string;
    options: ({
      axis: "size";
      value: Names;
    } | {
      axis: "seat";
      value: Names;
    } | {
      axis: "date";
      at: number;
      timeZone: string;
    })[];
    gtin: string | null;
    prices: {
      market: string;
      currency: string;
      amountMinor: number;
      from: number;
      until: number | null;
    }[];
  }[];
};

export type Store = {
  store: string;
  market: string;
  status: "planned" | "open" | "paused" | "closed";
  province: Names;
  city: Names;
  name: Names;
  address: Names;
  lat: number;
  lng: number;
  timeZone: string;
  hours: {
    week: string[];
    dates: {
      [key: string]: string;
    };
  };
  services: ("pickup" | "delivery" | "tasting" | "gift-wrap" | "returns" | "step-free")[];
  phone: string | null;
};

export type Session = {
  session: string;
  title: Names;
  market: string;
  state: SessionState;
  open: number;
  close: number;
  drawAt: number;
  beacon: {
    name: string;
    local: boolean;
  };
  skus: string[];
  bulletins?: {
    no: number;
    s: number;
    text: Names;
  }[];
  shardsDeleted?: number;
  waiting?: Waiting;
  voided?: {
    s: number;
    text: string;
    rollTo?: string;
  };
  waves: {
    no: number;
    s: number;
    payBy: number;
    pickupUntil: number;
    awards: number;
    lapses: number;
  }[];
};

export type SessionView = {
  session: string;
  title: Names;
  market: string;
  state: SessionState;
  open: number;
  close: number;
  drawAt: number;
  beacon: {
    name: string;
    local: boolean;
  };
  skus: string[];
  bulletins?: {
    no: number;
    s: number;
    text: Names;
  }[];
  shardsDeleted?: number;
  waiting?: Waiting;
  voided?: {
    s: number;
    text: string;
    rollTo?: string;
  };
  waves: {
    no: number;
    s: number;
    payBy: number;
    pickupUntil: number;
    awards: number;
    lapses: number;
  }[];
  manifest: string;
  offers: {
    sku: string;
    first: number;
    pools: number;
    units: number;
  }[];
  pools: {
    pool: number;
    sku: string;
    store: string;
    stock: number;
    wait: number;
  }[];
  rules: Rules;
};

export type Rules = {
  v: 1;
  type: "rules";
  title: Names;
  families: {
    [key: string]: string;
  };
  prices: {
    [key: string]: Money;
  };
  age: number;
  payWindowS: number;
  pickupS: number;
  wavesMax: number;
  decideS?: number;
  feePoints?: number;
  counting?: {
    coolDownS: number;
    lossesCountS: number;
  };
  text: string;
};

export type Waiting = {
  entry: string;
  needed: number;
  witnesses: {
    by: string;
    brand: boolean;
    signed: boolean;
  }[];
};

export type Pass = {
  pass: string;
  pid: string;
  exp: number;
};

export type ReserveInput = {
  pass: string;
  pool: number;
  nonce: string;
  overload?: string;
};

export type Receipt = {
  v: 1;
  type: "receipt";
  session: string;
  manifest: string;
  shard: number;
  index: number;
  tickets: number;
  s: number;
  pools: [number];
  nonce: string;
  pid: string;
  leaf: string;
  group: {
    first: number;
    size: number;
    s: number;
  };
  path: string[];
  sig: string;
};

export type Withdrawal = {
  v: 1;
  type: "withdrawal";
  session: string;
  manifest: string;
  shard: number;
  index: number;
  leaf: string;
  s: number;
  sig: string;
};

export type AwardInput = {
  choice: "accept" | "decline";
  pool: number;
  shard: number;
  index: number;
  tickets: number;
  s: number;
  nonce: string;
};

export type Award = {
  award: "accepted" | "declined" | "paid";
  rank: number;
  order?: string;
  payBy: number;
};

export type Order = {
  order: string;
  state: "accepted" | "paid" | "ready" | "collected" | "lapsed" | "refunded";
  session: string;
  pool: number;
  sku: string;
  store: string;
  rank: number;
  amountMinor: number;
  currency: string;
  payBy: number;
  pickupUntil: number;
  paidAt?: number;
  collected?: {
    at: number;
    store: string;
    serial?: string;
  };
  incident?: {
    incident: string;
    kind: "shortage" | "closure";
    note?: string;
    decideBy: number;
    open: boolean;
    choice?: "wait" | "move" | "refund";
    from?: string;
  };
  archived?: true;
};

export type OrderDesk = {
  order: string;
  state: "accepted" | "paid" | "ready" | "collected" | "lapsed" | "refunded";
  session: string;
  pool: number;
  sku: string;
  store: string;
  rank: number;
  amountMinor: number;
  currency: string;
  payBy: number;
  pickupUntil: number;
  paidAt?: number;
  collected?: {
    at: number;
    store: string;
    serial?: string;
    by: string;
  };
  incident?: {
    incident: string;
    kind: "shortage" | "closure";
    note?: string;
    decideBy: number;
    open: boolean;
    choice?: "wait" | "move" | "refund";
    from?: string;
  };
  archived?: true;
  member: string;
  award?: {
    wave: number;
    at: number;
  };
};

export type PickupInput = {
  qr: string;
  serial?: string;
} | {
  tail: string;
  code: string;
  serial?: string;
};

export type PlanInput = {
  session: string;
  title: Names;
  market: string;
  open: number;
  close: number;
  graceS?: number;
  leads?: {
    announceS: number;
    reviewS: number;
    sealLeadS: number;
  };
  decideS?: number;
  chain: string;
  shards?: number;
  expected?: {
    reservations: number;
    peakPerS?: number;
  };
  admitPerS?: number;
  skus: string[];
  units?: {
    [key: string]: number;
  };
  stock?: string;
  feePoints?: number;
  ticketsMax?: number;
  coolDownS?: number;
  payWindowS?: number;
  pickupS?: number;
  wavesMax?: number;
  shardsKeptS?: number;
  rules?: string;
};

export type AllotmentInput = {
  pools: {
    sku: string;
    store: string;
    stock: number;
    wait?: number;
  }[];
};

export type Announced = {
  manifest: string;
  state: SessionState;
  waiting?: Waiting;
};

export type SessionDesk = {
  session: string;
  state: SessionState;
  plan: PlanInput;
  units: number;
  pools: number;
  manifest?: string;
  waiting?: Waiting;
  late?: true;
  counts?: {
    entries: number;
    excluded: number;
    winners: number;
    waits: number;
  };
  waves: {
    no: number;
    s: number;
    payBy: number;
    pickupUntil: number;
    awards: number;
    lapses: number;
  }[];
  bulletins?: {
    no: number;
    s: number;
    text: Names;
    by: string;
  }[];
  voided?: {
    s: number;
    text: string;
    rollTo?: string;
  };
  settled?: {
    s: number;
    handedOver: number;
    refunded: number;
    lapsed: number;
    left: number;
  };
  shards?: {
    deleted: number;
    kept: {
      shard: number;
      why: string;
    }[];
  };
};

export type TemplateInput = {
  template: string;
  title: Names;
  market: string;
  timeZone?: string;
  rule: {
    kind: "daily";
    at: string;
    lengthS: number;
  } | {
    kind: "weekly";
    weekday: number;
    at: string;
    lengthS: number;
  } | {
    kind: "monthly";
    day: number;
    orLast?: boolean;
    at: string;
    lengthS: number;
  } | {
    kind: "festival";
    calendar: "solar" | "lunar";
    month: number;
    day: number;
    orLast?: boolean;
    shift?: number;
    days?: number;
    at: string;
    lengthS: number;
  } | {
    kind: "once";
    date: string;
    at: string;
    lengthS: number;
  };
  plan: {
    [key: string]: unknown;
  };
  units?: {
    [key: string]: number;
  };
  spread?: {
    stores?: string[];
    weights?: {
      [key: string]: number;
    };
  };
  draftDays?: number;
  announce?: "operator" | "auto";
  paused?: boolean;
};

export type Template = {
  template: string;
  title: Names;
  market: string;
  timeZone?: string;
  rule: {
    kind: "daily";
    at: string;
    lengthS: number;
  } | {
    kind: "weekly";
    weekday: number;
    at: string;
    lengthS: number;
  } | {
    kind: "monthly";
    day: number;
    orLast?: boolean;
    at: string;
    lengthS: number;
  } | {
    kind: "festival";
    calendar: "solar" | "lunar";
    month: number;
    day: number;
    orLast?: boolean;
    shift?: number;
    days?: number;
    at: string;
    lengthS: number;
  } | {
    kind: "once";
    date: string;
    at: string;
    lengthS: number;
  };
  plan: {
    chain: string;
    skus: string[];
    graceS?: number;
    leads?: {
      announceS: number;
      reviewS: number;
      sealLeadS: number;
    };
    decideS?: number;
    shards?: number;
    expected?: {
      reservations: number;
      peakPerS?: number;
    };
    admitPerS?: number;
    units?: {
      [key: string]: number;
    };
    stock?: string;
    feePoints?: number;
    ticketsMax?: number;
    coolDownS?: number;
    payWindowS?: number;
    pickupS?: number;
    wavesMax?: number;
    shardsKeptS?: number;
    rules?: string;
  };
  units?: {
    [key: string]: number;
  };
  spread: {
    stores?: string[];
    weights?: {
      [key: string]: number;
    };
  };
  draftDays: number;
  announce: "operator" | "auto";
  paused: boolean;
  version: number;
  at: number;
  by: string;
};

export type Checks = {
  session: string;
  mayAnnounce: boolean;
  checks: {
    check: string;
    state: "ok" | "warn" | "fail";
    detail: string;
    code?: "invalid_times" | "too_late_to_announce" | "unknown_chain" | "unknown_sku" | "price_changed" | "unknown_store" | "store_closed" | "not_released" | "date_passed" | "cold_delivery" | "cold_waits" | "adult_hand_over" | "over_limit" | "not_allotted" | "exceeds_units" | "stock_overlap" | "too_few_shards";
  }[];
};

export type Forecast = {
  session: string;
  basis: "past" | "expected" | "none";
  past: string[];
  reservations?: number;
  units: number;
  pools: number;
  odds?: number;
  reservationsPerPool?: number;
  costUsd?: number;
};

export type Notice = {
  pool: number;
  shard: number;
  index: number;
  reason: number;
  at: number;
  standing: "excluded" | "reinstated";
  appealUntil: number;
  decideUntil: number;
  appeal?: {
    at: number;
    text: string;
    decided?: {
      granted: boolean;
      answer: string;
      at: number;
    };
  };
};

export type Proposal = {
  proposal: string;
  kind: "exclusions" | "decisions";
  state: "open" | "confirmed" | "dropped";
  rows: number;
  note: string;
  by: string;
  at: number;
  closed?: {
    by: string;
    at: number;
  };
};

export type ReviewDesk = {
  times: {
    tellUntil: number;
    appealUntil: number;
    decideUntil: number;
  };
  proposals: Proposal[];
  excluded: {
    [key: string]: number;
  };
  appeals: {
    shard: number;
    index: number;
    reason: number;
    at: number;
    text: string;
    decided?: {
      granted: boolean;
      answer: string;
      at: number;
    };
  }[];
};

export type EventType = "session.announced" | "session.open" | "session.closed" | "session.frozen" | "session.drawn" | "session.awarding" | "session.wave" | "session.settled" | "session.voided" | "order.accepted" | "order.paid" | "order.ready" | "order.moved" | "order.collected" | "order.lapsed" | "order.refunded" | "delivery.received" | "incident.reported" | "incident.ended" | "incident.chosen";

export type Event = {
  v: 1;
  id: string;
  cursor: string;
  at: number;
  type: "session.announced" | "session.open" | "session.closed" | "session.frozen" | "session.drawn" | "session.awarding" | "session.wave" | "session.settled" | "session.voided";
  data: {
    session: string;
    state: SessionState;
    version: number;
    waves: number;
  };
} | {
  v: 1;
  id: string;
  cursor: string;
  at: number;
  type: "order.accepted" | "order.paid" | "order.ready" | "order.moved" | "order.collected" | "order.lapsed" | "order.refunded";
  data: {
    order: string;
    state: "accepted" | "paid" | "ready" | "collected" | "lapsed" | "refunded";
    session: string;
    pool: number;
    sku: string;
    store: string;
    member: string;
  };
} | {
  v: 1;
  id: string;
  cursor: string;
  at: number;
  type: "delivery.received";
  data: {
    delivery: string;
    store: string;
    session: string;
    sku: string;
    units: number;
  };
} | {
  v: 1;
  id: string;
  cursor: string;
  at: number;
  type: "incident.reported" | "incident.ended";
  data: {
    incident: string;
    kind: "shortage" | "closure";
    session: string;
    store: string;
    skus: {
      sku: string;
      units: number;
    }[];
  };
} | {
  v: 1;
  id: string;
  cursor: string;
  at: number;
  type: "incident.chosen";
  data: {
    incident: string;
    kind: "shortage" | "closure";
    session: string;
    store: string;
    order: string;
    choice: "wait" | "move" | "refund";
    to?: string;
  };
};

export type Webhook = {
  webhook: string;
  url: string;
  types?: EventType[];
  state: "enabled" | "disabled";
  why?: "operator" | "failing" | "gone";
  createdAt: number;
};

export type WebhookMade = {
  webhook: string;
  url: string;
  types?: EventType[];
  state: "enabled" | "disabled";
  why?: "operator" | "failing" | "gone";
  createdAt: number;
  secret: string;
  previousUntil?: number;
};

export type WebhookDesk = {
  webhook: string;
  url: string;
  types?: EventType[];
  state: "enabled" | "disabled";
  why?: "operator" | "failing" | "gone";
  createdAt: number;
  cursor: string;
  pending: number;
  failingSince?: number;
  nextTry?: number;
  dead: {
    cursor: string;
    id: string;
    type: string;
    at: number;
    why: string;
  }[];
};

/** What `call` takes for each operation, and its reply. */
export type Operations = {
  /** The server's clock, which decides when a window opens. */
  time: {
    reply: {
      now: number;
    };
  };
  /** The beacon chains that this installation knows. */
  beacons: {
    reply: {
      beacons: {
        hash: string;
        scheme: string;
        publicKey: string;
        genesis: number;
        period: number;
        name: string;
        local: boolean;
      }[];
    };
  };
  /** Announced sessions, newest first. */
  sessions: {
    reply: {
      sessions: Session[];
    };
  };
  /** One session: times, units per pool, rules, waves. */
  session: {
    params: { session: string };
    reply: SessionView;
  };
  /** How many units of each product a session has, in how many pools. */
  offers: {
    params: { session: string };
    reply: {
      offers: {
        sku: string;
        first: number;
        pools: number;
        units: number;
      }[];
    };
  };
  /** Where the units of one product are. */
  offer: {
    params: { session: string; sku: string };
    reply: {
      sku: string;
      first: number;
      stores: string[];
      stock: number[];
      wait: number[];
    };
  };
  /** Where the catalogue of now lies. */
  catalogPointer: {
    query?: { market?: string | undefined };
    reply: {
      market: string | null;
      snapshot: string;
      url: string;
    };
  };
  /** Products with their SKUs and prices. */
  catalogSnapshot: {
    params: { id: string };
    reply: Catalog;
  };
  /** Products in which everything that was typed is found. */
  searchProducts: {
    query: { q: string; market?: string | undefined; tier?: string | undefined; scene?: string | undefined };
    reply: {
      market: string | null;
      snapshot: string;
      products: Product[];
    };
  };
  /** One product. */
  product: {
    params: { product: string };
    query?: { market?: string | undefined };
    reply: Product;
  };
  /** Stores with address, position and hours. */
  stores: {
    query?: { market?: string | undefined };
    reply: {
      stores: Store[];
    };
  };
  /** The whole catalogue, released or not. Token: operator. */
  adminCatalog: {
    reply: {
      tiers: {
        tier: string;
        name: Names;
      }[];
      scenes: {
        scene: string;
        name: Names;
      }[];
      products: KeptProduct[];
    };
  };
  /** One product as it is kept. Token: operator. */
  adminProduct: {
    params: { product: string };
    reply: KeptProduct;
  };
  /** Make or replace a whole product. Token: operator. */
  saveProduct: {
    params: { product: string };
    body: {
      tier: string;
      family: string;
      name: Names;
      story: {
        "zh-CN": string;
        en: string;
        ja?: string;
      };
      scenes: string[];
      alcohol: boolean;
      coldPickupS: number | null;
      limits: {
        scope: "sku" | "product" | "session";
        units: number;
      }[];
      released: number | null;
      skus: {
        sku: string;
        options: ({
          axis: "size";
          value: Names;
        } | {
          axis: "seat";
          value: Names;
        } | {
          axis: "date";
          at: number;
          timeZone: string;
        })[];
        gtin: string | null;
        prices: {
          market: string;
          currency: string;
          amountMinor: number;
          from: number;
          until: number | null;
        }[];
      }[];
      version: number;
    };
    reply: {
      product: string;
      version: number;
    };
  };
  /** Replace all prices of a SKU. Token: operator. */
  savePrices: {
    params: { sku: string };
    body: {
      version: number;
      prices: {
        market: string;
        currency: string;
        amountMinor: number;
        from: number;
        until: number | null;
      }[];
    };
    reply: {
      product: string;
      sku: string;
      version: number;
    };
  };
  /** Replace the tiers, in the order in which they are shown. Token: operator. */
  saveTiers: {
    body: {
      tiers: {
        tier: string;
        name: Names;
      }[];
    };
    reply: {
      tiers: {
        tier: string;
        name: Names;
      }[];
    };
  };
  /** Replace the scenes, in the order in which they are shown. Token: operator. */
  saveScenes: {
    body: {
      scenes: {
        scene: string;
        name: Names;
      }[];
    };
    reply: {
      scenes: {
        scene: string;
        name: Names;
      }[];
    };
  };
  /** An entry pass for one session. Token: member. */
  pass: {
    params: { session: string };
    reply: Pass;
  };
  /** Reserve in one pool. Token: member. */
  reserve: {
    params: { session: string };
    body: ReserveInput;
    reply: Receipt;
  };
  /** One's own reservations in a session. Token: member. */
  ownReservations: {
    params: { session: string };
    reply: {
      reservations: {
        receipt: Receipt;
        withdrawn: boolean;
      }[];
    };
  };
  /** Withdraw a reservation before the window closes. Token: member. */
  withdraw: {
    params: { session: string };
    body: {
      pool: number;
    };
    reply: Withdrawal;
  };
  /** Take or decline a unit that was won. Token: member. */
  award: {
    params: { session: string };
    body: AwardInput;
    reply: Award;
  };
  /** One's own orders. Token: member. */
  orders: {
    reply: {
      orders: Order[];
      archivedBefore: number;
    };
  };
  /** One order. Token: member. */
  order: {
    params: { order: string };
    reply: Order;
  };
  /** A signed voucher for one's own device, to be shown at the store. Token: member. */
  voucher: {
    params: { order: string };
    body: {
      device: string;
    };
    reply: {
      voucher: string;
      sig: string;
      stepS: number;
    };
  };
  /** Eight digits, for a phone that cannot show a QR code. Token: member. */
  code: {
    params: { order: string };
    reply: {
      code: string;
      tail: string;
      validUntil: number;
    };
  };
  /** Orders to be collected at this store. Token: store. */
  storeOrders: {
    params: { store: string };
    reply: {
      orders: Order[];
      archivedBefore: number;
    };
  };
  /** Mark an order paid at the counter. Token: store. */
  storePayment: {
    params: { store: string };
    body: {
      order: string;
    };
    reply: Order;
  };
  /** Record units that arrived. Token: store. */
  delivery: {
    params: { store: string };
    body: {
      delivery: string;
      session: string;
      sku: string;
      units: number;
    };
    reply: {
      delivery: string;
      received: number;
      ready: number;
    };
  };
  /** Hand an order over: the scanned code, or the order's tail with the eight digits. Token: store. */
  pickup: {
    params: { store: string };
    body: PickupInput;
    reply: {
      order: Order;
    };
  };
  /** The nearest open stores that give out a SKU in this session. */
  nearestStores: {
    params: { session: string };
    query: { sku: string; lat: number; lng: number; limit?: number | undefined };
    reply: {
      stores: {
        store: Store;
        pool: number;
        metres: number;
        units: number;
        entries?: number;
        odds?: number;
      }[];
      sealed: boolean;
    };
  };
  /** Stores from one CSV file, whole or not at all. Token: operator. */
  importStores: {
    query?: { dryRun?: string | undefined };
    body: string | Uint8Array;
    reply: {
      rows: number;
      created: number;
      changed: number;
      unchanged: number;
      dryRun: boolean;
    };
  };
  /** All stores as the CSV file that an import takes. Token: operator. */
  exportStores: {
    query?: { market?: string | undefined };
    reply: string;
  };
  /** A store is short of units, or closed: its winners are asked. Token: operator. */
  reportIncident: {
    body: {
      kind: "shortage";
      incident: string;
      session: string;
      store: string;
      sku: string;
      missing: number;
      decideBy?: number;
      note?: string;
    } | {
      kind: "closure";
      incident: string;
      session: string;
      store: string;
      sku?: string;
      decideBy?: number;
      note?: string;
    };
    reply: {
      incident: string;
      session: string;
      store: string;
      kind: "shortage" | "closure";
      note?: string;
      decideBy: number;
      at: number;
      by: string;
      endedAt?: number;
      skus: {
        sku: string;
        units: number;
        choosing: {
          order: string;
          rank: number;
          choice?: "wait" | "move" | "refund";
        }[];
      }[];
      events: {
        seq: number;
        event: "reported" | "ended" | "wait" | "move" | "refund";
        order?: string;
        from?: string;
        to?: string;
        at: number;
        by: string;
      }[];
    };
  };
  /** The incidents of a session with everything that happened in them. Token: operator. */
  incidents: {
    query: { session: string };
    reply: {
      incidents: {
        incident: string;
        session: string;
        store: string;
        kind: "shortage" | "closure";
        note?: string;
        decideBy: number;
        at: number;
        by: string;
        endedAt?: number;
        skus: {
          sku: string;
          units: number;
          choosing: {
            order: string;
            rank: number;
            choice?: "wait" | "move" | "refund";
          }[];
        }[];
        events: {
          seq: number;
          event: "reported" | "ended" | "wait" | "move" | "refund";
          order?: string;
          from?: string;
          to?: string;
          at: number;
          by: string;
        }[];
      }[];
    };
  };
  /** The store has its units again. Token: operator. */
  endIncident: {
    params: { incident: string };
    reply: {
      incident: string;
      session: string;
      store: string;
      kind: "shortage" | "closure";
      note?: string;
      decideBy: number;
      at: number;
      by: string;
      endedAt?: number;
      skus: {
        sku: string;
        units: number;
        choosing: {
          order: string;
          rank: number;
          choice?: "wait" | "move" | "refund";
        }[];
      }[];
      events: {
        seq: number;
        event: "reported" | "ended" | "wait" | "move" | "refund";
        order?: string;
        from?: string;
        to?: string;
        at: number;
        by: string;
      }[];
    };
  };
  /** Stores with a unit left to which one's order could move. Token: member. */
  spareStores: {
    params: { order: string };
    reply: {
      stores: {
        store: string;
        name: Names;
        address: Names;
        metres: number;
        units: number;
      }[];
    };
  };
  /** Wait, move to another store, or be refunded, where the store is short. Token: member. */
  choose: {
    params: { order: string };
    body: {
      choice: "wait" | "refund";
      incident: string;
    } | {
      choice: "move";
      incident: string;
      store: string;
    };
    reply: Order;
  };
  /** Draft a session. Token: operator. */
  plan: {
    body: PlanInput;
    reply: {
      session: string;
      state: SessionState;
    };
  };
  /** A session as its operator sees it. Token: operator. */
  desk: {
    params: { session: string };
    reply: SessionDesk;
  };
  /** Give units to stores while the session is a draft. Token: operator. */
  allot: {
    params: { session: string };
    body: AllotmentInput | string | Uint8Array;
    reply: {
      pools: number;
      units: number;
    };
  };
  /** Where the units of a SKU are allotted. Token: operator. */
  allotment: {
    params: { session: string };
    query: { sku: string };
    reply: {
      sku: string;
      units: number;
      pools: {
        store: string;
        stock: number;
        wait: number;
      }[];
    };
  };
  /** Fix pools, times, beacon round and rules for ever, and publish them. Token: operator. */
  announce: {
    params: { session: string };
    query?: { dry?: string | undefined };
    reply: Announced | {
      session: string;
      mayAnnounce: boolean;
      checks: {
        check: string;
        state: "ok" | "warn" | "fail";
        detail: string;
        code?: "invalid_times" | "too_late_to_announce" | "unknown_chain" | "unknown_sku" | "price_changed" | "unknown_store" | "store_closed" | "not_released" | "date_passed" | "cold_delivery" | "cold_waits" | "adult_hand_over" | "over_limit" | "not_allotted" | "exceeds_units" | "stock_overlap" | "too_few_shards";
      }[];
      manifest?: {
        v: 1;
        type: "manifest";
        session: string;
      };
    };
  };
  /** Nudge a move that is due. Token: operator. */
  move: {
    params: { session: string };
    body: {
      to: "open" | "closed" | "frozen" | "drawn" | "awarding" | "settled";
    };
    reply: {
      state: SessionState;
    };
  };
  /** Void a session before the deadline of its seal. Token: operator. */
  voidSession: {
    params: { session: string };
    body: {
      text: string;
      rollTo?: string;
    };
    reply: {
      state: SessionState;
    };
  };
  /** Mark an order paid. Token: operator. */
  payment: {
    body: {
      order: string;
    };
    reply: Order;
  };
  /** An order as its operator sees it. Token: operator. */
  orderDesk: {
    params: { order: string };
    reply: OrderDesk;
  };
  /** The orders that fit, page after page. Token: operator. */
  allOrders: {
    query?: { session?: string | undefined; store?: string | undefined; sku?: string | undefined; state?: "accepted" | "paid" | "ready" | "collected" | "lapsed" | "refunded" | undefined; member?: string | undefined; after?: string | undefined; limit?: number | undefined };
    reply: {
      orders: OrderDesk[];
      next?: string;
      archivedBefore: number;
    };
  };
  /** Another plan for a draft. Token: operator. */
  redraft: {
    params: { session: string };
    body: PlanInput;
    reply: {
      session: string;
      state: SessionState;
    };
  };
  /** Who changed a draft, when, and to what. Token: operator. */
  versions: {
    params: { session: string };
    reply: {
      versions: {
        no: number;
        at: number;
        by: string;
        plan?: PlanInput;
        allotment?: {
          how: "hand" | "csv" | "proportional";
          pools: number;
          units: number;
          root: string;
        };
      }[];
    };
  };
  /** Spread units over stores by weight, and put that in place with `apply`. Token: operator. */
  proposeAllotment: {
    params: { session: string };
    body: {
      units: {
        [key: string]: number;
      };
      spread?: {
        stores?: string[];
        weights?: {
          [key: string]: number;
        };
      };
      apply?: boolean;
    };
    reply: {
      applied: boolean;
      pools: number;
      units: number;
      skus: {
        sku: string;
        units: number;
        lines: {
          store: string;
          weight: number;
          quota: number;
          floor: number;
          rank: number;
          units: number;
        }[];
      }[];
    };
  };
  /** What is checked before a draft is announced. Token: operator. */
  checks: {
    params: { session: string };
    reply: Checks;
  };
  /** Odds and cost, foreseen. Token: operator. */
  forecast: {
    params: { session: string };
    reply: Forecast;
  };
  /** Say something in public that the manifest does not fix. Token: operator. */
  say: {
    params: { session: string };
    body: {
      text: {
        "zh-CN": string;
        en: string;
      };
    };
    reply: {
      bulletin: {
        no: number;
        s: number;
        text: Names;
      };
    };
  };
  /** All templates. Token: operator. */
  templates: {
    reply: {
      templates: Template[];
    };
  };
  /** Make a template: a year of sessions from one rule. Token: operator. */
  makeTemplate: {
    body: TemplateInput;
    reply: {
      template: string;
      version: number;
    };
  };
  /** One template with its versions. Token: operator. */
  template: {
    params: { template: string };
    reply: {
      template: string;
      title: Names;
      market: string;
      timeZone?: string;
      rule: {
        kind: "daily";
        at: string;
        lengthS: number;
      } | {
        kind: "weekly";
        weekday: number;
        at: string;
        lengthS: number;
      } | {
        kind: "monthly";
        day: number;
        orLast?: boolean;
        at: string;
        lengthS: number;
      } | {
        kind: "festival";
        calendar: "solar" | "lunar";
        month: number;
        day: number;
        orLast?: boolean;
        shift?: number;
        days?: number;
        at: string;
        lengthS: number;
      } | {
        kind: "once";
        date: string;
        at: string;
        lengthS: number;
      };
      plan: {
        chain: string;
        skus: string[];
        graceS?: number;
        leads?: {
          announceS: number;
          reviewS: number;
          sealLeadS: number;
        };
        decideS?: number;
        shards?: number;
        expected?: {
          reservations: number;
          peakPerS?: number;
        };
        admitPerS?: number;
        units?: {
          [key: string]: number;
        };
        stock?: string;
        feePoints?: number;
        ticketsMax?: number;
        coolDownS?: number;
        payWindowS?: number;
        pickupS?: number;
        wavesMax?: number;
        shardsKeptS?: number;
        rules?: string;
      };
      units?: {
        [key: string]: number;
      };
      spread: {
        stores?: string[];
        weights?: {
          [key: string]: number;
        };
      };
      draftDays: number;
      announce: "operator" | "auto";
      paused: boolean;
      version: number;
      at: number;
      by: string;
      versions: {
        version: number;
        at: number;
        by: string;
      }[];
    };
  };
  /** Another version of a template. Token: operator. */
  saveTemplate: {
    params: { template: string };
    body: TemplateInput;
    reply: {
      template: string;
      version: number;
    };
  };
  /** When the sessions of a template take place. Token: operator. */
  occurrences: {
    params: { template: string };
    query?: { from?: string | undefined; days?: number | undefined };
    reply: {
      template: string;
      version: number;
      from: string;
      days: number;
      occurrences: {
        date: string;
        open: number;
        close: number;
        shown: "once" | "never" | "twice";
        session: string;
        announceBy: number;
        drafted: boolean;
      }[];
    };
  };
  /** Draft the sessions of some days. Token: operator. */
  draftSessions: {
    params: { template: string };
    body: {
      from: string;
      to: string;
    };
    reply: {
      sessions: {
        session: string;
        date: string;
        done: "drafted" | "exists" | "refused";
        code?: string;
        detail?: string;
      }[];
      next?: string;
    };
  };
  /** One's own reservations that operators have excluded, with the reason. Token: member. */
  ownExclusions: {
    params: { session: string };
    reply: {
      exclusions: Notice[];
    };
  };
  /** Appeal against one's exclusion. Token: member. */
  appeal: {
    params: { session: string };
    body: {
      pool: number;
      text: string;
    };
    reply: Notice;
  };
  /** Proposals, exclusions and appeals of a session. Token: operator. */
  review: {
    params: { session: string };
    reply: ReviewDesk;
  };
  /** Entries of persons who have won since the session was announced, as rows of a proposal. Token: operator. */
  coolingDown: {
    params: { session: string };
    reply: {
      rows: {
        shard: number;
        index: number;
        reason: number;
      }[];
    };
  };
  /** Propose exclusions; another operator confirms. Token: operator. */
  exclude: {
    params: { session: string };
    body: {
      proposal: string;
      note: string;
      rows: {
        shard: number;
        index: number;
        reason: number;
      }[];
    };
    reply: Proposal;
  };
  /** Propose what becomes of appeals; another operator confirms. Token: operator. */
  decide: {
    params: { session: string };
    body: {
      proposal: string;
      note: string;
      rows: {
        shard: number;
        index: number;
        granted: boolean;
        answer: string;
      }[];
    };
    reply: Proposal;
  };
  /** Confirm another operator's proposal. Token: operator. */
  confirmProposal: {
    params: { session: string; proposal: string };
    reply: Proposal;
  };
  /** Drop a proposal that nobody has confirmed. Token: operator. */
  dropProposal: {
    params: { session: string; proposal: string };
    reply: Proposal;
  };
  /** For an auditor: winners with more than one ticket, joined to the losses that their tickets rest on. Token: operator. */
  openings: {
    params: { session: string };
    body: {
      places: {
        shard: number;
        index: number;
      }[];
    };
    reply: {
      openings: {
        shard: number;
        index: number;
        nonce: string;
        inner: string;
        chain: {
          session: string;
          shard: number;
          index: number;
          nonce: string;
        }[];
      }[];
    };
  };
  /** What happened, from a cursor on. Token: operator. */
  events: {
    query?: { after?: string | undefined; limit?: number | undefined; types?: string | undefined };
    reply: {
      events: Event[];
      next: string;
      more: boolean;
    };
  };
  /** Send events to an address. Token: operator. */
  makeWebhook: {
    body: {
      url: string;
      types?: EventType[];
    };
    reply: WebhookMade;
  };
  /** All webhooks. Token: operator. */
  webhooks: {
    reply: {
      webhooks: Webhook[];
    };
  };
  /** A webhook, how far it has come, and what was given up. Token: operator. */
  webhook: {
    params: { webhook: string };
    reply: WebhookDesk;
  };
  /** Disable or enable a webhook. Token: operator. */
  moveWebhook: {
    params: { webhook: string };
    body: {
      to: "enabled" | "disabled";
    };
    reply: Webhook;
  };
  /** Give a webhook another secret. Token: operator. */
  changeWebhookSecret: {
    params: { webhook: string };
    reply: WebhookMade;
  };
  /** Send one event again, or everything after a cursor. Token: operator. */
  replay: {
    params: { webhook: string };
    body: {
      event: string;
    } | {
      after: string;
    };
    reply: {
      replayed: "event" | "after";
    };
  };
  /** Whether the installation can work. */
  health: {
    reply: {
      healthy: true;
    };
  };
  /** What there is to export. Token: operator. */
  exportHead: {
    reply: {
      v: number;
      brand: string;
      log: {
        origin: string;
        key: string;
      };
      collections: {
        [key: string]: {
          rows: number;
          fields: {
            field: string;
          }[];
        };
      };
      live: string[];
    };
  };
  /** A page of a collection, in order of its key. Token: operator. */
  exportRows: {
    params: { collection: string };
    query?: { after?: string | undefined };
    reply: {
      rows: object[];
      after?: string;
    };
  };
  /** A page of the files of a bucket: files or archive. Token: operator. */
  exportFiles: {
    params: { bucket: "files" | "archive" };
    query?: { cursor?: string | undefined };
    reply: {
      files: {
        key: string;
        bytes: number;
      }[];
      cursor?: string;
    };
  };
  /** A file of a bucket. Token: operator. */
  exportFile: {
    params: { bucket: "files" | "archive"; key: string };
    reply: Uint8Array;
  };
  /** Begins an import into a fresh installation, or goes on with it. Token: operator. */
  beginImport: {
    body: {
      export: string;
      v: number;
      brand: string;
      log: {
        origin: string;
        key: string;
      };
      collections: {
        [key: string]: {
          rows: number;
          fields: string[];
        };
      };
      live: string[];
    };
    reply: {
      collections: {
        [key: string]: {
          arrived: number;
          done: boolean;
        };
      };
    };
  };
  /** A file of the import. Token: operator. */
  importFile: {
    params: { bucket: "files" | "archive"; key: string };
    body: string | Uint8Array;
    reply: {
      bytes: number;
    };
  };
  /** Rows of a collection, which wait until it is whole. Token: operator. */
  importRows: {
    params: { collection: string };
    body: {
      from: number;
      rows: {
        [key: string]: unknown;
      }[];
    };
    reply: {
      arrived: number;
    };
  };
  /** Moves a whole collection into its table. Token: operator. */
  commitImport: {
    params: { collection: string };
    reply: {
      done: true;
    };
  };
  /** Drafts again what was a draft, some at a time. Token: operator. */
  importDrafts: {
    body: {
      after: string;
    };
    reply: {
      drafted: number;
      refused: {
        session: string;
        code: string;
      }[];
      after?: string;
    };
  };
  /** Gives the log its entries back, and ends the import. Token: operator. */
  finishImport: {
    reply: {
      log: {
        size: number;
      };
    };
  };
  /** A published file of a draw. */
  drawFile: {
    params: { session: string; name: string };
    reply: Uint8Array;
  };
  /** What a phone needs to check the draw of one entry. */
  drawProof: {
    params: { session: string; shard: number; index: number };
    reply: Uint8Array;
  };
  /** The rules document of a session, under the hash that its manifest names. */
  rules: {
    params: { hash: string };
    reply: Rules;
  };
  /** The verifier key of the session log. */
  logKey: {
    reply: string;
  };
  /** The newest cosigned checkpoint of the session log. */
  logCheckpoint: {
    reply: string;
  };
  /** The log's entry about the verify page: its hash. */
  logPage: {
    reply: Uint8Array;
  };
  /** The proof that this entry stands in the log. */
  logPageProof: {
    reply: string;
  };
  /** A tile or an entry bundle of the session log (C2SP tlog-tiles). */
  logTile: {
    params: { tile: string };
    reply: Uint8Array;
  };
};
