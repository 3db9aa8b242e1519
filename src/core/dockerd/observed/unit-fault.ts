import { effective, unitSettings } from './unit.js';

/** Why systemd refuses a unit, or will as soon as it reads its files. */
export interface UnitFault {
  /** The file to change; null where systemd alone knows. */
  readonly path: string | null;
  readonly reason: string;
  /** What to write, after `Try: `. */
  readonly advice: string;
}

/**
 * Reads the answer of `systemctl cat UNIT` as `parseUnitCommand` does; `refused` where systemd says of the unit that it has
 * a bad setting. Only Type=oneshot may have more than one command (systemd.service(5), ExecStart=).
 */
export function unitFault(cat: string, refused: boolean): UnitFault | null {
  const settings = unitSettings(cat);
  const starts = effective(settings, 'ExecStart');
  const last = starts.at(-1);
  const oneshot = settings.findLast(({ name }) => name === 'Type')?.value === 'oneshot';
  if (last !== undefined && starts.length > 1 && !oneshot) {
    return {
      path: last.source,
      reason: `${last.source} gives a second ExecStart=, without an empty one before it that takes the first away`,
      advice: `put a line "ExecStart=" above the one in ${last.source}`,
    };
  }
  if (!refused) return null;
  const emptied = settings.findLast(({ name }) => name === 'ExecStart')?.source ?? null;
  return last === undefined && emptied !== null
    ? {
        path: emptied,
        reason: `${emptied} takes ExecStart= away and gives no other`,
        advice: `give it one in ${emptied}`,
      }
    : {
        path: null,
        reason: 'it has a setting that systemd does not take',
        advice: 'see `systemd-analyze verify`',
      };
}

/** A unit that is masked may still run, and is not started again. One that is masked until the next boot needs `--runtime`. */
export function maskedFault(unit: string): UnitFault {
  const advice = `\`systemctl unmask ${unit} && systemctl unmask --runtime ${unit}\``;
  return { path: null, reason: 'it is masked', advice };
}

/** The unit file with an empty ExecStart= above its own. */
export function withEmptyStart(text: string): string {
  const lines = text.split('\n');
  const at = lines.findLastIndex((line) => /^\s*ExecStart\s*=\s*\S/.test(line));
  return at < 0 ? text : [...lines.slice(0, at), 'ExecStart=', ...lines.slice(at)].join('\n');
}
