import type { X509Certificate } from 'node:crypto';
import { basename, join } from 'node:path';
import type { Finding } from '../../plan/finding.js';
import { isExpired, nameOf, parseCertificates, toPem } from '../../trust/material/certificates.js';
import { anchorFiles, isDebianTool } from '../../trust/consumers/system/anchor-files.js';
import { put } from '../../trust/contributions/contribution.js';
import {
  compiledIn,
  findStore,
  readsStore,
  storedNames,
} from '../../trust/consumers/system/system.js';
import type { SystemStore } from '../../trust/consumers/system/system-stores.js';
import { bytesAt, type Snapshot } from '../../plan/snapshot.js';
import { fixCommand, found } from '../codes.js';
import type { DoctorFacts, Family } from '../facts.js';
import { fixPlan } from '../fix-plan.js';
import { moveCommand, shellWord } from '../../text/shell-word.js';
import { unreadForm, type UnreadForm } from './anchor-forms.js';
import { handmadeIn, readsSources } from './store-sources.js';
import { utcDay } from '../../text/utc-time.js';

export const storeFamily: Family = {
  name: 'system store',
  ok: 'every CA put there is valid and compiled in',
  find: (facts) => {
    const { snapshot } = facts;
    const store = findStore(snapshot);
    if (store === null) return [];
    const paths = anchorFiles(snapshot, store);
    const compiled = paths.length === 0 ? new Set<string>() : compiledIn(snapshot);
    return [
      ...paths.flatMap((path) => anchor(facts, { store, path, compiled })),
      ...edited(facts, store),
      ...newer(facts, { store, paths, compiled }),
      ...unreadByDockerd(facts, paths),
    ];
  },
};

/** What of the machine this family looks at. */
export function readsStoreFully(snapshot: Snapshot): readonly string[] {
  const store = findStore(snapshot);
  if (store === null) return readsStore(null, snapshot);
  const files = anchorFiles(snapshot, store);
  return [...readsStore(null, snapshot), ...files, ...readsSources(snapshot, store)];
}

interface AnchorFile {
  readonly store: SystemStore;
  readonly path: string;
  /** SHA-256 fingerprints. */
  readonly compiled: ReadonlySet<string>;
}

function anchor({ snapshot, now }: DoctorFacts, { store, path, compiled }: AnchorFile): Finding[] {
  const name = basename(path);
  const bytes = bytesAt(snapshot, path);
  const certificates = parseCertificates(bytes);
  const [first] = certificates;
  if (first === undefined || !certificates.every((one) => compiled.has(one.fingerprint256))) {
    const form = isDebianTool(store) && name.endsWith('.crt') ? unreadForm(snapshot, path) : null;
    if (form !== null) return [unread(path, form, first)];
  }
  if (first === undefined) return [];
  const refresh = store.refresh.join(' ');
  const place = { subject: nameOf(first.subject), path };
  const isDer = bytes?.[0] === 0x30;
  if (isDebianTool(store) && isDer) {
    return [
      found('anchor-der', {
        ...place,
        message: 'it is DER; the bundle that programs read is PEM, and gets its bytes as they are.',
        hint: `openssl x509 -inform DER -in ${shellWord(path)} -out ${shellWord(path)} && ${refresh}`,
      }),
    ];
  }
  if (isDebianTool(store) && !name.endsWith(store.ending)) {
    if (SET_ASIDE.test(name) || certificates.every((one) => isExpired(one, now))) return [];
    const right = path.replace(/(?:\.[^./]*)?$/, store.ending);
    return [
      found('anchor-ending', {
        ...place,
        message: `${store.refresh[0]} takes *${store.ending} alone and does not see it.`,
        hint: `${moveCommand(path, right)} && ${refresh}`,
      }),
    ];
  }
  const missing = certificates.filter((one) => !compiled.has(one.fingerprint256));
  if (isDebianTool(store) && certificates.length > 1 && missing.length > 0) {
    return [
      found('anchor-bundle', {
        ...place,
        message: `it holds ${certificates.length} certificates, and ${store.refresh[0]} wants one in a file: ${missing.length} of them ${missing.length === 1 ? 'is' : 'are'} not trusted.`,
        hint: `${moveCommand(path, `/root/${name}`)} && dockerctl trust add-ca ${shellWord(`/root/${name}`)}`,
      }),
    ];
  }
  return certificates.flatMap((one) => {
    if (isExpired(one, now)) return [expired(snapshot, { one, path, refresh })];
    if (!missing.includes(one)) return [];
    return [
      found('anchor-not-compiled', {
        subject: nameOf(one.subject),
        path,
        message: `${store.bundle}, which programs read, does not hold it.`,
        hint: refresh,
      }),
    ];
  });
}

