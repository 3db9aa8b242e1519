/** DER looked at without decoding all of it: node-forge's tree of a certificate takes a hundred times as long as one answer. */

/** The values directly inside a constructed one, each as it is encoded. What is cut off ends the list. */
export function peekItems(der: Uint8Array): Uint8Array[] {
  const inside = peekContent(der);
  const items: Uint8Array[] = [];
  for (let at = 0; at + 2 <= inside.length;) {
    const { end } = bounds(inside.subarray(at));
    items.push(inside.subarray(at, at + end));
    at += end;
  }
  return items;
}

/** What follows tag and length. */
export function peekContent(der: Uint8Array): Uint8Array {
  const { start, end } = bounds(der);
  return der.subarray(start, end);
}

/** X.690 8.1.3. Both are at least 2, whatever the bytes are. */
function bounds(der: Uint8Array): { readonly start: number; readonly end: number } {
  const first = der[1] ?? 0;
  if (first < 0x80) return { start: 2, end: 2 + first };
  const start = 2 + (first & 0x7f);
  const length = der.subarray(2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { start, end: start + length };
}
