/**
 * A time as this machine's clock on the wall shows it, to the second and with its zone: `2026-11-30 18:21:07 +0100`, and `UTC` where
 * it is that. `time`: milliseconds since 1970, or ISO 8601; what is neither stays as it is. For people: JSON has UTC.
 */
export function localTime(time: number | string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join('-');
  const hour = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${hour} ${zoneOf(-date.getTimezoneOffset())}`;
}

/** `minutes`: east of Greenwich. */
function zoneOf(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const away = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(away / 60))}${two(away % 60)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The sentence with every time of ISO 8601 in UTC that stands in it as this machine's clock shows it. */
export function withLocalTimes(sentence: string): string {
  return sentence.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z\b/g, (time) =>
    localTime(time),
  );
}
