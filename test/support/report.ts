import type { Report } from '../../src/core/report/report-data.js';

const HOSTILE = '<script>alert(1)</script>"\'&\u202e';

const finding = (severity: 'error' | 'warning' | 'info'): Report['findings'][number] => ({
  ...{ code: 'config-not-loaded', severity, subject: `log-level ${HOSTILE}`, fixable: false },
  ...{ path: '/etc/docker/daemon.json', line: 3, column: 5 },
  ...{ message: `it is ${HOSTILE} otherwise`, hint: 'dockerctl daemon restart' },
});

/** A report with something in every part, much of it as an attacker would have it. */
export const fullReport = (): Report => ({
  kind: 'dockerctl-report',
  format: 1,
  host: `web1 ${HOSTILE}`,
  madeAt: '2026-11-30T17:21:07.864Z',
  version: '0.1.0',
  dockerd: {
    ...{ state: 'running', version: '28.5.2', manager: 'systemd (docker.service)' },
    ...{ containers: 12, liveRestore: true, config: '/etc/docker/daemon.json', starts: true },
  },
  findings: [finding('info'), finding('error'), finding('warning')],
  unseen: [`certs.d ${HOSTILE}`],
  settings: [
    {
      key: 'log-level',
      value: 'warn',
      source: 'file',
      from: '/etc/docker/daemon.json:3',
      pending: null,
    },
    {
      ...{ key: 'labels', value: [HOSTILE], source: 'running daemon', from: null },
      pending: { value: [], remedy: 'dockerctl daemon restart' },
    },
  ],
  registries: Array.from({ length: 12 }, (_, index) => ({
    registry: `registry${index}.a-rather-long-name.example.com:5000`,
    consumer: ['docker', 'containerd', 'podman', 'system'][index % 4] ?? '',
    ...{ by: [`CN=${HOSTILE}`], until: '2028-01-01', insecure: index === 3 },
  })),
  certificates: [
    {
      name: 'old',
      kind: 'issued',
      notBefore: '2025-01-01T00:00:00Z',
      notAfter: '2026-01-01T00:00:00Z',
      status: 'expired',
    },
    {
      name: HOSTILE,
      kind: 'trusted',
      notBefore: null,
      notAfter: '2026-12-12T00:00:00Z',
      status: 'valid',
    },
    {
      name: 'root',
      kind: 'authority',
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2036-01-01T00:00:00Z',
      status: 'valid',
    },
  ],
  history: [
    {
      ...{
        generation: 7,
        when: '2026-11-30T17:21:07.864Z',
        user: 'root',
        status: 'applied' as const,
      },
      ...{
        commandLine: `config set ${HOSTILE}`,
        how: 'live-restore-bridge',
        files: [],
        error: null,
      },
    },
  ],
  drift: [finding('warning')],
  agent: {
    runs: true,
    lastScan: '2026-11-30T17:20:00Z',
    paused: { by: 'root', reason: HOSTILE, until: null },
  },
});
