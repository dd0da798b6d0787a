# BLS12-381 in plain Python: fields, the two curves, strict decoding and the pairing. Nothing is secret, so nothing runs in constant time.
from functools import lru_cache

X = 0xD201000000010000  # the curve's parameter is -X
P = 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB
R = X**4 - X**2 + 1  # order of the groups
HALF = (P - 1) // 2

# The generator of G2, compressed.
G2_GENERATOR = bytes.fromhex(
    "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
    "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
)


class BadPoint(ValueError):
    """Bytes that are not the one canonical encoding of a point of the group."""


# Fp2 = Fp[u] / (u^2 + 1), as pairs.


def add2(a, b):
    return ((a[0] + b[0]) % P, (a[1] + b[1]) % P)


def sub2(a, b):
    return ((a[0] - b[0]) % P, (a[1] - b[1]) % P)


def mul2(a, b):
    low, high = a[0] * b[0], a[1] * b[1]
    return ((low - high) % P, ((a[0] + a[1]) * (b[0] + b[1]) - low - high) % P)


def scale2(a, k):
    return (a[0] * k % P, a[1] * k % P)


def inverse2(a):
    k = pow(a[0] * a[0] + a[1] * a[1], -1, P)
    return (a[0] * k % P, -a[1] * k % P)


def pow2(a, e):
    result = (1, 0)
    for bit in bin(e)[2:]:
        result = mul2(result, result)
        if bit == "1":
            result = mul2(result, a)
    return result


XI = (1, 1)

# Square roots. P = 3 mod 4; in Fp2 through the norm (a square of Fp exactly where the element is one of Fp2).


