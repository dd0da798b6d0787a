// GS1 article numbers: 8, 12, 13 or 14 digits, the last of which is a check digit (GS1 General Specifications, section 7.9).

export function isGtin(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false;
  // Weights 3 and 1 in turn from the right, the check digit itself counted once.
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum += Number(text[at]) * ((text.length - at) % 2 === 0 ? 3 : 1);
  return sum % 10 === 0;
}
