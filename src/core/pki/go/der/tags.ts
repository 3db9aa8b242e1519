/** X.680 8.4, X.690 8.1.2. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  numeric: 0x12,
  printable: 0x13,
  teletex: 0x14,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

const CONTEXT = 0x80;
const CONSTRUCTED = 0x20;

/** `[number]` of a primitive type. */
export const tagged = (number: number): number => CONTEXT | number;

/** `[number]` of a constructed type, or EXPLICIT. */
export const around = (number: number): number => CONTEXT | CONSTRUCTED | number;
