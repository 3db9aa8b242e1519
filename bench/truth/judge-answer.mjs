import { asSeen, same } from './keys.mjs';
import { lie, shown } from './lie.mjs';
import { absentOf, keysInWorld } from './truth.mjs';

/**
 * Holds what a changing command said against the looks before and after it. `wish` is what was asked:
 * { key, value } (value undefined: to take it out), or null where that is not one key; `refuses`: dockerd does not answer, so
 * that nothing may be touched.
 */
export function judgeAnswer(
  { argv, answer, wish = null, seconds: bound = 60, refuses = false },
  { before, after, walk },
) {
  const ledger = { count: 0, lies: [] };
  const said = `${argv.join(' ')} → exit ${answer.status}`;
  const hold = (isTrue, kind, text) => {
    ledger.count += 1;
    if (!isTrue)
      ledger.lies.push(lie(kind, `${said}: ${typeof text === 'function' ? text() : text}`));
  };
  const { status, data, text } = answer;
  hold(typeof status === 'number' && status !== 70, 'answer: crashed', () => text.slice(0, 500));
  hold(
    answer.seconds <= bound + 15,
    `answer: longer than --timeout ${bound}`,
    `${answer.seconds} s`,
  );
  judgeContainers(text, { before, after, hold });
  const unchanged = () =>
    hold(
      same(before.file, after.file),
      `answer: exit ${status}, and daemon.json is another`,
      () => `before ${shown(before.file)}; after ${shown(after.file)}`,
    );
  if (status === 0 && wish !== null) judgeWish(wish, { data, text, after, before, walk, hold });
  if (refuses) {
    hold(
      status !== 0 && status !== 4 && status !== 5,
      'answer: a dockerd that does not answer was told something',
      () => text.slice(0, 400),
    );
    hold(
      before.pid === after.pid,
      'answer: a dockerd that does not answer was ended',
      `pid ${before.pid} → ${after.pid}`,
    );
  }
  if (status === 3 || status === 4) unchanged();
  if (status === 3) {
    hold(
      before.pid === after.pid,
      'answer: exit 3, and dockerd is another',
      `pid ${before.pid} → ${after.pid}`,
    );
    hold(
      before.state === after.state,
      'answer: exit 3, and the unit is not as it was',
      `${before.state} → ${after.state}`,
    );
  }
  if (status === 4)
    hold(
      before.info === null || after.info !== null,
      'answer: exit 4, and dockerd no longer answers',
      () => text.slice(0, 600),
    );
  if (status === 5)
    hold(after.info === null, 'answer: exit 5, and dockerd answers', () => text.slice(0, 600));
  if (/dockerd (?:is|was) (?:as it was|untouched)/.test(text)) {
    hold(
      before.pid === after.pid && before.state === after.state,
      'answer: "as it was", and is not',
      () =>
        `pid ${before.pid} → ${after.pid}, ${before.state} → ${after.state}: ${text.slice(0, 400)}`,
    );
  }
  return ledger;
}

function judgeContainers(text, { before, after, hold }) {
  for (const { name, command, pid } of before.containers?.filter((one) => one.running) ?? []) {
    const now = after.containers?.find((one) => one.name === name);
    const lives =
      after.sleepers.get(command.replace(/^sleep /, '')) ===
      before.sleepers.get(command.replace(/^sleep /, ''));
    const isKept =
      lives && (after.containers === null || (now?.running === true && now.pid === pid));
    hold(
      isKept || new RegExp(`\\b${name}\\b`).test(text),
      'container lost, and not named',
      () => `${name}: process ${lives ? 'lives' : 'is gone'}, docker ${shown(now)}`,
    );
  }
}

function judgeWish({ key, value }, { data, text, after, before, walk, hold }) {
  const written = after.config?.[key];
  if (data?.status !== 'planned')
    hold(
      same(written, value),
      `answer: exit 0, and daemon.json does not say ${key}`,
      () => `wanted ${shown(value)}; ${shown(written)}`,
    );
  if (data?.status === 'unchanged')
    hold(same(before.file, after.file), 'answer: unchanged, and daemon.json is another', '');
  const at = keysInWorld(after, walk).find((one) => one.key === key);
  if (at === undefined) return;
  if (key === 'bip' && value === undefined) return;
  const wanted = value === undefined ? absentOf(at.spec, walk.baseline) : asSeen(at.spec, value);
  const isDisclosed =
    JSON.stringify([data?.pending, data?.plan?.notes, data?.notes]).includes(key) ||
    /not in force|pending/.test(text.replace('"pending":[]', ''));
  hold(
    same(at.seen, wanted) || isDisclosed,
    `answer: exit 0 (${data?.status}), and ${key} is not in force`,
    () => `wanted ${shown(wanted)}; seen ${shown(at.seen)}; ${shown(data?.activated ?? null)}`,
  );
}
