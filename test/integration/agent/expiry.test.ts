import { expect, test } from '@jest/globals';
import type { Host } from '../../../src/host/host.js';
import { temporaryFolder } from '../../support/node-host.js';
import { CA, issue, server } from '../../support/openssl.js';
import { serveTls } from '../../support/registry-server.js';
import { startAgent } from '../../support/running-agent.js';

const DAY_MS = 86_400_000;

/** A host whose clocks `ahead` moves on. */
function withClock(ahead: () => number): (host: Host) => Host {
  return (host) => ({
    ...host,
    clock: {
      ...host.clock,
      now: () => host.clock.now() + ahead(),
      monotonic: () => host.clock.monotonic() + ahead(),
    },
  });
}

test('the ends of declared CAs, and of what registries present, are told of at 30, 14, 7 and 1 days', async () => {
  const folder = temporaryFolder();
  const root = issue(folder, { cn: 'Root', extensions: CA, until: 25.5 });
  const other = issue(folder, { cn: 'Other', extensions: CA, until: 300 });
  const leaf = { cn: 'reg', extensions: server('IP:127.0.0.1'), by: other, until: 10.5 };
  const { cert, key } = issue(folder, leaf);
  const registry = `127.0.0.1:${await serveTls({ cert, key })}`;
  let ahead = 0;
  const agent = startAgent({
    declared: `
      registries: { '${registry}': { ca: { pem: ${JSON.stringify(other.cert)} } } },
      cas: { corporate: { pem: ${JSON.stringify(root.cert)} } },
      agent: { scan: '2s' }`,
    daemonJson: '{}',
    through: withClock(() => ahead),
  });
  const warnings = () => agent.told.filter((line) => line.startsWith('cert-expiring'));

  await agent.heard('cert-expiring', 2);
  expect(warnings().join()).toMatch(/: the CA corporate \(CN=Root\) expires on \d{4}-\d\d-\d\d/);
  expect(warnings().join()).toContain(`: the certificate of ${registry} (CN=reg) expires on`);

  ahead = 5 * DAY_MS;
  await agent.heard('cert-expiring', 3);
  expect(warnings()[2]).toContain('certificate of');
  ahead = 12 * DAY_MS;
  await agent.heard('cert-expiring', 5);
  expect(warnings().slice(3).join()).toMatch(/CA corporate.*expires.*reg\) expired on/);
});