def sqrt(a):
    root = pow(a, (P + 1) // 4, P)
    return root if root * root % P == a % P else None


def sqrt2(a):
    norm = sqrt(a[0] * a[0] + a[1] * a[1])
    if norm is None:
        return None
    for sign in (norm, -norm):
        real = sqrt((a[0] + sign) * pow(2, -1, P) % P)
        if real:
            root = (real, a[1] * pow(2 * real, -1, P) % P)
            if mul2(root, root) == a:
                return root
    return (0, sqrt(-a[0])) if a[1] == 0 and sqrt(-a[0]) is not None else None


# G1 over Fp, y^2 = x^3 + 4, in Jacobian coordinates (x / z^2, y / z^3); z = 0 is infinity.


def double(p):
    x, y, z = p
    if z == 0:
        return p
    a, b = x * x % P, y * y % P
    c = 4 * x * b % P
    e = 3 * a % P
    x3 = (e * e - 2 * c) % P
    return (x3, (e * (c - x3) - 8 * b * b) % P, 2 * y * z % P)


def add(p, q):
    if p[2] == 0:
        return q
    if q[2] == 0:
        return p
    pz, qz = p[2] * p[2] % P, q[2] * q[2] % P
    px, qx = p[0] * qz % P, q[0] * pz % P
    py, qy = p[1] * q[2] * qz % P, q[1] * p[2] * pz % P
    if px == qx:
        return double(p) if py == qy else (1, 1, 0)
    h, r = qx - px, qy - py
    hh = h * h % P
    v = px * hh % P
    x3 = (r * r - h * hh - 2 * v) % P
    return (x3, (r * (v - x3) - py * h * hh) % P, p[2] * q[2] * h % P)


def multiply(p, k):
    result = (1, 1, 0)
    for bit in bin(k)[2:]:
        result = double(result)
        if bit == "1":
            result = add(result, p)
    return result


def affine(p):
    z = pow(p[2], -1, P)
    return (p[0] * z * z % P, p[1] * z * z * z % P)


# G2 over Fp2, y^2 = x^3 + 4 (1 + u), in plain coordinates: it is used for lines, which need them. None is infinity.


def chord2(p, q):
    """The slope of the line through p and q, or of the tangent where they are one point."""
    if p == q:
        return mul2(scale2(mul2(p[0], p[0]), 3), inverse2(scale2(p[1], 2)))
    return mul2(sub2(q[1], p[1]), inverse2(sub2(q[0], p[0])))


def third2(p, q, slope):
    x = sub2(sub2(mul2(slope, slope), p[0]), q[0])
    return (x, sub2(mul2(slope, sub2(p[0], x)), p[1]))


def add_g2(p, q):
    if p is None or q is None:
        return q if p is None else p
    if p[0] == q[0] and p[1] != q[1]:
        return None
    return third2(p, q, chord2(p, q))


def in_subgroup_g2(p):
    result = None
    for bit in bin(R)[2:]:
        result = add_g2(result, result) if result else None
        if bit == "1":
            result = add_g2(result, p)
    return result is None


# Strict decoding: length, flags, x below P, on the curve, in the subgroup, not infinity. Each point has one encoding that passes.


def _x_parts(data, length):
    if len(data) != length:
        raise BadPoint(f"{len(data)} bytes, not {length}")
    flags = data[0] >> 5
    if not flags & 4:
        raise BadPoint("the compression flag is off")
    if flags & 2:
        raise BadPoint("the point at infinity")
    plain = bytes([data[0] & 0x1F]) + data[1:]
    parts = [int.from_bytes(plain[at : at + 48], "big") for at in range(0, length, 48)]
    if any(part >= P for part in parts):
        raise BadPoint("a coordinate is not below the field prime")
    return parts, bool(flags & 1)


def decode_g1(data):
    (x,), larger = _x_parts(data, 48)
    y = sqrt(x * x * x + 4)
    if y is None:
        raise BadPoint("not on the curve")
    if (y > HALF) != larger:
        y = P - y
    # y = 0 would need x^3 = -4, which has no root in this field.
    if multiply((x, y, 1), R)[2] != 0:
        raise BadPoint("on the curve, outside the subgroup")
    return (x, y)


def encode_g1(point):
    x, y = point
    data = bytearray(x.to_bytes(48, "big"))
    data[0] |= 0xA0 if y > HALF else 0x80
    return bytes(data)


@lru_cache(maxsize=16)
def decode_g2(data):
    (imaginary, real), larger = _x_parts(data, 96)
    x = (real, imaginary)
    y = sqrt2(add2(mul2(mul2(x, x), x), scale2(XI, 4)))
    if y is None:
        raise BadPoint("not on the curve")
    if (y[1] > HALF if y[1] else y[0] > HALF) != larger:
        y = (-y[0] % P, -y[1] % P)
    if not in_subgroup_g2((x, y)):
        raise BadPoint("on the curve, outside the subgroup")
    return (x, y)


# Fp12 = Fp2[w] / (w^6 - (1 + u)), as lists of six. Lines have three coefficients, at 1, w^2 and w^3.


def mul12(a, b):
    raw = [(0, 0)] * 11
    for i, x in enumerate(a):
        if x == (0, 0):
            continue
        for j, y in enumerate(b):
            if y != (0, 0):
                low, high = x[0] * y[0], x[1] * y[1]
                mixed = (x[0] + x[1]) * (y[0] + y[1]) - low - high
                raw[i + j] = (raw[i + j][0] + low - high, raw[i + j][1] + mixed)
    folded = [
        (raw[i][0] + raw[i + 6][0] - raw[i + 6][1], raw[i][1] + raw[i + 6][0] + raw[i + 6][1]) if i < 5 else raw[i] for i in range(6)
    ]
    return [(x % P, y % P) for x, y in folded]


ONE12 = [(1, 0)] + [(0, 0)] * 5
FROBENIUS = [pow2(XI, i * (P - 1) // 6) for i in range(6)]


def frobenius(a):
    """a to the power P."""
    return [mul2((x, -y % P), FROBENIUS[i]) for i, (x, y) in enumerate(a)]


def conjugate(a):
    """a to the power P^6, which is 1 / a once the easy part of the final exponent is done."""
    return [(x, y) if i % 2 == 0 else (-x % P, -y % P) for i, (x, y) in enumerate(a)]


def inverse12(a):
    """Through the norm: the product of the eleven other conjugates, over a number of Fp."""
    others, power = ONE12, a
    for _ in range(11):
        power = frobenius(power)
        others = mul12(others, power)
    k = pow(mul12(a, others)[0][0], -1, P)
    return [scale2(x, k) for x in others]


def pow_x(a):
    result = a
    for bit in bin(X)[3:]:
        result = mul12(result, result)
        if bit == "1":
            result = mul12(result, a)
    return result


def is_one_after_final_exponent(f):
    """Whether f^((P^12 - 1) / R) = 1. Takes three times the hard part, (x-1)^2 (x+P) (x^2+P^2-1) + 3: it gives 1 for the same f."""
    f = mul12(conjugate(f), inverse12(f))
    f = mul12(frobenius(frobenius(f)), f)
    a = f
    for _ in range(2):
        a = conjugate(mul12(pow_x(a), a))  # a^(x - 1), x = -X
    a = mul12(conjugate(pow_x(a)), frobenius(a))  # a^(x + P)
    a = mul12(mul12(pow_x(pow_x(a)), frobenius(frobenius(a))), conjugate(a))  # a^(x^2 + P^2 - 1)
    return mul12(a, mul12(mul12(f, f), f)) == ONE12


def miller(pairs):
    """The product of the Miller loops of (G1, G2) pairs, up to factors that the final exponent makes 1."""
    f = ONE12
    points = [q for _, q in pairs]
    for bit in bin(X)[3:]:
        f = mul12(f, f)
        for i, (p, q) in enumerate(pairs):
            for other in [points[i]] + ([q] if bit == "1" else []):
                t = points[i]
                slope = chord2(t, other)
                line = [sub2(mul2(slope, t[0]), t[1]), (0, 0), scale2(slope, -p[0]), (p[1], 0), (0, 0), (0, 0)]
                f = mul12(f, line)
                points[i] = third2(t, other, slope)
    return f


def pairings_cancel(pairs):
    """Whether the product of e(p, q) over the pairs is 1."""
    return is_one_after_final_exponent(miller(pairs))
