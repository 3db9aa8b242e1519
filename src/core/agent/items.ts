import type { Drift } from '../declaration/drift.js';
import type { Item, Now } from './state.js';
import type { AgentReport } from './report.js';

/** Half-written files and daemons about to be told get so long before anything is said. */
export const DOUBT_MS = 5_000;
/** In order for so long, and everything about a thing is forgiven and forgotten. */
export const CALM_MS = 330_000;
/** Within this time, so many repairs of one thing are a fight, and so many reports of it enough. */
export const FIGHT_MS = 600_000;
export const FIGHT_REPAIRS = 3;
const MOST_REPORTS = 10;
/** Far above any declaration. What is beyond is looked at once there is room. */
const MOST_ITEMS = 2_000;

export type Items = ReadonlyMap<string, Item>;

interface Noted {
  readonly items: Items;
  readonly reports: readonly AgentReport[];
}

/** What a scan found, joined to what was known: what is new, what is over, who keeps undoing us. */
export function noteDrifts(known: Items, found: readonly Drift[], now: Now): Noted {
  const byId = new Map(found.slice(0, MOST_ITEMS).map((drift) => [drift.id, drift]));
  const items = new Map<string, Item>();
  const reports: AgentReport[] = [];
  for (const [id, drift] of byId) {
    const noted = notePresent(known.get(id), drift, now);
    items.set(id, noted.item);
    reports.push(...noted.reports);
  }
  for (const [id, item] of known) {
    if (byId.has(id)) continue;
    const noted = noteGone(item, now);
    if (noted === null) continue;
    items.set(id, noted.item);
    reports.push(...noted.reports);
  }
  return { items, reports };
}

interface NotedItem {
  readonly item: Item;
  readonly reports: readonly AgentReport[];
}

function notePresent(before: Item | undefined, drift: Drift, now: Now): NotedItem {
  const old = before ?? {
    drift,
    present: false,
    settled: false,
    since: now.mono,
    reported: null,
    reports: [],
    repairs: [],
    verdict: null,
  };
  const since = old.present && old.drift.doubtful === drift.doubtful ? old.since : now.mono;
  const settled = !drift.doubtful || now.mono - since >= DOUBT_MS;
  const repairs = lately(old.repairs, now);
  const standing = old.verdict?.wanted === drift.wanted ? old.verdict : null;
  const fights = standing === null && repairs.length >= FIGHT_REPAIRS;
  const verdict = fights ? { kind: 'fight' as const, wanted: drift.wanted } : standing;
  const item: Item = { ...old, drift, present: true, settled, since, repairs, verdict };
  const said = sayDetected(item, now);
  return fights
    ? {
        item: said.item,
        reports: [...said.reports, { name: 'fight-suspected', drift, reason: FIGHT_REASON }],
      }
    : said;
}

const FIGHT_REASON = `repaired ${FIGHT_REPAIRS} times within ${FIGHT_MS / 60_000} minutes and not as declared again each time: somebody else manages it too, and it is left alone from now on`;

function sayDetected(item: Item, now: Now): NotedItem {
  const reports = lately(item.reports, now);
  const { drift, settled, reported } = item;
  const news = settled && reported !== drift.observed;
  if (!news || reports.length >= MOST_REPORTS) return { item: { ...item, reports }, reports: [] };
  return {
    item: { ...item, reported: drift.observed, reports: [...reports, now.mono] },
    reports: [{ name: 'drift-detected', drift, reason: drift.finding.message }],
  };
}

/** null once it has been in order for so long that nothing about it need be known; what was given up stays so. */
function noteGone(item: Item, now: Now): NotedItem | null {
  if (!item.present) {
    const calm = now.mono - item.since >= CALM_MS && lately(item.repairs, now).length === 0;
    const forgets = item.verdict === null || item.verdict.kind === 'fight';
    return calm && forgets ? null : { item, reports: [] };
  }
  const gone: Item = { ...item, present: false, since: now.mono, reported: null };
  if (item.reported === null) return { item: gone, reports: [] };
  const reason = item.repairs.some((time) => time >= item.since) ? 'repaired' : 'in order again';
  return { item: gone, reports: [{ name: 'drift-resolved', drift: item.drift, reason }] };
}

function lately(times: readonly number[], now: Now): readonly number[] {
  return times.filter((time) => now.mono - time < FIGHT_MS);
}
