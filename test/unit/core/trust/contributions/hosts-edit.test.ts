import { describe, expect, test } from '@jest/globals';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import type { Material } from '../../../../../src/core/trust/contributions/consumer.js';
import { after } from '../../../../../src/core/trust/contributions/contribution.js';
import {
  addHosts,
  addToHosts,
  removeHosts,
} from '../../../../../src/core/trust/contributions/hosts-edit.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const NAME = 'reg.test';
const FOLDER = `/etc/containerd/certs.d/${NAME}`;
const PATH = `${FOLDER}/hosts.toml`;
const CA: Material = { ca: 'PEM', client: null, insecure: false };
const CLOSES: Material = { ...CA, closes: true };
const requestOf = (material: Material) => ({
  registry: parseRegistry(NAME),
  machine: { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null },
  material,
});
const snapshotOf = (text: string | null) => treeOf(text === null ? {} : { [PATH]: text });
const written = (
  edit: typeof addHosts,
  text: string | null,
  material: Material = CA,
): string | null => {
  const [change] = edit(requestOf(material), { snapshot: snapshotOf(text), folder: FOLDER });
  const content = change?.after?.content;
  return content !== undefined && 'text' in content ? content.text : null;
};

describe('a hosts.toml of our own', () => {
  /** containerd docs/hosts.md: `ca` and `client` beside `server` are the server's. */
  test('names the server and what lies beside it', () => {
    const client = { cert: 'PEM', key: { secret: 'a'.repeat(64), size: 1 } };
    expect(written(addHosts, null, { ...CA, client })).toBe(
      `server = "https://reg.test"
ca = "${FOLDER}/ca.crt" # set by dockerctl
client = [["${FOLDER}/client.cert", "${FOLDER}/client.key"]] # set by dockerctl
`,
    );
  });

  test('of an insecure registry asks http first, and verifies nothing', () => {
    const text = written(addHosts, null, { ca: null, client: null, insecure: true });
    expect(text).toMatch(/^server = "https:\/\/reg\.test"\nskip_verify = true$/m);
    expect(text).toMatch(/^\[host\."http:\/\/reg\.test"\]$/m);
    expect(written(addHosts, text)).toBe(
      `server = "https://reg.test"\nca = "${FOLDER}/ca.crt" # set by dockerctl\n`,
    );
  });
});

describe('one that is there', () => {
  const THEIRS =
    '# theirs\nserver = "https://reg.test"\n\n[host."https://m.test"]\n  ca = "/m.crt"\n';

  test('keeps every byte beside our keys', () => {
    expect(written(addHosts, THEIRS)).toBe(
      THEIRS.replace('\n\n', `\nca = "${FOLDER}/ca.crt" # set by dockerctl\n\n`),
    );
  });

  test('has them in the table of the registry itself where it has one', () => {
    expect(written(addHosts, '[host."https://reg.test"]\nca = "/old.crt"\n')).toBe(
      `[host."https://reg.test"]\nca = "${FOLDER}/ca.crt"\n`,
    );
  });

  test('is closed for the registry, where that was agreed to, and for nobody else', () => {
    const open = [
      'server = "http://reg.test"',
      'skip_verify = true',
      '[host."http://reg.test/v2"]',
      '[host."http://reg.test:5000"]',
      '[host."http://reg.testing"]',
      'skip_verify = true',
      '',
    ].join('\n');
    const closed = written(addHosts, open, CLOSES);
    expect(closed).toMatch(/^server = "https:\/\/reg\.test"\n(?!skip_verify)/);
    expect(closed).toContain('[host."https://reg.test/v2"]');
    expect(closed).toContain('[host."http://reg.test:5000"]');
    expect(closed).toContain('[host."http://reg.testing"]\nskip_verify = true');
    expect(written(addHosts, open)).toContain('server = "http://reg.test"\nskip_verify = true');
  });
});

describe('for dockerd, which has its own certificates without one', () => {
  test.each([
    ['there is none', null],
    ['it is empty', ''],
    ['it names the CA', 'ca = "ca.crt"\n'],
    ['it names the CA by its path', `server = "https://reg.test"\nca = ["${FOLDER}/ca.crt"]\n`],
    ['it asks other servers only', 'server = "https://other.test"\n'],
    ['its reader passes over it', 'ca = 5\n'],
  ])('nothing is written where %s', (_, text) => {
    expect(written(addToHosts, text)).toBeNull();
  });

  test('the CA is named in one that speaks alone', () => {
    expect(written(addToHosts, 'server = "https://reg.test"\n')).toContain(
      `ca = "${FOLDER}/ca.crt"`,
    );
    expect(written(addToHosts, '[host."https://reg.test"]\n')).toContain(`ca = "${FOLDER}/ca.crt"`);
  });

  test('one that names the CA and verifies nothing is closed, where that was agreed to', () => {
    const open = 'ca = "ca.crt"\nskip_verify = true\n';
    expect(written(addToHosts, open)).toBeNull();
    expect(written(addToHosts, open, CLOSES)).not.toContain('skip_verify');
  });
});

describe('taken back', () => {
  const taken = (text: string) => {
    const snapshot = snapshotOf(text);
    const [change] = removeHosts(snapshot, FOLDER);
    const content = change?.after?.content;
    return change === undefined
      ? text
      : content !== undefined && 'text' in content
        ? content.text
        : null;
  };

  test.each([CA, { ca: null, client: null, insecure: true }])(
    'one of our own goes: %j',
    (material) => {
      const request = requestOf(material);
      const snapshot = after(new Map(), addHosts(request, { snapshot: new Map(), folder: FOLDER }));
      expect(removeHosts(snapshot, FOLDER)).toMatchObject([{ path: PATH, after: null }]);
    },
  );

  test('of another’s our lines go, and the rest stays', () => {
    const theirs = 'server = "https://reg.test"\n\n[host."https://m.test"]\n  ca = "/m.crt"\n';
    expect(taken(written(addHosts, theirs) ?? '')).toBe(theirs);
    expect(taken(theirs)).toBe(theirs);
    expect(removeHosts(new Map(), FOLDER)).toEqual([]);
  });
});
