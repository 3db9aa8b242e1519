import type { GoRules } from '../rules/generation.js';
import { refuse } from '../rules/refusal.js';
import { TAG } from '../../asn1/tags.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?*&]*$/;
const NUMERIC = /^[0-9 ]*$/;

export const isAscii = (bytes: Buffer): boolean => bytes.every((byte) => byte < 0x80);

/**
 * The text of a string in a name (crypto/x509/parser.go parseASN1String); null where the tag is that of no string that
 * Go knows. Refused: characters that the type does not have. PrintableString has no @ and no underscore, but * and &.
 */
export function textOf(tag: number, bytes: Buffer, rules: GoRules): string | null {
  const latin1 = bytes.toString('latin1');
  switch (tag) {
    case TAG.teletex:
      return latin1;
    case TAG.printable:
      return PRINTABLE.test(latin1) ? latin1 : invalid('PrintableString', latin1);
    case TAG.utf8:
      return utf8Of(bytes) ?? invalid('UTF8String', latin1);
    case TAG.bmp:
      return bmpOf(bytes, rules) ?? invalid('BMPString', latin1);
    case TAG.ia5:
      return isAscii(bytes) ? latin1 : invalid('IA5String', latin1);
    case TAG.numeric:
      return NUMERIC.test(latin1) ? latin1 : invalid('NumericString', latin1);
    default:
      return null;
  }
}

const invalid = (type: string, text: string): never =>
  refuse(['name-string-invalid', `${JSON.stringify(text.slice(0, 80))} is no ${type}`]);

function utf8Of(bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function bmpOf(bytes: Buffer, { bmpWithoutSurrogates }: GoRules): string | null {
  if (bytes.length % 2 !== 0) return null;
  const cut = bytes.length >= 2 && bytes.readUInt16BE(bytes.length - 2) === 0 ? 2 : 0;
  const units = Uint16Array.from({ length: (bytes.length - cut) / 2 }, (_, at) =>
    bytes.readUInt16BE(2 * at),
  );
  if (bmpWithoutSurrogates && units.some(isNoCharacter)) return null;
  return String.fromCharCode(...units.subarray(0, 256));
}

const isNoCharacter = (unit: number): boolean =>
  unit >= 0xfffe || (unit >= 0xfdd0 && unit <= 0xfdef) || (unit >= 0xd800 && unit <= 0xdfff);
