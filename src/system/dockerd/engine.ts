import type { EngineEndpoint } from '../../core/dockerd/observed/observed.js';
import type { EngineBuild } from '../../core/pki/go/rules/engine.js';
import { isTooDeep } from '../../core/formats/json/syntax/depth.js';
import {
  isObject,
  type Json,
  type JsonObject,
  memberOf,
  stringOf,
} from '../../core/formats/json/json-object.js';
import type { LastReload } from '../../core/dockerd/observed/witnesses.js';
import type { Host } from '../../host/host.js';
import { refuseOthers } from './not-dockerd.js';

/** With socket activation a dockerd that starts leaves clients waiting without an answer: every call has an end. */
const TIMEOUT_MS = 5_000;
/** 200 times what dockerd says of itself on a host with a thousand registries, and four times its 256 events. */
const MOST_ANSWER = 1024 * 1024;

/** The engine's API on one daemon's socket; unversioned paths, which every engine answers (moby api/server). */
export interface Engine {
  readonly host: Host;
  readonly endpoint: EngineEndpoint;
  /** Milliseconds for each call; 5 s unless given. */
  readonly timeoutMs?: number;
}

/** Whether GET /_ping answers OK. Never throws. */
export async function ping({ host, endpoint, timeoutMs = TIMEOUT_MS }: Engine): Promise<boolean> {
  try {
    const answer = await host.net.request({
      ...endpoint,
      method: 'GET',
      path: '/_ping',
      timeoutMs,
      limit: 1024,
    });
    return answer.status === 200 && answer.body === 'OK';
  } catch {
    return false;
  }
}

/** GET /info; null when the daemon does not answer, or not with an object. */
export async function engineInfo(engine: Engine): Promise<Record<string, Json> | null> {
  return await askInfo(engine).catch(() => null);
}

/** GET /info; null when the answer is no object. Throws when there is none: EACCES where its socket is closed to us. */
export async function askInfo(engine: Engine): Promise<Record<string, Json> | null> {
  const info = await askEngine(engine, '/info');
  return isObject(info) ? info : null;
}

/** What GET /version says of its build; null when the daemon does not answer, or not with that. */
export async function engineBuild(engine: Engine): Promise<EngineBuild | null> {
  const answer = await askEngine(engine, '/version').catch(() => null);
  if (!isObject(answer)) return null;
  const build = { goVersion: stringOf(answer.GoVersion), version: stringOf(answer.Version) };
  return build.goVersion === '' ? null : build;
}

/** What time it is for the daemon that answered with this /info, milliseconds since 1970; null where it does not say. */
export function timeOf(info: Record<string, Json>): number | null {
  return Date.parse(stringOf(info.SystemTime)) || null;
}

/** A `daemon reload` event (moby daemon/reload.go, LogDaemonEventWithAttributes). */
export interface ReloadEvent {
  /** By the engine's own clock, milliseconds since 1970; null where it does not say. */
  readonly timeMs: number | null;
  /** As /info's ID; null where it does not say. */
  readonly engine: string | null;
  readonly attributes: Record<string, string>;
}

/** Each `daemon reload` event from `sinceMs` (past ones too) until `signal` aborts. */
export async function* reloadEvents(
  { host, endpoint }: Engine,
  sinceMs: number,
  signal: AbortSignal,
): AsyncGenerator<ReloadEvent> {
  const query = new URLSearchParams({
    since: seconds(sinceMs),
    filters: JSON.stringify({ type: ['daemon'], event: ['reload'] }),
  });
  const path = `/events?${query.toString()}`;
  for await (const line of host.net.stream({ ...endpoint, method: 'GET', path }, signal)) {
    const event = parse(line);
    if (memberOf(event, 'Action') !== 'reload') continue;
    const actor = memberOf(event, 'Actor');
    const nanoseconds = memberOf(event, 'timeNano');
    yield {
      timeMs: typeof nanoseconds === 'number' ? nanoseconds / 1e6 : null,
      engine: stringOf(memberOf(actor, 'ID')) || null,
      attributes: strings(memberOf(actor, 'Attributes')),
    };
  }
}

/** The daemon remembers so many events (moby daemon/events/events.go, eventsLimit). */
const REMEMBERED_EVENTS = 256;

/** Whether this daemon re-read its file between the two times, and what it said of that. `unknown`: it has forgotten, or does not answer. */
export async function lastReload(
  { host, endpoint }: Engine,
  { since, until }: { readonly since: number; readonly until: number },
): Promise<LastReload> {
  const query = new URLSearchParams({ since: seconds(since), until: seconds(until) });
  const path = `/events?${query.toString()}`;
  const answer = await host.net
    .request({ ...endpoint, method: 'GET', path, timeoutMs: TIMEOUT_MS, limit: MOST_ANSWER })
    .catch(() => null);
  if (answer?.status !== 200) return { kind: 'unknown' };
  const events = answer.body.split('\n').flatMap((line) => parse(line) ?? []);
  const reload = events.findLast(
    (event) => memberOf(event, 'Type') === 'daemon' && memberOf(event, 'Action') === 'reload',
  );
  if (reload !== undefined)
    return {
      kind: 'seen',
      attributes: strings(memberOf(memberOf(reload, 'Actor'), 'Attributes')),
      time: Number(memberOf(reload, 'timeNano')),
    };
  return { kind: events.length < REMEMBERED_EVENTS ? 'none' : 'unknown' };
}

/** The network `bridge`; `none` where there is none, null when the daemon does not answer. */
export async function defaultBridge(engine: Engine): Promise<JsonObject | 'none' | null> {
  const { host, endpoint } = engine;
  const path = '/networks/bridge';
  const answer = await host.net
    .request({ ...endpoint, method: 'GET', path, timeoutMs: TIMEOUT_MS, limit: MOST_ANSWER })
    .catch(() => null);
  if (answer?.status === 404) return 'none';
  const network = answer?.status === 200 ? parse(answer.body) : undefined;
  return network !== undefined && isObject(network) ? network : null;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** A line for each thing that dockerd says of itself from now on, until it ends or `signal` aborts. */
export function daemonEvents(
  { host, endpoint }: Engine,
  signal: AbortSignal,
): AsyncIterable<string> {
  const query = new URLSearchParams({ filters: JSON.stringify({ type: ['daemon'] }) });
  const path = `/events?${query.toString()}`;
  return host.net.stream({ ...endpoint, method: 'GET', path }, signal);
}

/** GET `path`. Throws where it answers with something else than 200 and JSON, or not at all. */
export async function askEngine(engine: Engine, path: string, limit = MOST_ANSWER): Promise<Json> {
  const body = parse(await answerText(engine, path, limit));
  if (body === undefined) throw new Error(`GET ${path}: the answer is not JSON`);
  return body;
}

/** What GET `path` answers, at most `limit` bytes. Throws where that is not 200, or where nobody answers. */
export async function answerText(
  { host, endpoint, timeoutMs = TIMEOUT_MS }: Engine,
  path: string,
  limit: number,
): Promise<string> {
  const answer = await host.net.request({ ...endpoint, method: 'GET', path, timeoutMs, limit });
  refuseOthers(answer.headers, path);
  if (answer.status === 200) return answer.body;
  throw new Error(
    `GET ${path}: ${answer.status} ${stringOf(memberOf(parse(answer.body), 'message'))}`,
  );
}

function parse(body: string): Json | undefined {
  try {
    const value = JSON.parse(body) as Json;
    return isTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

function strings(value: Json | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).flatMap(([key, entry]) =>
      typeof entry === 'string' ? [[key, entry]] : [],
    ),
  );
}
