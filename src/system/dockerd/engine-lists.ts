import type { RunningContainer } from '../../core/dockerd/observed/observed.js';
import { memberOf, stringOf, type Json } from '../../core/formats/json/json-object.js';
import { listItems } from '../../core/formats/json/list-items.js';
import { isTooDeep } from '../../core/formats/json/syntax/depth.js';
import { answerText, askEngine, type Engine } from './engine.js';

/** 10,000 running containers. */
const MOST_LIST = 8 * 1024 * 1024;
const INSPECTED_AT_ONCE = 8;
/** What is asked about each container, all in all; what is more is known by the list alone. */
const INSPECTED_MS = 2_000;
const MOST_INSPECTED = 500;

/**
 * The containers that run now, by name. Throws when the daemon does not answer. Of what is more than MOST_INSPECTED, or
 * takes longer than INSPECTED_MS, only id and name are known.
 */
export async function runningContainers(engine: Engine): Promise<RunningContainer[]> {
  const listed = await readList(engine, '/containers/json', asListed);
  const details = await containerDetails(engine, listed);
  const containers = [
    ...details.flatMap((detail) => running(detail) ?? []),
    ...listed.slice(details.length),
  ];
  return containers.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What it says of each, the first first; of one that is gone null. Fewer than were listed where time or number runs out. */
export async function containerDetails(
  engine: Engine,
  listed: readonly ListedContainer[],
): Promise<Json[]> {
  const { clock } = engine.host;
  const until = clock.monotonic() + INSPECTED_MS;
  const details: Json[] = [];
  while (details.length < Math.min(listed.length, MOST_INSPECTED) && clock.monotonic() < until) {
    const batch = listed.slice(details.length, details.length + INSPECTED_AT_ONCE);
    details.push(
      ...(await Promise.all(batch.map(({ id }) => containerDetail(engine, id).catch(() => null)))),
    );
  }
  return details;
}

function asListed(entry: Json): RunningContainer[] {
  return namedIn(entry).map((one) => ({ ...one, pid: 0, startedAt: '', restartPolicy: 'no' }));
}

/** The id and the name of an entry; nothing where it is no container. */
function namedIn(entry: Json): ListedContainer[] {
  const names = memberOf(entry, 'Names');
  const [first] = Array.isArray(names) ? (names as readonly Json[]) : [];
  const name = stringOf(first);
  const id = stringOf(memberOf(entry, 'Id'));
  if (!/^[0-9a-f]{12,64}$/.test(id)) return [];
  return [{ id, name: name.replace(/^\//, '') }];
}

function running(detail: Json): RunningContainer | null {
  const state = memberOf(detail, 'State');
  if (memberOf(state, 'Running') !== true) return null;
  const made = memberOf(detail, 'HostConfig');
  const policy = stringOf(memberOf(memberOf(made, 'RestartPolicy'), 'Name'));
  return {
    id: stringOf(memberOf(detail, 'Id')),
    name: stringOf(memberOf(detail, 'Name')).replace(/^\//, ''),
    pid: Number(memberOf(state, 'Pid') ?? 0),
    startedAt: stringOf(memberOf(state, 'StartedAt')),
    restartPolicy: policy === '' ? 'no' : policy,
    ...(memberOf(made, 'AutoRemove') === true && { isRemovedAtEnd: true }),
  };
}

/** What a list says of a container. */
export interface ListedContainer {
  readonly id: string;
  readonly name: string;
}

/** The containers that have run and do not run now. Throws when the daemon does not answer. */
export function endedContainerList(engine: Engine): Promise<ListedContainer[]> {
  return readList(engine, `/containers/json?all=1&filters=${EXITED}`, namedIn);
}

const EXITED = encodeURIComponent(JSON.stringify({ status: ['exited'] }));

/** The ids of all containers, stopped ones too. Throws when the daemon does not answer. */
export async function containerIds(engine: Engine): Promise<ReadonlySet<string>> {
  const ids = await readList(engine, '/containers/json?all=1', (entry) => [
    stringOf(memberOf(entry, 'Id')),
  ]);
  return new Set(ids.filter((id) => id !== ''));
}

/** What `pick` takes of each entry: a list of ten thousand is never parsed as a whole. Throws where the answer is no list. */
async function readList<Picked>(
  engine: Engine,
  path: string,
  pick: (entry: Json) => readonly Picked[],
): Promise<Picked[]> {
  const body = await answerText(engine, path, MOST_LIST);
  const picked: Picked[] = [];
  try {
    for (const entry of listItems(body)) if (!isTooDeep(entry)) picked.push(...pick(entry));
  } catch (cause) {
    throw new Error(`GET ${path}: the answer is no list`, { cause });
  }
  return picked;
}

/** How many volumes it lists. Throws when the daemon does not answer. */
export async function volumeCount(engine: Engine): Promise<number> {
  const volumes = memberOf(await askEngine(engine, '/volumes', MOST_LIST), 'Volumes');
  return Array.isArray(volumes) ? volumes.length : 0;
}

/** What it says of one container. Throws when it does not. */
export function containerDetail(engine: Engine, id: string): Promise<Json> {
  return askEngine(engine, `/containers/${id}/json`);
}
