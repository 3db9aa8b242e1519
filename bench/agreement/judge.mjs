/** Counts how often `ours` equals `real`, and lists where not. */
export function compare(rows) {
  const wrong = rows.filter(({ ours, real }) => ours !== real);
  return { total: rows.length, right: rows.length - wrong.length, wrong };
}

export function percent({ total, right }) {
  return `${right}/${total} (${((100 * right) / Math.max(total, 1)).toFixed(1)} %)`;
}

export function word(fine) {
  return fine ? 'ok' : 'fail';
}

/** The needs of a verdict on one line. */
export function needsOf({ needs }) {
  return needs.map(({ key, what }) => `${key}: ${what}`).join('; ');
}

/** The errors of a verdict on one line. */
export function errorsOf({ findings }) {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${message}`)
    .join('; ');
}
