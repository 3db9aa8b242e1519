import { describe, expect, test } from '@jest/globals';
import { parseDocument } from '../../../../../src/core/formats/json/document.js';
import type { Snapshot } from '../../../../../src/core/plan/snapshot.js';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import { after } from '../../../../../src/core/trust/contributions/contribution.js';
import {
  putInsecureBefore,
  readInsecureBefore,
  recordInsecure,
  takenOut,
  withInsecureAgain,
} from '../../../../../src/core/trust/contributions/insecure-before.js';

const NAME = 'reg.example:5000';
const subject = {
  registry: parseRegistry(NAME),
  machine: { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null },
};
const RECORD = `/var/lib/dockerctl/replaced/docker/${NAME}.json`;
const EMPTY: Snapshot = new Map();
const image = { content: { text: '{"files":{},"folders":[]}' }, mode: 0o600, uid: 0, gid: 0 };
const first = [{ path: RECORD, before: null, after: image }];
const documentOf = (text: string) => {
  const parsed = parseDocument(Buffer.from(text));
  if (!parsed.ok) throw new Error('no JSON');
  return parsed.document;
};

describe('what a registry was in insecure-registries', () => {
  test('is recorded with the first change of ours, for root alone, and read again', () => {
    const changes = recordInsecure(subject, EMPTY, first);
    expect(changes).toMatchObject([{ before: null, after: { mode: 0o600 } }]);
    const seen = after(EMPTY, changes);
    expect(readInsecureBefore(subject, seen)).toEqual({});
    expect(recordInsecure(subject, seen, first)).toEqual([]);
  });

  test('is not recorded where we change nothing, or have changed something before', () => {
    expect(recordInsecure(subject, EMPTY, [])).toEqual([]);
    expect(recordInsecure(subject, after(EMPTY, first), first)).toEqual([]);
    expect(readInsecureBefore(subject, EMPTY)).toBeNull();
  });
});

describe('the entry that was taken out', () => {
  const BEFORE = `{ "insecure-registries" : [ "${NAME}" , "x" ] }`;
  const AFTER = '{ "insecure-registries" : [ "x" ] }';
  const taken = takenOut(Buffer.from(BEFORE), Buffer.from(AFTER));
  if (taken === undefined) throw new Error('both are JSON');

  test('comes back where it stood', () => {
    const [change] = putInsecureBefore(subject, EMPTY, { taken });
    const known = readInsecureBefore(subject, after(EMPTY, change === undefined ? [] : [change]));
    expect(withInsecureAgain(documentOf(AFTER), NAME, known ?? {}).text).toBe(BEFORE);
  });

  test('comes back beside what others wrote since', () => {
    expect(withInsecureAgain(documentOf('{"debug":true}'), NAME, { taken }).text).toBe(
      `{"debug":true,"insecure-registries":["${NAME}"]}`,
    );
  });

  test('of a file with comments has no text', () => {
    expect(takenOut(Buffer.from('{} // x'), Buffer.from('{}'))).toBeUndefined();
  });
});
