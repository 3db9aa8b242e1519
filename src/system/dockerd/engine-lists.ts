import { memberOf, type Json } from '../../core/formats/json/json-object.js';
import { askEngine, MOST_LIST, type Engine } from './engine.js';

/** The ids of all containers, stopped ones too. Throws when the daemon does not answer. */
export async function containerIds(engine: Engine): Promise<ReadonlySet<string>> {
  const list = await askEngine(engine, '/containers/json?all=1', { limit: MOST_LIST });
  if (!Array.isArray(list)) throw new Error('GET /containers/json: the answer is no list');
  const ids = (list as readonly Json[]).map((entry) => memberOf(entry, 'Id'));
  return new Set(ids.filter((id) => typeof id === 'string'));
}

/** How many volumes it lists. Throws when the daemon does not answer. */
export async function volumeCount(engine: Engine): Promise<number> {
  const volumes = memberOf(await askEngine(engine, '/volumes', { limit: MOST_LIST }), 'Volumes');
  return Array.isArray(volumes) ? volumes.length : 0;
}

/** What it says of one container. Throws when it does not. */
export function containerDetail(engine: Engine, id: string): Promise<Json> {
  return askEngine(engine, `/containers/${id}/json`);
}
