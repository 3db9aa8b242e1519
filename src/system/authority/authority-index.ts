import { join } from 'node:path';
import {
  entryOf,
  certificateFile,
  formatIndex,
  parseIndex,
  placeOf,
  revocationsIn,
  withRevocations,
  type CertificateEntry,
} from '../../core/pki/authority/entry.js';
import { readStoredCertificates } from '../../core/pki/x509/read-certificate.js';
import type { Host } from '../../host/host.js';
import type { TextFile } from './authority-files.js';
import { replaceDurably } from '../history/journal.js';

const INDEX = 'index.json';

export interface ReadIndex {
  readonly entries: readonly CertificateEntry[];
  /** Paths of what cannot be read as a certificate, and is no entry. */
  readonly damaged: readonly string[];
  /** Paths of certificates in force that the index lists, and that are gone. */
  readonly lost: readonly string[];
  /** Whether it was there, or there is nothing that it could be about. */
  readonly isWhole: boolean;
  readonly notes: readonly string[];
}

/** The index, or what the certificates themselves say when it is missing, damaged, or not about the files that are there. */
export function readIndex(host: Host, folder: string): ReadIndex {
  const files = certificateFiles(host, folder);
  const path = join(folder, INDEX);
  const isThere = host.fs.stat(path) !== null;
  const known = isThere ? parseIndex(textOf(host, path)) : [];
  if (known !== null && sameFiles(known, files))
    return { entries: known, damaged: [], lost: [], isWhole: true, notes: [] };
  const rebuilt = files.map((file) => rebuild(host, { folder, file }));
  const damaged = rebuilt.flatMap((entry) => (typeof entry === 'string' ? entry : []));
  const entries = rebuilt.flatMap((entry) => (typeof entry === 'string' ? [] : entry));
  const there = new Set(entries.map(({ serial }) => serial));
  const lost = (known ?? [])
    .filter(
      ({ place, serial, revoked }) =>
        place === 'current' && revoked === undefined && !there.has(serial),
    )
    .map((entry) => join(folder, certificateFile(entry)))
    .filter((one) => host.fs.stat(one) === null);
  // No certificate says that it was revoked.
  const revoked = new Map(revocationsIn(known ?? []).map((one) => [one.serial, one]));
  return {
    entries: withRevocations(entries, revoked),
    damaged,
    lost,
    isWhole: isThere && known !== null,
    notes: [
      ...(known === null ? [`${path} was damaged: it is made anew from the certificates`] : []),
      ...damaged.map((one) => `${one} cannot be read as a certificate and is left out`),
      ...lost.map((one) => `${one} is gone, and stood in the index`),
    ],
  };
}

export function writeIndex(host: Host, folder: string, entries: readonly CertificateEntry[]): void {
  const { path, text } = indexFile(entries);
  replaceDurably(host, join(folder, path), text);
}

export function indexFile(entries: readonly CertificateEntry[]): TextFile {
  const byName = [...entries].sort(
    (a, b) => a.name.localeCompare(b.name) || a.notBefore - b.notBefore,
  );
  return { path: INDEX, text: formatIndex(byName) };
}

/** `certs/NAME.crt` and `old/NAME.SERIAL.crt`, below `folder`. */
function certificateFiles(host: Host, folder: string): string[] {
  return ['certs', 'old'].flatMap((place) => {
    const inside = join(folder, place);
    if (host.fs.stat(inside) === null) return [];
    return host.fs
      .list(inside)
      .map((name) => `${place}/${name}`)
      .filter((file) => placeOf(file) !== null);
  });
}

function sameFiles(entries: readonly CertificateEntry[], files: readonly string[]): boolean {
  const known = new Set(entries.map(certificateFile));
  return known.size === files.length && files.every((file) => known.has(file));
}

/** The entry of a file, or its path where it is damaged. */
function rebuild(
  host: Host,
  { folder, file }: { folder: string; file: string },
): CertificateEntry | string {
  const path = join(folder, file);
  const place = placeOf(file);
  try {
    const [certificate] = readStoredCertificates(host.fs.read(path), path);
    if (certificate === undefined || place === null) return path;
    const keyIsOurs = host.fs.stat(path.replace(/\.crt$/u, '.key')) !== null;
    return entryOf(certificate, { ...place, keyIsOurs });
  } catch {
    return path;
  }
}

const textOf = (host: Host, path: string): string =>
  Buffer.from(host.fs.read(path)).toString('utf8');
