import { same } from './keys.mjs';
import { lie, shown } from './lie.mjs';
import { judgeUndone, judgeWish } from './judge-wish.mjs';

/**
 * Holds what a changing command said against the looks before and after it. What was asked: `wish` { key, value } (value
 * undefined: out of the file), `list` { key, has | lacks }, `isUndone` (nobody confirmed it, so all is as before), `refuses`
 * (dockerd does not answer, so nothing may be touched), `seconds` (its --timeout).
 */
export function judgeAnswer(
  { argv, answer, seconds: bound = 60, refuses = false, isUndone = false, ...asked },
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
  const context = { data, text, before, after, walk, hold };
  if (isUndone) judgeUndone(context);
  else if (status === 0) judgeWish(asked, context);
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

/** Kept: the same process, which docker still lists. Started anew by its restart policy, or gone: it is to be named. */
function judgeContainers(text, { before, after, hold }) {
  for (const { name, command, pid } of before.containers?.filter((one) => one.running) ?? []) {
    const now = after.containers?.find((one) => one.name === name);
    const process = command.replace(/^sleep /, '');
    const lives = after.sleepers.get(process) === before.sleepers.get(process);
    const isKept =
      lives && (after.containers === null || (now?.running === true && now.pid === pid));
    const isBack = now?.running === true && !lives;
    hold(
      isKept || new RegExp(`\\b${name}\\b`).test(text),
      isBack ? 'container started anew, and not named' : 'container lost, and not named',
      () => `${name}: process ${lives ? 'lives' : 'is gone'}, docker ${shown(now)}`,
    );
  }
}

/** A step that ends no container itself: what is gone afterwards, an agent took, or nobody said. */
export function judgeQuiet({ before, after, said }) {
  const ledger = { count: 0, lies: [] };
  const hold = (isTrue, kind, text) => {
    ledger.count += 1;
    if (!isTrue) ledger.lies.push(lie(`unasked: ${kind}`, `${said}: ${text()}`));
  };
  judgeContainers(said, { before, after, hold });
  return ledger;
}
