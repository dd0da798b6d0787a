// The nearest of some thousand places. Each is a point of the unit sphere; the chord between two points grows with the way between them, so one
// place costs three multiplications, and only those that are returned an arc sine.

/** WGS 84 degrees. */
export type Place = { lat: number; lng: number };

/** On a sphere of this radius distances are within 0.5 % of the truth: ample for choosing a shop. */
const EARTH_M = 6_371_000;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** x, y, z of each place, packed. */
export function pointsOf(places: readonly Place[]): Float64Array {
  const points = new Float64Array(3 * places.length);
  places.forEach(({ lat, lng }, at) => {
    const ring = Math.cos(radians(lat));
    points[3 * at] = ring * Math.cos(radians(lng));
    points[3 * at + 1] = ring * Math.sin(radians(lng));
    points[3 * at + 2] = Math.sin(radians(lat));
  });
  return points;
}

/** `at` is the place's number in the list that the points were made of. */
export type Near = { at: number; metres: number };

/** The `limit` nearest, nearest first; of equals the earlier in the list. */
export function nearest(points: Float64Array, from: Place, limit: number): Near[] {
  const [x, y, z] = pointsOf([from]) as unknown as [number, number, number];
  const size = Math.min(limit, points.length / 3);
  const places = new Int32Array(size);
  const squares = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  if (size === 0) return [];
  for (let at = 0; 3 * at < points.length; at++) {
    const dx = (points[3 * at] as number) - x;
    const dy = (points[3 * at + 1] as number) - y;
    const dz = (points[3 * at + 2] as number) - z;
    const square = dx * dx + dy * dy + dz * dz;
    if (square >= (squares[size - 1] as number)) continue;
    // The list so far is short and sorted: whoever is farther moves one place on.
    let place = size - 1;
    for (; place > 0 && (squares[place - 1] as number) > square; place--) {
      squares[place] = squares[place - 1] as number;
      places[place] = places[place - 1] as number;
    }
    squares[place] = square;
    places[place] = at;
  }
  return Array.from(places, (at, place) => ({ at, metres: metresOf(Math.sqrt(squares[place] as number)) }));
}

const metresOf = (chord: number): number => 2 * EARTH_M * Math.asin(Math.min(1, chord / 2));
