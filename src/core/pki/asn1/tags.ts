/** Universal tags, constructed where the type is: X.680 8.4, X.690 8.1.2. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
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

/** `[number]` of a primitive type, IMPLICIT. */
export const contextTag = (number: number): number => CONTEXT | number;

/** `[number]` EXPLICIT, or IMPLICIT of a constructed type. */
export const explicitTag = (number: number): number => CONTEXT | CONSTRUCTED | number;
