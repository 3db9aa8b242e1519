import type { Finding } from '../../plan/finding.js';
import { found } from '../codes.js';
import { isLoaded, type DoctorFacts, type Family } from '../facts.js';
import { utcDay } from '../../text/utc-time.js';

export const TIME_SERVICES = [
  'systemd-timesyncd.service',
  'chrony.service',
  'chronyd.service',
  'ntpsec.service',
  'ntp.service',
  'ntpd.service',
  'openntpd.service',
  'vmtoolsd.service',
  'hv_utils.service',
  'qemu-guest-agent.service',
];

export const clockFamily: Family = {
  name: 'clock',
  unseen: ({ filesOnly }) => filesOnly,
  ok: 'it is right, as far as this machine can tell',
  find: (facts) => [...behind(facts), ...unkept(facts)],
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** A machine without a battery begins in the past: its own files are then from the future, and no certificate is valid. */
function behind({ now, changedAt, units, contained }: DoctorFacts): Finding[] {
  const latest = Math.max(0, ...changedAt.values());
  if (latest <= now + DAY_MS || contained) return [];
  const service =
    TIME_SERVICES.find((name) => isLoaded(units, name)) ?? 'systemd-timesyncd.service';
  return [
    found('clock-behind', {
      subject: 'clock',
      message: `it says ${utcDay(now)}, and files of this machine were written on ${utcDay(latest)}: certificates count as not yet valid.`,
      hint: `systemctl enable --now ${service}`,
    }),
  ];
}

/** A container's clock is its host's. */
function unkept({ units, contained }: DoctorFacts): Finding[] {
  const known = TIME_SERVICES.filter((name) => isLoaded(units, name));
  const kept = known.some((name) => units.get(name)?.get('ActiveState') === 'active');
  const [first] = known;
  if (contained || kept || first === undefined) return [];
  return [
    found('clock-not-kept', {
      subject: 'clock',
      message: 'no service keeps it right; a clock that drifts makes certificates fail.',
      hint: `systemctl enable --now ${first}`,
    }),
  ];
}
