/** PEM as RFC 7468 writes it: lines of 64, a final newline. */
export function toPem(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.length).toString('base64');
  let lines = '';
  for (let at = 0; at < base64.length; at += 64) lines += `${base64.slice(at, at + 64)}\n`;
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}

export interface PemBlock {
  readonly label: string;
  /** As it stands in the file, both lines of dashes included. */
  readonly text: string;
  readonly der: Buffer;
}

/** Every block in order; text around them is skipped, as openssl does. Old blocks with headers (`DEK-Info`) are left out: their body is not DER. */
export function pemBlocks(text: string): PemBlock[] {
  const blocks = text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/gu);
  return [...blocks].map(([block, label = '', body = '']) => ({
    label,
    text: block,
    der: Buffer.from(body, 'base64'),
  }));
}

export const isPem = (bytes: Uint8Array): boolean => Buffer.from(bytes).includes('-----BEGIN ');
