/** PEM as RFC 7468 writes it: lines of 64, a final newline. */
export function toPem(label: string, der: Uint8Array): string {
  const lines = (
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n');
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

export interface PemBlock {
  readonly label: string;
  readonly der: Buffer;
}

/** Every block in order; text around them is skipped, as openssl does. Old blocks with headers (`Proc-Type`) are left out: their body is not DER. */
export function pemBlocks(text: string): PemBlock[] {
  const blocks = text.matchAll(
    /-----BEGIN ([A-Z0-9 ]+)-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END \1-----/gu,
  );
  return [...blocks].map(([, label = '', body = '']) => ({
    label,
    der: Buffer.from(body, 'base64'),
  }));
}

export const isPem = (bytes: Uint8Array): boolean => Buffer.from(bytes).includes('-----BEGIN ');
