/** User and password in every URL of a text, and before every host:port, as `…`. What is masked already stays. */
export function maskUrls(text: string): string {
  return text.replace(IN_URL, '//…@').replace(BEFORE_PORT, '…@');
}

/** The user and password of one address or URL, with a scheme and a port or without. */
export function maskAddress(text: string): string {
  return text.replace(/[^/]*@/g, '…@');
}

/** `maskUrls` in every text of a JSON value. */
export function maskValue<Value>(value: Value): Value {
  return masked(value) as Value;
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskUrls(value);
  if (Array.isArray(value)) return value.map(masked);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, masked(one)]));
}

/** Of others, JSON.stringify makes what their toJSON says. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !('toJSON' in value);

/** A password may hold an @ (net/url takes the last), but no slash, space or quote. */
const IN_URL = /\/\/[^\s"\\/]*@/g;

/** `me:secret@proxy.test:3128` without a scheme, as Go takes a proxy too; `image:tag@sha256:…` is none. */
const BEFORE_PORT =
  /(?<![^\s"'`=([{,])[^\s"'`/\\@:=([{,]+:[^\s"/\\@]+@(?=[\w.[\]:-]+:\d{1,5}(?!\w))/g;
