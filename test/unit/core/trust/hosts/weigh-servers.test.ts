import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../../../src/core/plan/finding.js';
import { askedServers } from '../../../../../src/core/trust/hosts/asked-servers.js';
import { missingFiles, weighServers } from '../../../../../src/core/trust/hosts/weigh-servers.js';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import { makeSigner } from '../../../../support/authority.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const ROOT = '/etc/docker/certs.d';
const asked = (text: string, registry = 'r.test') => {
  const found = askedServers(treeOf({ [`${ROOT}/${registry}/hosts.toml`]: text }), ROOT, registry);
  if (found === null) throw new Error('it is passed over');
  return found;
};
const bad: Finding = {
  code: 'registry-refused',
  severity: 'error',
  subject: 'm.test',
  message: 'no',
  hint: 'dockerctl trust verify m.test',
};
const MIRROR = '[host."https://m.test"]';

describe('what is found of the servers of a hosts.toml', () => {
  const severities = (text: string) =>
    weighServers('r.test', asked(text), [[bad], []]).map(({ severity }) => severity);

  test('one server that gets through is enough, unless it is asked for layers alone', () => {
    expect(severities(MIRROR)).toEqual(['warning', 'info']);
    expect(severities(`capabilities = ["pull"]\n${MIRROR}`)).toEqual(['error', 'info']);
  });

  test('is of the registry, and of the file', () => {
    const path = `${ROOT}/r.test/hosts.toml`;
    const [first] = weighServers('r.test', asked(MIRROR), [[bad], [bad]]);
    expect(first).toMatchObject({ subject: 'r.test', path, message: 'https://m.test: no' });
  });

  test('names the servers in their order, and says where daemon.json does not count', () => {
    const noteOf = (text: string) => weighServers('r.test', asked(text), [[], []]).at(-1)?.message;
    expect(noteOf(MIRROR)).toMatch(/asks https:\/\/m\.test, https:\/\/r\.test, .* do not count/);
    expect(noteOf('server = "https://o.test"')).not.toContain('do not count');
  });

  test.each([
    ['registry-unknown-authority', /^dockerctl mirrors set --for r\.test https:\/\/m\.test --ca/],
    ['registry-refused', /dockerctl mirrors clear --for r\.test/],
  ])('%s of another server is cured there, not at the registry', (code, hint) => {
    const [first] = weighServers('r.test', asked(MIRROR), [[{ ...bad, code }], []]);
    expect(first?.hint).toMatch(hint);
    const [own] = weighServers('r.test', asked('skip_verify = false'), [[{ ...bad, code }]]);
    expect(own?.hint).toBe(bad.hint);
  });
});

/** containerd core/remotes/docker/config/hosts.go: a file that is named and cannot be loaded fails the request. */
test('files that it names and its reader cannot load, each once', async () => {
  const { certificate } = await makeSigner();
  const text = `ca = ["/a.crt", "/none.crt", "/x.crt"]\nclient = [["/c.cert", "/c.key"]]\n${MIRROR}\nca = "/none.crt"\n`;
  const there = { '/a.crt': toPem('CERTIFICATE', certificate.der), '/x.crt': 'x', '/c.cert': 'x' };
  const findings = missingFiles(asked(text), treeOf(there));
  expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
    Array(3).fill('error registry-hosts-file'),
  );
  const names = findings.map(({ message }) => /it names (\S+),/.exec(message)?.[1]).sort();
  expect(names).toEqual(['/c.key', '/none.crt', '/x.crt']);
});
