import { argvFlags } from '../daemon/argv.js';
import type { Finding } from '../finding.js';
import type { DoctorFacts, Family } from './facts.js';

export const exposureFamily: Family = {
  name: 'exposure',
  ok: 'the engine answers only whom it should',
  find: (facts) => [...openApi(facts), ...openSocket(facts)],
};

/** Who reaches the API is root on this machine (docs.docker.com, "Protect the Docker daemon socket"). */
function openApi({ observed, config }: DoctorFacts): Finding[] {
  const flags = argvFlags(observed.argv);
  const addresses = [
    ...flags
      .filter(({ name }) => name === '-H' || name === '--host')
      .map(({ value }) => value ?? ''),
    ...listOf(config?.hosts),
  ].filter((address) => address.startsWith('tcp://') && !isLoopback(address));
  const verified =
    config?.tlsverify === true ||
    flags.some(({ name, value }) => name === '--tlsverify' && value !== 'false');
  if (addresses.length === 0 || verified) return [];
  return [
    {
      code: 'api-without-tls',
      severity: 'warning',
      subject: addresses.join(', '),
      message:
        'The engine listens on the network and asks nobody for a certificate: who reaches it is root here.',
      hint: 'remove the address from -H or "hosts", or issue certificates: dockerctl certs issue --profile dockerd',
    },
  ];
}

function openSocket({ socketMode, observed }: DoctorFacts): Finding[] {
  if (socketMode === null || (socketMode & 0o006) === 0) return [];
  const path =
    observed.endpoint !== null && 'socketPath' in observed.endpoint
      ? observed.endpoint.socketPath
      : '/run/docker.sock';
  return [
    {
      code: 'socket-open-to-all',
      severity: 'warning',
      subject: path,
      path,
      message: `Everybody on this machine may use the engine (mode ${socketMode.toString(8)}), and is root by it.`,
      hint: `chmod o-rw ${path}`,
    },
  ];
}

function isLoopback(address: string): boolean {
  return /^tcp:\/\/(127\.|localhost|\[::1\])/.test(address);
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
