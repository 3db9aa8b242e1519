/** Go's strconv.ParseBool. */
export function isGoBoolean(text: string): boolean {
  return /^(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(text);
}

/** Go's time.ParseDuration: `1h30m`, `500ms`, `0`. */
export function isDuration(text: string): boolean {
  return /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(text);
}
