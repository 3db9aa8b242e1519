import { asSeen, same } from './keys.mjs';
import { lie, shown } from './lie.mjs';
import { absentOf, keysInWorld } from './truth.mjs';

/** The statements of the views that are not so; `count` says how many were compared. */
export function judgeViews(views, look, walk) {
  const ledger = { count: 0, unknown: 0, lies: [] };
  const hold = (isTrue, kind, text) => {
    ledger.count += 1;
    if (!isTrue) ledger.lies.push(lie(kind, typeof text === 'function' ? text() : text));
  };
  const world = keysInWorld(look, walk);
  for (const [name, answer] of Object.entries(views)) {
    hold(
      answer.status !== 70 && typeof answer.status === 'number',
      `${name}: crashed`,
      () => `${answer.status}: ${answer.text.slice(0, 400)}`,
    );
    hold(answer.seconds < 60, `${name}: takes too long`, `${answer.seconds} s`);
  }
  const hedge = () => (ledger.unknown += 1);
  judgeRows('effective', views.effective.data?.effective, { look, world, walk, hold, hedge });
  if (views.status.data?.settings?.ok === true)
    judgeRows('status settings', views.status.data.settings.value, {
      look,
      world,
      walk,
      hold,
      hedge,
    });
  judgeDiff(views.diff, { look, world, hold });
  judgeDaemon('daemon status', views['daemon status'].data, { look, world, hold });
  judgeDaemon('status', views.status.data?.daemon, { look, world, hold });
  judgeDoctor(views.doctor, { look, world, hold });
  judgeList('mirrors', views.mirrors.data, { look, world, hold, key: 'registry-mirrors' });
  judgeList('insecure', views.insecure.data, { look, world, hold, key: 'insecure-registries' });
  judgeDrift(views.drift, { look, world, hold, walk });
  return ledger;
}

/** What a row says of its key; what it says it does not know, or only concludes, is no statement. */
function judgeRows(view, rows, { look, world, walk, hold, hedge }) {
  if (!Array.isArray(rows)) return;
  for (const row of rows) {
    if (look.info === null) {
      const shows = row.inForce === true && row.evidence === 'shown';
      hold(!shows, `${view}: shown by a dockerd that does not answer`, row.key);
      continue;
    }
    const at = world.find(({ key }) => key === row.key);
    if (at === undefined || (row.key === 'bip' && row.source === 'default')) continue;
    if (row.evidence === 'unknown' || row.evidence === 'inferred') {
      hedge();
      continue;
    }
    const isDefault = row.source === 'default' || isEmpty(row.value);
    const said = isDefault ? absentOf(at.spec, walk.baseline) : asSeen(at.spec, row.value);
    const about = () =>
      `said ${row.key} ${shown(row.value)} (${row.source}, ${row.evidence}, inForce ${row.inForce}); seen ${shown(at.seen)}`;
    const isSame = same(at.seen, said) || same(at.seen, asSeen(at.spec, row.value));
    if (row.inForce === false)
      hold(!isSame, `${view}: ${row.key} said not in force, and is`, about);
    else hold(isSame, `${view}: ${row.key} said in force, and is not`, about);
    if (row.pending === null)
      hold(at.holds, `${view}: ${row.key} has nothing pending, and is not in force`, about);
    else if (row.pending !== undefined)
      hold(!at.holds, `${view}: ${row.key} said to be pending, and is in force`, about);
  }
}

/** Nothing said is dockerd's own: of `dns` what the machine has. */
function isEmpty(value) {
  return ['null', '""', '[]', '{}'].includes(JSON.stringify(value));
}

function judgeDiff({ status, data }, { look, world, hold }) {
  if (look.info === null)
    return hold(status !== 0, 'diff: compared with a dockerd that does not answer', `${status}`);
  if (data === null) return undefined;
  const named = namesIn(data.differences.map(({ key }) => key));
  const silent = namesIn([...(data.unseen ?? []), ...(data.inferred ?? [])]);
  for (const at of world) {
    if (silent.has(at.key) || isOfTheRest(data, at, named)) continue;
    judgeNamed('diff', named.has(at.key), at, hold);
  }
  return undefined;
}

/** What the file does not say any more, where the view says that nobody knows what it said. */
function isOfTheRest({ isRestUnknown }, { key, written }, named) {
  return isRestUnknown && written === undefined && !named.has(key);
}

function judgeNamed(view, isNamed, { key, written, seen, wanted, holds }, hold) {
  if (key === 'bip' && written === undefined) return;
  const text = () => `file ${shown(written)}, so wanted ${shown(wanted)}; seen ${shown(seen)}`;
  if (isNamed) hold(!holds, `${view}: ${key} said to differ, and does not`, text);
  else hold(holds, `${view}: ${key} said to be the same, and is not`, text);
}

function namesIn(keys) {
  return new Set((keys ?? []).map((key) => `${key}`.split('.')[0]));
}

