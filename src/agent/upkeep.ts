import type { Declaration } from '../core/declaration/schema.js';
import type { Report } from '../core/drift/report.js';
import { expiryWarnings, type Warned } from '../core/drift/upkeep.js';
import { messageOf } from '../errors.js';
import type { Host } from '../host/host.js';
import { heldCertificates, keepCertificates } from '../system/certificate-upkeep.js';

const HOUR_MS = 3_600_000;
const RETRY_MS = 300_000;

/** Looks after the declared certificates once an hour; answers what is to be told. */
export function createUpkeep(host: Host): (declaration: Declaration) => Promise<Report[]> {
  let next = 0;
  let warned: Warned = new Map();
  let failed = '';
  return async (declaration) => {
    const { certificates, drift } = declaration;
    const now = host.clock.monotonic();
    if (now < next || Object.keys(certificates).length === 0) return [];
    const [byte = 0] = host.random.bytes(1);
    next = now + HOUR_MS * (0.9 + (0.2 * byte) / 256);
    try {
      const repairs = (drift.certificates ?? drift.default) === 'repair';
      const before = await heldCertificates(host);
      const done = repairs ? await keepCertificates(host, declaration, before) : [];
      const held = done.length === 0 ? before : await heldCertificates(host);
      const expiring = expiryWarnings(held, warned, host.clock.now());
      ({ warned } = expiring);
      failed = '';
      return [
        ...done.map((step): Report => ({
          name: 'apply-committed',
          drift: null,
          reason: step.join(' '),
        })),
        ...expiring.reports,
      ];
    } catch (error) {
      const reason = `certificates: ${messageOf(error)}`;
      next = now + RETRY_MS;
      const known = reason === failed;
      failed = reason;
      return known ? [] : [{ name: 'apply-failed', drift: null, reason }];
    }
  };
}
