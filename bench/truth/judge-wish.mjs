import { asSeen, same } from './keys.mjs';
import { shown } from './lie.mjs';
import { absentOf, keysInWorld } from './truth.mjs';

/** A command that ended well: what it was to bring is there, and is in force, or the answer says that it is not. */
export function judgeWish({ wish = null, list = null }, context) {
  const { data, before, after, walk, hold } = context;
  if (data?.status === 'unchanged')
    hold(same(before.file, after.file), 'answer: unchanged, and daemon.json is another', '');
  if (wish !== null) judgeKey(wish, context);
  if (list !== null) judgeList(list, context);
  if (wish !== null || data?.status !== 'applied' || after.config === null) return;
  for (const at of keysInWorld(after, walk)) {
    if (same(before.config?.[at.key], after.config[at.key]) || isKernels(at)) continue;
    hold(
      at.holds || isDisclosed(at.key, context),
      `answer: exit 0 (applied), and ${at.key}, which it changed, is not in force`,
      () => `wanted ${shown(at.wanted)}; seen ${shown(at.seen)}`,
    );
  }
}

/** Nobody confirmed it: file and world are as they were, or the answer said before that they would not be. */
export function judgeUndone(context) {
  const { data, before, after, walk, hold } = context;
  hold(
    same(before.file, after.file),
    'undone: daemon.json is not as it was',
    () => `before ${shown(before.file)}; after ${shown(after.file)}`,
  );
  if (data?.status !== 'applied') return;
  const old = new Map(keysInWorld(before, walk).map(({ key, seen }) => [key, seen]));
  for (const { key, seen } of keysInWorld(after, walk)) {
    if (!old.has(key) || isPendingBefore(key, { before, walk })) continue;
    hold(
      same(seen, old.get(key)) || isDisclosed(key, context),
      `undone: ${key} is not as it was`,
      () => `before ${shown(old.get(key))}; after ${shown(seen)}`,
    );
  }
}

/** A restart brings what was written before and waited for one. */
function isPendingBefore(key, { before, walk }) {
  return keysInWorld(before, walk).some((at) => at.key === key && !at.holds);
}

function judgeKey({ key, value }, context) {
  const { data, after, walk, hold } = context;
  const written = after.config?.[key];
  // A reload takes no key away: its empty value is written instead, and said so.
  const isEmptied = value === undefined && data?.plan?.notes?.length > 0;
  if (data?.status !== 'planned')
    hold(
      same(written, value) || isEmptied,
      `answer: exit 0, and daemon.json does not say ${key}`,
      () => `wanted ${shown(value)}; ${shown(written)}`,
    );
  const at = keysInWorld(after, walk).find((one) => one.key === key);
  if (at === undefined || isKernels(at)) return;
  const wanted = value === undefined ? at.wanted : asSeen(at.spec, value);
  const own = value === undefined ? absentOf(at.spec, walk.baseline) : wanted;
  hold(
    same(at.seen, wanted) || same(at.seen, own) || isDisclosed(key, context),
    `answer: exit 0 (${data?.status}), and ${key} is not in force`,
    () => `wanted ${shown(wanted)}; seen ${shown(at.seen)}; ${shown(data?.activated ?? null)}`,
  );
}

function judgeList({ key, has, lacks }, context) {
  const at = keysInWorld(context.after, context.walk).find((one) => one.key === key);
  if (at === undefined) return;
  const isTrue = has === undefined ? !at.seen.includes(lacks) : at.seen.includes(has);
  context.hold(
    isTrue || isDisclosed(key, context),
    `answer: exit 0 (${context.data?.status}), and ${key} ${has === undefined ? 'still has' : 'has not'} what was asked`,
    () => `${has ?? lacks}; seen ${shown(at.seen)}`,
  );
}

/** docker0 keeps its address when bip goes. */
function isKernels({ key, written }) {
  return key === 'bip' && written === undefined;
}

/** The answer names the key where it says what is pending or remarkable. */
function isDisclosed(key, { data }) {
  return JSON.stringify([data?.pending, data?.plan?.notes, data?.notes]).includes(key);
}