function judgeDaemon(view, data, { look, world, hold }) {
  if (data === null || data === undefined) return;
  const runs = look.state === 'active' || look.state === 'reloading' || look.daemons.length > 0;
  hold(runs || data.state !== 'running', `${view}: says that dockerd runs`, `unit ${look.state}`);
  hold(
    !runs || data.state !== 'stopped',
    `${view}: says that dockerd is stopped`,
    `unit ${look.state}, ${look.daemons}`,
  );
  hold(
    data.answers === (look.info !== null),
    `${view}: whether it answers`,
    `said ${data.answers}`,
  );
  if (look.info === null) return;
  const running = look.containers.filter((one) => one.running).length;
  hold(
    data.containers === running,
    `${view}: number of containers`,
    `said ${data.containers}; ${running}`,
  );
  hold(
    data.liveRestore === look.info.LiveRestoreEnabled,
    `${view}: live-restore`,
    `said ${data.liveRestore}`,
  );
  hold(look.pid === 0 || data.pid === look.pid, `${view}: pid`, `said ${data.pid}; ${look.pid}`);
  const named = namesIn(data.pending);
  const silent = namesIn([...(data.untold ?? []), ...(data.inferred ?? [])]);
  for (const at of world) {
    if (silent.has(at.key) || isOfTheRest(data, at, named)) continue;
    judgeNamed(view, named.has(at.key), at, hold);
  }
}

function judgeDoctor({ data, text }, { look, world, hold }) {
  if (data === null) return;
  const serious = data.findings.filter(({ severity }) => severity !== 'info');
  const daemon = data.families.find(({ name }) => name === 'daemon');
  const isWell = daemon !== undefined && daemon.findings.length === 0 && !daemon.unseen;
  hold(
    look.info !== null || serious.some(({ severity }) => severity === 'error'),
    'doctor: no error though dockerd does not answer',
    () => text.slice(0, 300),
  );
  if (look.info === null) return;
  // "Nobody knows whether the file had keys that are gone by now": of those it says nothing.
  const isRestUnknown = data.findings.some(({ code }) => code === 'config-before-unknown');
  const about = (key) => data.findings.some((finding) => JSON.stringify(finding).includes(key));
  for (const at of world) {
    if (at.holds || (at.key === 'bip' && at.written === undefined)) continue;
    if (isRestUnknown && at.written === undefined) continue;
    hold(
      about(at.key),
      `doctor: silent about ${at.key}, which is not in force`,
      `${isWell ? daemon.ok : ''}: file ${shown(at.written)}, seen ${shown(at.seen)}`,
    );
  }
  for (const { subject, message } of data.findings.filter(
    ({ code }) => code === 'config-not-loaded',
  )) {
    const at = world.find(({ key }) => key === `${subject}`.split('.')[0]);
    if (at !== undefined)
      hold(!at.holds, `doctor: ${at.key} said to differ, and does not`, message);
  }
}

/** With and without the slash at its end it is one mirror. */
const bare = (url) => url.replace(/\/*$/, '');

function judgeList(view, data, { look, world, hold, key }) {
  if (data === null || look.config === null) return;
  const at = world.find((one) => one.key === key);
  const strip = (list) =>
    (list ?? []).filter((one) => !/^(?:127\.0\.0\.0\/8|::1\/128)$/.test(one)).sort();
  const written = Array.isArray(look.config[key]) ? look.config[key] : [];
  hold(
    same(strip(data.configured).map(bare), [...written].sort().map(bare)),
    `${view}: what is configured`,
    () => `said ${shown(data.configured)}; file ${shown(written)}`,
  );
  if (at === undefined)
    hold(
      (data.loaded ?? []).length === 0,
      `${view}: loaded in a dockerd that does not answer`,
      shown(data.loaded),
    );
  else
    hold(
      same(strip(data.loaded), [...at.seen].sort()),
      `${view}: what is loaded`,
      () => `said ${shown(data.loaded)}; seen ${shown(at.seen)}`,
    );
}

/** `walk.declared` is the daemon part of the declaration that the walk wrote; null where there is none. */
function judgeDrift({ status }, { look, world, hold, walk }) {
  if (walk.declared === null)
    return hold(status === 3, 'drift: without a declaration', `exit ${status}`);
  // Where nothing is declared of dockerd, all of it is as declared.
  if (look.info === null && Object.keys(walk.declared).length === 0) return undefined;
  if (look.info === null)
    return hold(
      status !== 0,
      'drift: as declared though dockerd does not answer',
      `exit ${status}`,
    );
  if (status !== 0) return undefined;
  for (const [key, value] of Object.entries(walk.declared)) {
    const at = world.find((one) => one.key === key);
    if (at === undefined) continue;
    hold(
      same(at.seen, asSeen(at.spec, value)),
      `drift: ${key} said as declared, and is not`,
      () => `declared ${shown(value)}; seen ${shown(at.seen)}`,
    );
  }
  return undefined;
}