/** Names that people, editors and package managers give to what shall not count. */
const SET_ASIDE = /(?:~|\.(?:bak|old|orig|save|off|disabled|unused|expired|dpkg-\w+|ucf-\w+))$/;

function unread(path: string, { what, hint }: UnreadForm, first?: X509Certificate): Finding {
  return found('anchor-unreadable', {
    subject: first === undefined ? basename(path) : nameOf(first.subject),
    path,
    message: `${what}: dockerd, and whatever else is written in Go, reads no certificate there.`,
    hint,
  });
}

function expired(
  snapshot: Snapshot,
  { one, path, refresh }: { one: X509Certificate; path: string; refresh: string },
): Finding {
  const ours = storedNames(snapshot).find((stored) => stored.path === path);
  return found('anchor-expired', {
    subject: nameOf(one.subject),
    path,
    message: `it ended on ${utcDay(one.validTo)}: nothing it signed is trusted any more.`,
    hint:
      ours === undefined
        ? `${moveCommand(path, `${path}.expired`)} && ${refresh}`
        : `dockerctl trust remove-ca ${shellWord(ours.name)}`,
  });
}

/** `cat ca.crt >> /etc/ssl/certs/ca-certificates.crt`, as many guides have it. */
function edited({ snapshot, now }: DoctorFacts, store: SystemStore): Finding[] {
  const handmade = handmadeIn(snapshot, store);
  if (handmade.length === 0) return [];
  // The refresh takes the others out, and nobody misses them.
  const valid = handmade.filter((one) => !isExpired(one, now));
  const changes = valid.flatMap((one) => {
    const id = one.fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase();
    const path = join(store.anchors, `${FROM_BUNDLE}${id}${store.ending}`);
    return put(snapshot, path, { content: { text: toPem([one]) }, mode: 0o644 });
  });
  return [
    found('bundle-edited', {
      subject: handmade.map(({ subject }) => nameOf(subject)).join('; '),
      path: store.bundle,
      message: `it was put into the compiled bundle by hand: the next ${store.refresh[0]} takes it out again.`,
      hint: fixCommand('bundle-edited'),
      fix: fixPlan('bundle-edited', changes, {
        refresh: [{ argv: store.refresh, reason: `compiles ${store.bundle}` }],
      }),
    }),
  ];
}

/** Its certificate was in the bundle before it was in this file: dockerd may well know it. */
const FROM_BUNDLE = 'from-bundle-';

/** Go reads the system's roots once per process (crypto/x509, SystemCertPool). */
function newer(
  { snapshot, startedAt, changedAt, observed }: DoctorFacts,
  { store, paths, compiled }: Omit<AnchorFile, 'path'> & { readonly paths: readonly string[] },
): Finding[] {
  if (observed.state !== 'running' || startedAt === null) return [];
  const later = (path: string): boolean => (changedAt.get(path) ?? 0) > startedAt;
  const fresh = paths
    .filter((path) => !basename(path).startsWith(FROM_BUNDLE))
    .filter((path) => later(path) && later(store.bundle))
    .filter((path) => {
      const certificates = parseCertificates(bytesAt(snapshot, path));
      return (
        certificates.length > 0 && certificates.every((one) => compiled.has(one.fingerprint256))
      );
    });
  if (fresh.length === 0) return [];
  return [
    found('store-newer-than-daemon', {
      subject: 'dockerd',
      path: fresh[0] ?? store.bundle,
      message:
        'it was added after dockerd was started, which reads the certificates of the system once, when it first needs them: after its first pull it does not know this one.',
      hint: 'dockerctl daemon restart',
    }),
  ];
}

/** Go reads what SSL_CERT_FILE and SSL_CERT_DIR name in place of the system's (crypto/x509 root_unix.go). */
function unreadByDockerd(
  { snapshot, otherRoots }: DoctorFacts,
  paths: readonly string[],
): Finding[] {
  if (otherRoots === undefined || otherRoots === null) return [];
  const { byVariables, known } = otherRoots;
  const isUnread = (one: X509Certificate) => !known.has(one.fingerprint256);
  const unread = paths.filter((path) => parseCertificates(bytesAt(snapshot, path)).some(isUnread));
  const [first] = unread;
  if (first === undefined) return [];
  return [
    found('store-not-read', {
      subject: 'dockerd',
      path: first,
      message: `its environment says ${byVariables.join(' ')}, which counts in place of the system's store: dockerd does not read ${unread.map((path) => basename(path)).join(', ')}.`,
      hint: 'put the CA where the variable points, too, then `dockerctl daemon restart`; or, for one registry: `dockerctl trust add-registry REGISTRY --ca FILE`',
    }),
  ];
}
