import { sha256 } from '../plan/content.js';
import type { Declaration } from '../declaration/schema.js';
import { parseDuration } from '../text/duration.js';
import { SCOPES, type Scope } from '../declaration/drift.js';
import type { Settings } from './state.js';
import { parseWindow } from '../declaration/window.js';

/** What the declaration says to the agent. */
export function settingsOf(declaration: Declaration): Settings {
  const { drift, restart, windows, agent, ...declared } = declaration;
  const policy = Object.fromEntries(SCOPES.map((scope) => [scope, drift[scope] ?? drift.default]));
  return {
    policy: policy as Readonly<Record<Scope, 'report' | 'repair'>>,
    restart,
    calendar: {
      timezone: windows.timezone,
      allow: windows.allow.map(parseWindow),
      deny: windows.deny.map(parseWindow),
    },
    debounceMs: parseDuration(agent.debounce),
    scanMs: parseDuration(agent.scan),
    declared: sha256(JSON.stringify(declared)),
  };
}
