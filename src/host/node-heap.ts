/** A change of an ordinary machine reads 16 kB, `doctor` and `status` the system's bundle of authorities besides. */
const MOST_BYTES = 512 * 1024;

let taken = 0;

/**
 * What foreign bytes came in, told by whoever reads them. Once there are many, V8 keeps its heap near what is in use: by
 * itself it collects one that has doubled, and lets the young generation grow to 48 MB. Not from the start on: it takes
 * 1.5 ms.
 */
export function countBytes(count: number): void {
  const before = taken;
  taken += count;
  if (before > MOST_BYTES || taken <= MOST_BYTES) return;
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  // Each collection looks at these two; limits of size are only taken before there is a heap.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=40');
}
