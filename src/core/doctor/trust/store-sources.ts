import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { parseCertificates } from '../../trust/material/certificates.js';
import { anchorFiles } from '../../trust/consumers/system/anchor-files.js';
import type { SystemStore } from '../../trust/consumers/system/system-stores.js';
import { bytesAt, textAt, type Snapshot } from '../../plan/snapshot.js';

/** The distribution's own certificates, of which update-ca-certificates(8) compiles those that CONF names. */
const DISTRIBUTED = '/usr/share/ca-certificates';
const CONF = '/etc/ca-certificates.conf';

/** Only where all that goes into the bundle is known: Debian's tool. */
export function readsSources(snapshot: Snapshot, store: SystemStore): string[] {
  if (!isDebian(store)) return [];
  return [CONF, ...sourcesIn(snapshot)];
}

function sourcesIn(snapshot: Snapshot): string[] {
  return (textAt(snapshot, CONF) ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^[^#!]/.test(line) && !line.includes('..'))
    .map((line) => join(DISTRIBUTED, line));
}

/** Certificates of the bundle that come from no file. Compared as text: parsing 140 of them takes longer than all the rest. */
export function handmadeIn(snapshot: Snapshot, store: SystemStore): X509Certificate[] {
  if (!isDebian(store) || textAt(snapshot, CONF) === null) return [];
  const bundle = blocksAt(snapshot, store.bundle);
  const anchors = anchorFiles(snapshot, store);
  const known = new Set(
    [...sourcesIn(snapshot), ...anchors].flatMap((path) => blocksAt(snapshot, path)),
  );
  if (known.size === 0) return [];
  return [...new Set(bundle.filter((block) => !known.has(block)))].flatMap((block) =>
    parseCertificates(
      Buffer.from(
        `-----BEGIN CERTIFICATE-----\n${block.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
      ),
    ),
  );
}

function blocksAt(snapshot: Snapshot, path: string): string[] {
  const text = Buffer.from(bytesAt(snapshot, path) ?? []).toString('latin1');
  return [...text.matchAll(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----([^-]*)-----END/g)].map(
    ([, body = '']) => body.replace(/\s+/g, ''),
  );
}

function isDebian({ systems }: SystemStore): boolean {
  return systems.includes('debian');
}
