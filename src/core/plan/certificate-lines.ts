import { X509Certificate } from 'node:crypto';
import { printable } from '../text/printable.js';
import { utcDay } from '../text/utc-time.js';

const PEM = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * A text with a line in the place of each certificate in it: subject, SHA-256 fingerprint and end. Where there are several, their
 * number stands first. What cannot be read as one is named so; all other lines stay.
 */
export function withCertificateLines(text: string): string {
  const count = [...text.matchAll(PEM)].length;
  const lines = text.replace(PEM, certificateLine);
  return count > 1 ? `# ${count} certificates\n${lines}` : lines;
}

function certificateLine(pem: string): string {
  try {
    const { subject, issuer, validTo, fingerprint256, ca } = new X509Certificate(pem);
    // Node 20 has undefined for an empty one.
    const said = (subject as string | undefined) ?? '';
    const name = printable(said.replaceAll('\n', ', ')) || 'without a subject';
    const kind = ca || subject === issuer ? 'CA' : 'certificate';
    const end = utcDay(validTo);
    return `# ${kind} ${name}, until ${end}, SHA-256 ${fingerprint256}`;
  } catch {
    return '# a certificate that cannot be read';
  }
}
