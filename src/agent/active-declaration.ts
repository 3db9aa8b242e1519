import { declaresNothing } from '../core/declaration/declaration.js';
import type { Declaration } from '../core/declaration/schema.js';
import { DOUBT_MS } from '../core/agent/items.js';
import type { AgentReport } from '../core/agent/report.js';
import { DockerctlError, messageOf } from '../errors.js';
import type { Host } from '../host/host.js';
import { readDeclaration } from '../system/machine/declaration.js';

/** The declaration that counts: the newest one without an error. */
export interface ActiveDeclaration {
  /** The same object as long as it says the same. */
  readonly declaration: () => Declaration;
  /** Why a newer one does not count; null where there is none. */
  readonly refused: () => string | null;
  /** Reads it again; answers what is to be told, null where nothing changed. An error gets time: it may be half-written. */
  reread(): AgentReport | null;
  /** Whether it has an error that is not told yet, so that it is to be read again. */
  readonly inDoubt: () => boolean;
}

/** @throws what is wrong with it: there is no last good one yet */
export function createActiveDeclaration(host: Host, from: string | null): ActiveDeclaration {
  let declaration = readDeclaration(host, from);
  let refused: string | null = null;
  let doubtedSince: number | null = null;
  const take = (now: Declaration): AgentReport | null => {
    if (declaresNothing(now) && !declaresNothing(declaration)) throw nothingDeclared();
    const same = JSON.stringify(now) === JSON.stringify(declaration);
    const news = !same || refused !== null;
    if (!same) declaration = now;
    refused = null;
    doubtedSince = null;
    const reason = same ? 'it is in order again' : 'another one is in force';
    return news ? { name: 'declaration-read', drift: null, reason } : null;
  };
  return {
    declaration: () => declaration,
    refused: () => refused,
    inDoubt: () => doubtedSince !== null,
    reread() {
      try {
        return take(readDeclaration(host, from));
      } catch (error) {
        const reason = messageOf(error).split('\n')[0] ?? '';
        if (reason === refused) {
          doubtedSince = null;
          return null;
        }
        const now = host.clock.monotonic();
        doubtedSince ??= now;
        if (now - doubtedSince < DOUBT_MS) return null;
        doubtedSince = null;
        refused = reason;
        const stays = `${reason.replace(/\.$/, '')}; the last good one stays in force`;
        return { name: 'declaration-refused', drift: null, reason: stays };
      }
    },
  };
}

/** Nobody who wants nothing managed runs an agent. */
function nothingDeclared(): DockerctlError {
  return new DockerctlError({
    code: 'invalid-declaration',
    message: 'the declaration declares nothing any more',
    hint: 'to end the agent: `dockerctl service remove`',
  });
}
