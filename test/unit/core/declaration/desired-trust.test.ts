import { describe, expect, test } from '@jest/globals';
import { parseDeclaration } from '../../../../src/core/declaration/declaration.js';
import {
  planTrusted,
  trustDrifts,
  type TrustSituation,
} from '../../../../src/core/declaration/desired-trust.js';
import { parseRegistry } from '../../../../src/core/registry/address.js';
import { DockerctlError } from '../../../../src/errors.js';
import { isRecord } from '../../../../src/core/plan/plan.js';
import type { SnapshotEntry } from '../../../../src/core/plan/snapshot.js';
import { toPem } from '../../../../src/core/pki/keys/pem.js';
import { makeSigner } from '../../../support/authority.js';

const PATH = '/etc/docker/certs.d/reg.example.com:5000/ca.crt';
const ca = await pemOf('Declared');
const other = await pemOf('Other');

async function pemOf(name: string): Promise<string> {
  const { certificate } = await makeSigner({ subject: [['CN', name]] });
  return toPem('CERTIFICATE', certificate.der);
}

function situation(installed: string | null, ready: string | DockerctlError = ca): TrustSituation {
  const { registries } = parseDeclaration([
    { path: '/d', text: `{ registries: { 'reg.example.com:5000': { ca: { file: '/ca' } } } }` },
  ]);
  const declared = registries['reg.example.com:5000'];
  if (declared === undefined) throw new Error('not declared');
  const image = { content: { text: installed ?? '' }, mode: 0o644, uid: 0, gid: 0 };
  const files: [string, SnapshotEntry][] =
    installed === null
      ? []
      : [
          ['/etc/docker/certs.d/reg.example.com:5000', { kind: 'folder', names: ['ca.crt'] }],
          [PATH, { kind: 'file', image }],
        ];
  return {
    machine: { certsDir: '/etc/docker/certs.d', mirrors: [] },
    registries: [
      {
        address: parseRegistry('reg.example.com:5000'),
        declared,
        material: typeof ready === 'string' ? { ca: ready, client: null, insecure: false } : ready,
      },
    ],
    authorities: [],
    snapshot: new Map(files),
    secrets: new Map(),
  };
}

/** Registries whose consumers keep all of them in one file. */
function sharing(names: readonly string[]): TrustSituation {
  const material = { ca, client: null, insecure: false };
  return {
    ...situation(null),
    snapshot: new Map(),
    registries: names.map((name) => ({
      address: parseRegistry(name),
      declared: { ca: { file: '/ca' }, to: ['buildkit', 'k3s', 'containerd'] },
      material,
    })),
  };
}

function fileOf(path: string, text: string): [string, SnapshotEntry] {
  return [path, { kind: 'file', image: { content: { text }, mode: 0o644, uid: 0, gid: 0 } }];
}

describe('trust that is declared', () => {
  test.each([
    ['missing', null, ['registries:reg.example.com:5000:docker none']],
    ['another', other, ['registries:reg.example.com:5000:docker none']],
    ['there', ca, []],
  ])('is adrift where its CA is %s', (_, installed, expected) => {
    const drifts = trustDrifts(situation(installed));
    expect(drifts.map(({ id, action }) => `${id} ${action}`)).toEqual(expected);
  });

  test('is planned as files that dockerd need not be told about', () => {
    const plan = planTrusted(situation(null), 'apply', null);
    expect(plan.changes.filter((one) => !isRecord(one)).map(({ path }) => path)).toEqual([PATH]);
    expect(plan.activation.action).toBe('none');
    expect(planTrusted(situation(null), 'repair', new Set(['daemon:/debug'])).changes).toEqual([]);
  });

  test('of several registries in one file is one change of it', () => {
    const files = ['/etc/buildkit/buildkitd.toml', '/etc/rancher/k3s/registries.yaml'];
    const plan = planTrusted(sharing(['a.example:5000', 'b.example:5000']), 'apply', null);
    for (const path of files) {
      const changes = plan.changes.filter((change) => change.path === path);
      expect(changes).toMatchObject([{ before: null }]);
      const text = JSON.stringify(changes[0]?.after?.content);
      expect(text).toContain('a.example:5000');
      expect(text).toContain('b.example:5000');
    }
    const paths = plan.changes.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(plan.notes.filter((note) => note.startsWith('buildkitd'))).toHaveLength(1);
  });

  test('in several authorities compiles the store of the system once', () => {
    const authorities = [
      { name: 'one', pem: ca },
      { name: 'two', pem: other },
    ];
    const snapshot = new Map([...sharing([]).snapshot, fileOf('/etc/os-release', 'ID=debian\n')]);
    const plan = planTrusted({ ...sharing([]), authorities, snapshot }, 'apply', null);
    expect(plan.changes).toHaveLength(2);
    expect(plan.refresh).toHaveLength(1);
  });

  test('that cannot be had is a finding to the agent and an error to apply', () => {
    const gone = new DockerctlError({ code: 'file-not-found', message: '/ca is gone', hint: 'ls' });
    const [drift] = trustDrifts(situation(null, gone));
    expect(drift).toMatchObject({ beyondRepair: true, finding: { severity: 'error' } });
    expect(() => planTrusted(situation(null, gone), 'apply', null)).toThrow('/ca is gone');
  });
});
