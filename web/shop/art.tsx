// Original drawings for the products: plain ceramic jars, cups and toys, coloured by product. No brand's bottle, mark or photograph.
import type { Product } from "../../contracts/catalog.ts";

const GLAZES = ["#7fa99b", "#c9805f", "#8b8fb5", "#b59a5b", "#6f93b0", "#a87f94"];

/** The same product always wears the same glaze. */
function glazeOf(id: string): string {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return GLAZES[sum % GLAZES.length] as string;
}

const Jar = ({ x = 50, glaze, scale = 1 }: { x?: number; glaze: string; scale?: number }) => (
  <g transform={`translate(${x} 92) scale(${scale})`}>
    <path d="M-7-76h14v14c0 5 15 9 15 24v30c0 5-4 8-9 8h-26c-5 0-9-3-9-8v-30c0-15 15-19 15-24z" fill={glaze} />
    <path d="M-22-34h44v18h-44z" fill="#fff" opacity="0.55" />
    <path d="M-8-82h16v8h-16z" fill="#33413b" />
    <path d="M-15-28h30M-15-22h20" stroke="#33413b" stroke-width="2" stroke-linecap="round" opacity="0.7" />
  </g>
);

const Stripes = () => (
  <g fill="none" stroke="#33413b" stroke-width="3" stroke-linecap="round" opacity="0.75">
    <path d="M30 44c5 1 8 4 9 8M28 84c6 0 9-2 11-5M70 44c-5 1-8 4-9 8M72 84c-6 0-9-2-11-5" />
  </g>
);

const Cup = ({ glaze }: { glaze: string }) => (
  <g>
    <path d="M27 48c0-15 10-25 23-25s23 10 23 25z" fill={glaze} />
    <path d="M38 32c4-5 12-6 17-3" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" opacity="0.7" />
    <path d="M24 48h52l-6 40c0 3-3 4-5 4H35c-2 0-5-1-5-4z" fill="#fffaf0" />
    <path d="M27 64h46l-1.500 10h-43z" fill={glaze} opacity="0.6" />
    <path d="M66 18l9-9" stroke="#33413b" stroke-width="3.500" stroke-linecap="round" />
  </g>
);

const Plush = ({ glaze }: { glaze: string }) => (
  <g>
    <circle cx="33" cy="29" r="9" fill={glaze} />
    <circle cx="67" cy="29" r="9" fill={glaze} />
    <ellipse cx="50" cy="75" rx="23" ry="19" fill={glaze} />
    <circle cx="50" cy="43" r="23" fill={glaze} />
    <ellipse cx="50" cy="51" rx="10" ry="8" fill="#fffaf0" />
    <circle cx="42" cy="41" r="2.600" fill="#33413b" />
    <circle cx="58" cy="41" r="2.600" fill="#33413b" />
    <path d="M46 52c2 3 6 3 8 0" fill="none" stroke="#33413b" stroke-width="2" stroke-linecap="round" />
  </g>
);

const Figure = ({ glaze }: { glaze: string }) => (
  <g>
    <path d="M50 44c14 0 22 20 24 38H26c2-18 10-38 24-38z" fill={glaze} />
    <circle cx="50" cy="32" r="15" fill="#f3dcc3" />
    <path d="M34 32c0-12 8-18 16-18s16 6 16 18c-6-8-26-8-32 0z" fill="#33413b" />
    <circle cx="45" cy="35" r="1.800" fill="#33413b" />
    <circle cx="55" cy="35" r="1.800" fill="#33413b" />
    <rect x="22" y="82" width="56" height="10" rx="5" fill="#33413b" opacity="0.75" />
  </g>
);

const SIZES_OF_A_SHOE = 4;

const Shoe = ({ glaze }: { glaze: string }) => (
  <g>
    <path d="M14 44c6 4 14 3 18-4l10 8c8 8 20 14 36 17 8 2 10 7 10 13H14z" fill={glaze} />
    <path d="M12 78h77v6c0 4-3 6-6 6H18c-4 0-6-2-6-6z" fill="#fffaf0" />
    <path d="M12 84h77" stroke="#33413b" stroke-width="2" opacity="0.5" />
    <path d="M40 56l6-5M48 62l6-5M57 67l5-5" stroke="#fff" stroke-width="3.500" stroke-linecap="round" />
    <path d="M14 60c10 6 20 7 28 4" fill="none" stroke="#fff" stroke-width="3" opacity="0.6" />
  </g>
);

const Ticket = ({ glaze }: { glaze: string }) => (
  <g transform="rotate(-12 50 54)">
    <path d="M16 34h68v12a8 8 0 0 0 0 16v12H16V62a8 8 0 0 0 0-16z" fill={glaze} />
    <path d="M66 36v36" stroke="#fffaf0" stroke-width="2.500" stroke-dasharray="4 4" />
    <path d="M28 46h28M28 54h22M28 62h25" stroke="#fffaf0" stroke-width="3.500" stroke-linecap="round" opacity="0.85" />
  </g>
);

export function Art({ product }: { product: Product }) {
  const glaze = glazeOf(product.product);
  return (
    <svg class="art" viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="52" r="46" fill={glaze} opacity="0.16" />
      <Shape product={product} glaze={glaze} />
    </svg>
  );
}

/** From what a product is rather than from its name: any pack gets a fitting one. */
function Shape({ product: { product: id, tier, alcohol, coldPickupS, skus }, glaze }: { product: Product; glaze: string }) {
  if (skus.some(({ options }) => options.some(({ axis }) => axis === "date"))) return <Ticket glaze={glaze} />;
  if (coldPickupS !== null) return <Cup glaze={glaze} />;
  if (!alcohol && skus.length >= SIZES_OF_A_SHOE) return <Shoe glaze={glaze} />;
  if (!alcohol) return id.includes("doll") ? <Plush glaze={glaze} /> : <Figure glaze={glaze} />;
  if (tier === "small-bottle") return <Jar glaze={glaze} scale={0.7} />;
  if (id.includes("x2")) {
    return (
      <>
        <Jar x={34} glaze={glaze} scale={0.78} />
        <Jar x={67} glaze={glaze} scale={0.78} />
      </>
    );
  }
  return (
    <>
      <Jar glaze={glaze} />
      {tier === "zodiac" && <Stripes />}
    </>
  );
}
