import { DockerctlError } from '../../errors.js';
import { printable } from './printable.js';

/** Far above `3659d23h59m59s`; the pattern below takes the square of the length. */
const LONGEST = 100;

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Reads `90s`, `5m`, `1h30m`, `30d` as milliseconds, the way systemd.time(7) does. A bare number is in `unit`, where the
 * option counts in one (`--timeout SECONDS`); elsewhere nobody knows what it was meant in.
 * Throws `invalid-value` for anything else, for zero and for more than ten years.
 */
export function parseDuration(text: string, unit?: 's'): number {
  if (text.length > LONGEST) throw malformed(text);
  const bare = /^\d+(\.\d+)?$/.test(text);
  if (bare && unit === undefined) throw unitless(text);
  const spelled = bare ? `${text}${unit ?? ''}` : text;
  const parts = [...spelled.matchAll(/(\d{1,15}(?:\.\d{1,15})?)(ms|[smhdw])/g)];
  const total = parts.reduce(
    (sum, [, count, name]) => sum + Number(count) * (UNIT_MS[name ?? ''] ?? NaN),
    0,
  );
  const whole = parts.map(([part]) => part).join('') === spelled;
  if (whole && total > 0 && total <= 3660 * 86_400_000) return Math.round(total);
  throw malformed(text);
}

function unitless(text: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-value',
    message: `${text} has no unit: are these minutes or seconds?`,
    hint: `${text}m for minutes, ${text}s for seconds, ${text}h or ${text}d for hours or days`,
  });
}

function malformed(text: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-value',
    message: `"${printable(text)}" is not a duration.`,
    hint: 'write a number with a unit: 90s, 5m, 2h, 30d',
  });
}

/** `1h30m`, `45s`, `3d`: the two largest units are enough for people. */
export function formatDuration(ms: number): string {
  let rest = Math.max(0, ms);
  const parts: string[] = [];
  for (const unit of ['d', 'h', 'm', 's']) {
    const size = UNIT_MS[unit] ?? 1;
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  return parts.slice(0, 2).join('') || `${Math.round(rest)}ms`;
}
